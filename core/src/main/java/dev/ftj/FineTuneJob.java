package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of one fine-tune job, as {@code GET /v0.5/fine-tune/jobs/{job_id}} or {@code GET
 * /v0.6/fine_tuning/jobs/{job_id}} returns it.
 *
 * <p>It is the server's own text ({@link #json()}), with accessors named as the API's fields. An accessor never fails:
 * a field that is absent, null, or of another type than documented is null there, and still present in
 * {@code json()}. Immutable.
 *
 * @since 0.1.0
 */
public final class FineTuneJob {
    /** The kind of a row's value, for displays that highlight it. */
    public enum Role {
        /** The job's name. */
        NAME,
        /** An identifier, never to be cut. */
        ID,
        /** The job's status. */
        STATUS,
        /** A time. */
        TIME,
        /** Any other documented field. */
        FIELD,
        /** A field that the documentation does not know. */
        OTHER
    }

    /**
     * One labelled row.
     *
     * @param label a word or two; for a field that is not documented, its name
     * @param values one line or several, never empty
     * @param role the kind of the values
     */
    public record Row(String label, List<String> values, Role role) {}

    /** An event of a job's training, as {@code GET /v0.6/fine_tuning/jobs/{job_id}/events} returns it. */
    public static final class Event {
        private final RawJson json;

        Event(RawJson json) {
            this.json = json;
        }

        /**
         * Returns the API's {@code id}.
         *
         * @return null if the server sent none
         */
        public @Nullable String id() {
            return json.text("id");
        }

        /**
         * Returns the API's {@code level}.
         *
         * @return such as {@code info}; null if the server sent none
         */
        public @Nullable String level() {
            return json.text("level");
        }

        /**
         * Returns the API's {@code type} or {@code event_type}, whichever the server sent.
         *
         * @return null if it sent neither
         */
        public @Nullable String type() {
            String type = json.text("type");
            return type != null ? type : json.text("event_type");
        }

        /**
         * Returns the API's {@code message}, any text: it is not safe to print.
         *
         * @return null if the server sent none
         */
        public @Nullable String message() {
            return json.text("message");
        }

        /**
         * Returns the API's {@code created_at}.
         *
         * @return the moment; null if the server sent neither an ISO 8601 timestamp nor seconds since 1970
         */
        public @Nullable Instant createdAt() {
            RawJson time = json.field("created_at");
            if (time == null) {
                return null;
            }
            String text = time.text();
            Double seconds = time.number();
            return text != null ? Timestamp.parse(text) : seconds == null ? null : Timestamp.ofSeconds(seconds);
        }

        /**
         * Returns the server's own text of this event.
         *
         * @return JSON, as sent
         */
        public String json() {
            return json.raw();
        }

        /**
         * Sorts events, which the server sends newest first.
         *
         * @param events as the server sent them
         * @return a new list, the oldest first; an event without a time stays beside its neighbour
         */
        public static List<Event> oldestFirst(Collection<Event> events) {
            return EventOrder.oldestFirst(events);
        }

        /** Returns one readable line, safe to print. */
        @Override
        public String toString() {
            String words = Stream.of(createdAt(), level(), type(), message())
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining("  "));
            return Sanitizer.oneLine(message() == null ? json.compact() : words);
        }

        /** Two events are equal if their texts are. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Event that && that.json.equals(json);
        }

        @Override
        public int hashCode() {
            return json.hashCode();
        }
    }

    /** A checkpoint of a job, as {@code GET /v0.6/fine_tuning/jobs/{job_id}/checkpoints} returns it. */
    public static final class Checkpoint {
        private final RawJson json;

        Checkpoint(RawJson json) {
            this.json = json;
        }

        /**
         * Returns the API's {@code id}.
         *
         * @return such as {@code ckp_...}; null if the server sent none
         */
        public @Nullable String id() {
            return json.text("id");
        }

        /**
         * Returns the API's {@code step}.
         *
         * @return the step; null if the server sent no whole number
         */
        public @Nullable Long step() {
            RawJson step = json.field("step");
            return step == null ? null : JobMetrics.wholeNumber(step);
        }

