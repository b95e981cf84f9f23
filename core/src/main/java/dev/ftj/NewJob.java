package dev.ftj;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Excerpt;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to be created: the body of {@code POST /fine-tune/jobs}. It has been checked as far as it can be without the
 * server; fields that are not documented are kept.
 *
 * <pre>{@code
 * NewJob job = NewJob.builder().name("my-run").train("file-abc123").eval("file-def456").build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class NewJob {
    private final String name;
    private final @Nullable JobId id;
    private final JobConfig config;
    private final String json;

    private NewJob(Map<String, RawJson> members) {
        name = NewJobCheck.name(members);
        id = NewJobCheck.id(members);
        config = new JobConfig(NewJobCheck.config(members));
        json = JsonWriter.object(members).raw();
    }

    /** {@return a new builder, for one thread} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the API's {@code name}, never blank} */
    public String name() {
        return name;
    }

    /** {@return the API's {@code id}; null if the server is to choose one} */
    public @Nullable JobId id() {
        return id;
    }

    /**
     * {@return the API's {@code config}, with one dataset to train on at least; its model is null if the server is to
     * choose one}
     */
    public JobConfig config() {
        return config;
    }

    /** {@return the request's body, a JSON object, as it is sent} */
    public String json() {
        return json;
    }

    /** {@return one line for people: the name, the model and the number of datasets, safe to print} */
    @Override
    public String toString() {
        return Sanitizer.oneLine(name + "  " + config);
    }

    /** Two are equal when their texts are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewJob that && that.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Builds a job to be created; a later call overrides an earlier one. Not safe for several threads. */
    public static final class Builder {
        private final Map<String, RawJson> members = new LinkedHashMap<>();
        private final Map<String, RawJson> config = new LinkedHashMap<>();

        private Builder() {}

        /**
         * All that a request's text says.
         *
         * @param text a JSON object: {@code name}, {@code config}, perhaps {@code id}; other members are kept
         * @return this
         * @throws FineTuneException of kind {@code USAGE} if it is no JSON object
         */
        public Builder fromJson(String text) {
            if (text.isBlank()) {
                throw NewJobCheck.wrong("the request is empty");
            }
            RawJson json = RawJson.parseOrNull(text);
            if (json == null) {
                throw NewJobCheck.wrong("the request is not JSON, or nested too deeply: " + Excerpt.of(text));
            }
            if (!json.isObject()) {
                throw NewJobCheck.wrong("the request is not a JSON object: " + Excerpt.of(text));
            }
            members.putAll(json.fields());
            RawJson inner = json.member("config");
            if (inner != null && inner.isObject()) {
                config.putAll(inner.fields());
            }
            return this;
        }

        /**
         * The configuration of another job, with all that the server settled on.
         *
         * @param job whose {@code config} is taken; its name and id are not
         * @return this
         * @throws FineTuneException of kind {@code USAGE} if that job has no configuration
         */
        public Builder like(FineTuneJob job) {
            JobConfig other = job.config();
            if (other == null) {
                throw NewJobCheck.wrong(job.label() + " has no config to start from");
            }
            config.putAll(other.json.fields());
            return this;
        }

        /**
         * The API's {@code name}.
         *
         * @param text any text that is not blank
         * @return this
         */
        public Builder name(String text) {
            members.put("name", JsonWriter.string(text));
            return this;
        }

        /**
         * The API's {@code id}.
         *
         * @param text 1 to 64 code points; without one the server chooses
         * @return this
         */
        public Builder id(String text) {
            members.put("id", JsonWriter.string(text));
            return this;
        }

        /**
         * The API's {@code config.model}.
         *
         * @param text such as {@code Newton::c2_4_7b_251215a172f6d7}; without one the server chooses
         * @return this
         */
        public Builder model(String text) {
            config.put("model", JsonWriter.string(text));
            return this;
        }

        /**
         * The files to train on: a dataset {@code train}, in place of every other with this split.
         *
         * @param fileIds ids or names of files, at least one
         * @return this
         */
        public Builder train(String... fileIds) {
            return dataset("train", fileIds);
        }

        /**
         * The files to evaluate on: a dataset {@code eval}, in place of every other with this split.
         *
         * @param fileIds ids or names of files, at least one
         * @return this
         */
        public Builder eval(String... fileIds) {
            return dataset("eval", fileIds);
        }

        private Builder dataset(String split, String... fileIds) {
            List<RawJson> datasets = new ArrayList<>();
            RawJson before = config.get("datasets");
            if (before != null) {
                before.elements().stream()
                        .filter(dataset -> !split.equals(dataset.text("split")))
                        .forEach(datasets::add);
            }
            Map<String, RawJson> dataset = new LinkedHashMap<>();
            dataset.put("name", JsonWriter.string(split));
            dataset.put("split", JsonWriter.string(split));
            dataset.put(
                    "file_ids",
                    JsonWriter.array(
                            List.of(fileIds).stream().map(JsonWriter::string).toList()));
            datasets.add(JsonWriter.object(dataset));
            config.put("datasets", JsonWriter.array(datasets));
            return this;
        }

        /**
         * {@return the job, checked, not sent}
         *
         * @throws FineTuneException of kind {@code USAGE} that names the field which is missing or wrong: a name, one
         *     dataset to train on at least, each with a name, a split ({@code train} or {@code eval}) and files
         */
        public NewJob build() {
            Map<String, RawJson> all = new LinkedHashMap<>(members);
            RawJson given = members.get("config");
            if (!config.isEmpty() || given == null) {
                all.put("config", JsonWriter.object(config));
            }
            return new NewJob(all);
        }
    }
}
