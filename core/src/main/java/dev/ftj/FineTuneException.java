package dev.ftj;

import dev.ftj.internal.text.Excerpt;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The only exception of this library: what happened, to which resource, what the server said, and what to do next.
 *
 * <p>Branch on {@link #kind()}. {@link #getMessage()} is one readable line (more when the server reported several
 * errors), free of control characters and of the API key. Failures of earlier attempts are
 * {@linkplain #getSuppressed() suppressed} inside.
 *
 * @serial exclude
 * @since 0.1.0
 */
public final class FineTuneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The kind of a failure, and the exit code for it. */
    public enum Kind {
        /** The call itself is wrong, and nothing was sent: a bad job id, a bad endpoint, an unknown option. */
        USAGE(2),
        /** The server refused the request itself: 400, 413, 422. */
        INVALID(2),
        /** No API key, or one that the server refused: 401, 403. */
        AUTH(3),
        /** There is no such job: 404. */
        NOT_FOUND(4),
        /** Too many requests, after retries: 429. */
        RATE_LIMITED(5),
        /** The server's failure, after retries: 5xx, an unexpected status, a redirect elsewhere. */
        SERVER(5),
        /** The answer was received, and is not that job's record. */
        UNREADABLE(5),
        /** The server could not be reached: DNS, connection, TLS. */
        NETWORK(6),
        /** The call's deadline passed. */
        TIMEOUT(6),
        /** The job's state does not allow it: 409. */
        CONFLICT(7),
        /** A failure on this machine: a file, a disk. */
        LOCAL(1),
        /** A watched job was not seen to end within the given time; {@code not_ended_in_time} in JSON. */
        WAIT_TIMEOUT(124),
        /** The call was cancelled, or its thread interrupted. */
        CANCELLED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /**
         * {@return the exit code of a program that ends with this failure: 1 to 130, the same for every version of ftj}
         */
        public int exitCode() {
            return exitCode;
        }

        /** {@return the name as it stands in JSON error lines, such as {@code not_found}} */
        @Override
        public String toString() {
            return this == WAIT_TIMEOUT ? "not_ended_in_time" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One error of the server.
     *
     * @param code the server's code, such as {@code missing_parameter}; null if it gave none
     * @param message what the server said, as sent
     * @param suggestion what the server advises; null if it gave none
     * @param errorUid the identifier that support asks for ({@code error_uid}); null if it gave none
     * @serial exclude
     */
    public record ApiError(
            @Nullable String code,
            String message,
            @Nullable String suggestion,
            @Nullable String errorUid) implements Serializable {
        /** {@return one line for people: the message, the code and the identifier, safe to print} */
        @Override
        public String toString() {
            return FailureBuilder.sentence(excerpt(message), this, suggestion);
        }
    }

    /**
     * The subject of a failure.
     *
     * @param type its type
     * @param id the id as the caller gave it, whatever it holds
     * @serial exclude
     */
    public record Resource(Type type, String id) implements Serializable {
        /** The types of resources of the API. */
        public enum Type {
            /** A fine-tune job. */
            JOB,
            /** An uploaded file. */
            FILE,
            /** An upload that is not complete. */
            UPLOAD;

            /** {@return the name for people, such as {@code job}} */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Returns how a message begins: the id of a job, any other resource with its type. */
        String shown() {
            return (type == Type.JOB ? "" : type + " ") + (id.isEmpty() ? "\"\"" : shortened());
        }

        private String shortened() {
            return id.codePointCount(0, id.length()) <= JobId.MAX_CODE_POINTS
                    ? id
                    : id.substring(0, id.offsetByCodePoints(0, JobId.MAX_CODE_POINTS)) + "...";
        }
    }

    /** A message is for reading: longer texts are in {@link #errors()}. */
    private static final int LONGEST_PART = 500;

    private final FailureBuilder facts;

    FineTuneException(FailureBuilder builder) {
        super(String.join("\n", builder.lines()));
        if (builder.cause != null) {
            initCause(builder.cause); // with none, a cause may still be given
        }
        builder.earlier.forEach(this::addSuppressed);
        facts = builder.copy().cause(null).earlier(List.of());
    }

    /**
     * Returns a failure of the caller's input or of this machine.
     *
     * @param kind what callers branch on; it brings the exit code
     * @param what one clause that says what happened, without a full stop
     * @param hint what to do next, without a full stop; null for nothing
     * @return the exception, not thrown
     */
    public static FineTuneException of(Kind kind, String what, @Nullable String hint) {
        return new FailureBuilder(kind, what).hint(hint).build();
    }

    /**
     * Returns the same as {@link #of(Kind, String, String)}, about one job.
     *
     * @param kind what callers branch on; it brings the exit code
     * @param jobId the id as it was asked for, valid or not
     * @param what one clause that says what happened, without a full stop
     * @param hint what to do next, without a full stop; null for nothing
     * @return the exception, not thrown
     */
    public static FineTuneException ofJob(Kind kind, String jobId, String what, @Nullable String hint) {
        return of(kind, new Resource(Resource.Type.JOB, jobId), what, hint);
    }

    /**
     * Returns the same as {@link #of(Kind, String, String)}, about one resource.
     *
     * @param kind what callers branch on; it brings the exit code
     * @param resource what it is about
     * @param what one clause that says what happened, without a full stop
     * @param hint what to do next, without a full stop; null for nothing
     * @return the exception, not thrown
     */
    public static FineTuneException of(Kind kind, Resource resource, String what, @Nullable String hint) {
        return new FailureBuilder(kind, what).resource(resource).hint(hint).build();
    }

    static FineTuneException cancelled() {
        return of(Kind.CANCELLED, "cancelled", null);
    }

    /** {@return the kind of the failure, to branch on} */
    public Kind kind() {
        return facts.kind;
    }

    /** {@return the subject of the failure: a job, a file or an upload; null if no single resource was asked for} */
    public @Nullable Resource resource() {
        return facts.resource;
    }

    /**
     * {@return the id of the job that was asked for, as the caller gave it, whatever it holds; null if no single job
     * was asked for}
     */
    public @Nullable String jobId() {
        return facts.resource != null && facts.resource.type() == Resource.Type.JOB ? facts.resource.id() : null;
    }

    /** {@return the HTTP status of the server's last response; null if no response arrived} */
    public @Nullable Integer httpStatus() {
        return facts.httpStatus;
    }

    /** {@return every error of the server's response, in its order; unmodifiable, may be empty} */
    public List<ApiError> errors() {
        return facts.errors;
    }

    /**
     * {@return how long the server asked to wait, by {@code Retry-After} or {@code details.retry_after}, never
     * negative; null if it did not ask}
     */
    public @Nullable Duration retryAfter() {
        return facts.retryAfter;
    }

    /** {@return the number of attempts; 0 if the call was refused before any request} */
    public int attempts() {
        return facts.attempts;
    }

    /**
     * {@return whether the same call may succeed later without a change: a transient failure of the server or the
     * network}
     */
    public boolean retryable() {
        return facts.retryable;
    }

    /** Whether a watch goes on: any failure of the server may pass, also a page or half a record in place of a record. */
    boolean isTemporary() {
        Integer status = httpStatus();
        return retryable() || kind() == Kind.UNREADABLE || status != null && status >= 500;
    }

    /**
     * {@return whether a write may have been carried out all the same: it was sent, and no response says whether it
     * was} Check the resource before you send it again.
     */
    public boolean uncertain() {
        return facts.uncertain;
    }

    /**
     * {@return what happened, without what to do next: one clause without a full stop, with the server's first error,
     * safe to print}
     */
    public String summary() {
        return facts.summary();
    }

    /** {@return what to do next, one sentence without a full stop; null for no advice} */
    public @Nullable String hint() {
        return facts.hint;
    }

    /**
     * {@return the same failure with other advice: a new exception, not thrown, with this one's cause and earlier
     * failures}
     *
     * @param advice what to do next, without a full stop; null for nothing
     */
    public FineTuneException withHint(@Nullable String advice) {
        return toBuilder().hint(advice).build();
    }

    /** Returns as much of a text as a message shows. */
    static String excerpt(String text) {
        return Excerpt.of(text, LONGEST_PART);
    }

    /** Returns a builder with this failure, to add to it. */
    FailureBuilder toBuilder() {
        return facts.copy().cause(getCause()).earlier(List.of(getSuppressed()));
    }
}