        /**
         * Returns the numbers in the API's {@code metrics}.
         *
         * @return by name, in the server's order; NaN and infinite numbers included, empty if there are none
         */
        public Map<String, Double> metrics() {
            Map<String, Double> numbers = new LinkedHashMap<>();
            RawJson metrics = json.field("metrics");
            if (metrics != null) {
                metrics.fields().forEach((name, value) -> {
                    Double number = value.number();
                    if (number != null) {
                        numbers.put(name, number);
                    }
                });
            }
            return Collections.unmodifiableMap(numbers);
        }

        /**
         * Returns the server's own text of this checkpoint.
         *
         * @return JSON, as sent
         */
        public String json() {
            return json.raw();
        }

        /** Returns one readable line, safe to print. */
        @Override
        public String toString() {
            return Sanitizer.oneLine(id() + "  step " + step() + "  " + metrics());
        }

        /** Two checkpoints are equal if their texts are. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Checkpoint that && that.json.equals(json);
        }

        @Override
        public int hashCode() {
            return json.hashCode();
        }
    }

    private final RawJson json;

    FineTuneJob(RawJson json) {
        this.json = json;
    }

    /**
     * A record that was kept as text.
     *
     * @param text a JSON object with an {@code id} or a {@code uuid}
     * @return the record
     * @throws FineTuneException of kind {@code UNREADABLE} if the text is anything else
     */
    public static FineTuneJob fromJson(String text) {
        return JobReader.read(text);
    }

    /**
     * The API's {@code id}: the job's identifier.
     *
     * @return such as {@code ftj-my-finetune-run-3de60a5c}; null if the server sent only a {@code uuid}
     */
    public @Nullable String id() {
        return text("id");
    }

    /**
     * The API's {@code name}.
     *
     * @return the name that the job was given, any text; null if the server sent none
     */
    public @Nullable String name() {
        return text("name");
    }

    /**
     * The API's {@code uuid}: the identifier that the server generated.
     *
     * @return a text of no fixed form; null if the server sent none
     */
    public @Nullable String uuid() {
        return text("uuid");
    }

    /**
     * The API's {@code org_uuid}: the organization that owns the job.
     *
     * @return a text of no fixed form; null if the server sent none
     */
    public @Nullable String orgUuid() {
        return text("org_uuid");
    }

    /**
     * The API's {@code status}.
     *
     * @return the status, documented or not; null if the server sent none
     */
    public @Nullable JobStatus status() {
        String status = text("status");
        return status == null ? null : JobStatus.of(status);
    }

    /**
     * The API's {@code config}: the resolved configuration.
     *
     * @return the configuration; null if the server sent no object
     */
    public @Nullable JobConfig config() {
        RawJson config = json.field("config");
        return config == null || !config.isObject() ? null : new JobConfig(config);
    }

    /**
     * The API's {@code created_at}.
     *
     * @return the moment, a timestamp without a zone taken as UTC; null if the server sent no ISO 8601 timestamp
     */
    public @Nullable Instant createdAt() {
        return instant("created_at");
    }

    /**
     * The API's {@code updated_at}.
     *
     * @return the moment, a timestamp without a zone taken as UTC; null if the server sent no ISO 8601 timestamp
     */
    public @Nullable Instant updatedAt() {
        return instant("updated_at");
    }

    /**
     * The API's {@code inference_config_path}: the location of the configuration for inference.
     *
     * @return such as {@code s3://...}; null until the job has produced inference artifacts
     */
    public @Nullable String inferenceConfigPath() {
        return text("inference_config_path");
    }

    /**
     * Returns the API's {@code fine_tuned_model}: what the newer API (v0.6) names in place of an inference config.
     *
     * @return null until the job has succeeded, and for a job of v0.5
     */
    public @Nullable String fineTunedModel() {
        return text("fine_tuned_model");
    }

    /**
     * Returns whether the record looks like one of the newer API (v0.6), where a job results in a model in place of an
     * inference config, and has events in place of metrics.
     *
     * @return true for a record that has {@code fine_tuned_model} or {@code training_files}
     */
    public boolean isOfNewerApi() {
        return inferenceConfigPath() == null
                && (json.field("fine_tuned_model") != null || json.field("training_files") != null);
    }

