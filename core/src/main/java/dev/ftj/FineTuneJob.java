package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
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
public final class FineTuneJob extends ServerRecord {
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
    public static final class Event extends ServerRecord {
        Event(RawJson json) {
            super(json);
        }

        /** {@return the API's {@code id}; null if the server sent none} */
        public @Nullable String id() {
            return text("id");
        }

        /** {@return the API's {@code level}, such as {@code info}; null if the server sent none} */
        public @Nullable String level() {
            return text("level");
        }

        /**
         * {@return the API's {@code type} or {@code event_type}, whichever the server sent; null if it sent neither}
         */
        public @Nullable String type() {
            return text("type", "event_type");
        }

        /** {@return the API's {@code message}, any text, not safe to print; null if the server sent none} */
        public @Nullable String message() {
            return text("message");
        }

        /**
         * {@return the API's {@code created_at}; null if the server sent neither an ISO 8601 timestamp nor seconds
         * since 1970}
         */
        public @Nullable Instant createdAt() {
            return instant("created_at");
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
    }

    /** A checkpoint of a job, as {@code GET /v0.6/fine_tuning/jobs/{job_id}/checkpoints} returns it. */
    public static final class Checkpoint extends ServerRecord {
        Checkpoint(RawJson json) {
            super(json);
        }

        /** {@return the API's {@code id}, such as {@code ckp_...}; null if the server sent none} */
        public @Nullable String id() {
            return text("id");
        }

        /** {@return the API's {@code step}; null if the server sent no whole number} */
        public @Nullable Long step() {
            RawJson step = json.field("step");
            return step == null ? null : JobMetrics.wholeNumber(step);
        }

        /**
         * {@return the numbers in the API's {@code metrics} by name, in the server's order, NaN and infinite ones
         * included; may be empty}
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

        /** Returns one readable line, safe to print. */
        @Override
        public String toString() {
            return Sanitizer.oneLine(id() + "  step " + step() + "  " + metrics());
        }
    }

    FineTuneJob(RawJson json) {
        super(json);
    }

    /**
     * {@return the record that was kept as text}
     *
     * @param text a JSON object with an {@code id} or a {@code uuid}
     * @throws FineTuneException of kind {@code UNREADABLE} if the text is anything else
     */
    public static FineTuneJob fromJson(String text) {
        return JobReader.read(text);
    }

    /** {@return the API's {@code id}, such as {@code ftj-my-run-3de60a5c}; null if the server sent only a {@code uuid}} */
    public @Nullable String id() {
        return text("id");
    }

    /** {@return the API's {@code name}, any text; null if the server sent none} */
    public @Nullable String name() {
        return text("name");
    }

    /** {@return the API's {@code uuid}, which the server generated, of no fixed form; null if the server sent none} */
    public @Nullable String uuid() {
        return text("uuid");
    }

    /** {@return the API's {@code org_uuid}, the organization that owns the job; null if the server sent none} */
    public @Nullable String orgUuid() {
        return text("org_uuid");
    }

    /** {@return the API's {@code status}, documented or not; null if the server sent none} */
    public @Nullable JobStatus status() {
        String status = text("status");
        return status == null ? null : JobStatus.of(status);
    }

    /** {@return the API's {@code config}, the resolved configuration; null if the server sent no object} */
    public @Nullable JobConfig config() {
        RawJson config = json.field("config");
        return config == null || !config.isObject() ? null : new JobConfig(config);
    }

    /**
     * {@return the model that is trained: the API's {@code config.model}, or {@code model} in a record of the newer API
     * (v0.6); null if the server sent neither}
     */
    public @Nullable String model() {
        JobConfig config = config();
        String model = config == null ? null : config.model();
        return model == null ? text("model") : model;
    }

    /**
     * {@return the API's {@code created_at}, in UTC if it has no zone; null if the server sent neither an ISO 8601 timestamp
     * or date nor seconds since 1970}
     */
    public @Nullable Instant createdAt() {
        return instant("created_at");
    }

    /**
     * {@return the API's {@code updated_at}, in UTC if it has no zone; null if the server sent neither an ISO 8601 timestamp
     * or date nor seconds since 1970}
     */
    public @Nullable Instant updatedAt() {
        return instant("updated_at");
    }

    /** {@return the API's {@code inference_config_path}, such as {@code s3://...}; null until there are artifacts} */
    public @Nullable String inferenceConfigPath() {
        return text("inference_config_path");
    }

    /**
     * {@return the API's {@code fine_tuned_model}, which the newer API (v0.6) has in place of an inference config; null
     * until the job has succeeded, and for a job of v0.5}
     */
    public @Nullable String fineTunedModel() {
        return text("fine_tuned_model");
    }

    /**
     * {@return whether this is a record of the newer API (v0.6), with {@code fine_tuned_model} or
     * {@code training_files}, or by its {@code object} or its id: such a job results in a model in place of an inference
     * config, and has events in place of metrics}
     */
    public boolean isOfNewerApi() {
        return inferenceConfigPath() == null
                && (json.field("fine_tuned_model") != null
                        || json.field("training_files") != null
                        || "fine_tuning.job".equals(text("object"))
                        || config() == null && hasIdOfNewerApi());
    }

    private boolean hasIdOfNewerApi() {
        String id = id();
        return id != null && (id.startsWith("ftj_") || id.startsWith("ftjob-"));
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
     * {@return the whole record as a card of text, safe to print: a labelled line a field, unknown fields too, times in
     * the local zone; without a trailing line end}
     */
    public String card() {
        return JobCard.of(this).text();
    }

    /**
     * {@return the card as labelled rows, the most important first, unmodifiable and never empty: labels and values are
     * safe to print, times are relative to this moment}
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
     * {@return many jobs as one table of HTML, as {@link #toHtml()}: id, status, name, model, when last updated,
     * inference config}
     *
     * @param jobs in the order to be shown in; may be empty
     */
    public static String toHtml(Collection<FineTuneJob> jobs) {
        return JobHtml.table(
                jobs.stream().map(job -> new JobResult(job.label(), job, null)).toList());
    }

    /** {@return the job's {@code id}; its {@code uuid} if the server sent no id; null if it sent neither} */
    public @Nullable String idOrUuid() {
        return text("id", "uuid");
    }

    /** The word for the job in a message. */
    String label() {
        return String.valueOf(idOrUuid());
    }

    /**
     * {@return one line for people: the id, the status, the name, and the inference config or the model that resulted,
     * safe to print}
     */
    @Override
    public String toString() {
        String name = name();
        String path = inferenceConfigPath() != null ? inferenceConfigPath() : fineTunedModel();
        return Sanitizer.oneLine(label() + "  " + (status() == null ? "no status" : status())
                + (name == null ? "" : "  " + name)
                + (path == null ? "" : "  " + path));
    }
}