    /**
     * The server's own text of this record: every field, known or not, in its order, with the exact digits of its
     * numbers. An echo of the API key is replaced.
     *
     * @return a JSON object, as sent
     */
    public String json() {
        return json.raw();
    }

    /**
     * Binds the record to a type of the caller's, with Jackson Databind. Components may be named as the API's fields or
     * in camel case ({@code created_at}, {@code createdAt}); unknown fields are ignored. A timestamp without a zone is
     * UTC, as in {@link #createdAt()}; {@code LocalDateTime}, {@code OffsetDateTime} and {@code ZonedDateTime} are in
     * UTC. A primitive component whose field is missing is silently 0 or false, and one whose field is null fails: use
     * {@code Integer}, {@code Double} or {@code Boolean} for fields that the server may leave out.
     *
     * <p>Databind needs {@code com.fasterxml.jackson.core:jackson-annotations} 2.21 or later, which a program with
     * Jackson 2.20 or older pins to an older version. Nothing else in this library needs it.
     *
     * @param type a record or class that Jackson can read
     * @param <T> that type
     * @return a new value at each call
     * @throws FineTuneException of kind {@code UNREADABLE} if the text does not fit the type; of kind {@code LOCAL}
     *     if Databind does not load because the annotations are too old
     */
    public <T> T as(Class<T> type) {
        return ObjectBinding.bind(json, type, "the record of " + label());
    }

    /**
     * The whole record as a card of text: a labelled line a field, unknown fields too, times in the local zone.
     *
     * @return several lines without a trailing line end, safe to print
     */
    public String card() {
        return JobCard.of(this).text();
    }

    /**
     * The same as labelled rows, for displays of a caller's own: the most important first.
     *
     * @return unmodifiable, never empty, every label and value safe to print; times are relative to this moment
     */
    public List<Row> rows() {
        return JobCard.of(this).rows();
    }

    /**
     * The card as HTML, for notebooks: a fragment that stands on its own, without script, link or anything to be
     * loaded. It is readable on light and dark pages, and without its styles.
     *
     * @return escaped; times are relative to this moment
     */
    public String toHtml() {
        return JobHtml.card(JobCard.of(this));
    }

    /**
     * Many jobs as one table of HTML, in the same way: id, status, name, model, when last updated, inference config.
     *
     * @param jobs in the order to be shown in; may be empty
     * @return a fragment as that of {@link #toHtml()}
     */
    public static String toHtml(Collection<FineTuneJob> jobs) {
        return JobHtml.table(
                jobs.stream().map(job -> new JobResult(job.label(), job, null)).toList());
    }

    Map<String, RawJson> fields() {
        return json.fields();
    }

    /**
     * Returns the job's {@code id}; its {@code uuid} if the server sent no id.
     *
     * @return null if the server sent neither
     */
    public @Nullable String idOrUuid() {
        String id = id();
        return id != null ? id : uuid();
    }

    /** The word for the job in a message. */
    String label() {
        return String.valueOf(idOrUuid());
    }

    /** Returns the value of a field, which may be JSON null; null if there is none. */
    @Nullable
    RawJson field(String name) {
        return json.field(name);
    }

    private @Nullable String text(String field) {
        return json.text(field);
    }

    private @Nullable Instant instant(String field) {
        String text = text(field);
        return text == null ? null : Timestamp.parse(text);
    }

    /**
     * One line for people.
     *
     * @return the id, the status, the name, and the inference config or the model that resulted, safe to print
     */
    @Override
    public String toString() {
        String name = name();
        String path = inferenceConfigPath() != null ? inferenceConfigPath() : fineTunedModel();
        return Sanitizer.oneLine(label() + "  " + (status() == null ? "no status" : status())
                + (name == null ? "" : "  " + name)
                + (path == null ? "" : "  " + path));
    }

    /** Two records are equal when their texts are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FineTuneJob that && that.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }
}
