package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.Snippet;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this library: what happened, to which job, what the server said, and what to do next.
 *
 * <p>Branch on {@link #kind()}. {@link #getMessage()} is one readable line (more when the server reported several
 * errors), free of control characters and of the API key. Failures of earlier attempts are
 * {@linkplain #getSuppressed() suppressed} inside.
 *
 * @serial exclude
 */
public final class FineTuneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, and the exit code with which a program ends because of it. */
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
        /** The server's failure, after retries: 5xx, a status that nobody expects, a redirect elsewhere. */
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
         * The exit code of a program that ends with this failure.
         *
         * @return 1 to 130, the same for every version of ftj
         */
        public int exitCode() {
            return exitCode;
        }

        /**
         * The name as it stands in JSON error lines.
         *
         * @return such as {@code not_found}
         */
        @Override
        public String toString() {
            return this == WAIT_TIMEOUT ? "not_ended_in_time" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One error as the server told it.
     *
     * @param code the server's code, such as {@code missing_parameter}; null where it gave none
     * @param message what the server said, as sent
     * @param suggestion what the server advises; null where it gave none
     * @param errorUid the identifier that support asks for ({@code error_uid}); null where it gave none
     * @serial exclude
     */
    public record ApiError(
            @Nullable String code,
            String message,
            @Nullable String suggestion,
            @Nullable String errorUid) implements Serializable {
        /**
         * One line for people.
         *
         * @return the message, the code and the identifier, safe to print
         */
        @Override
        public String toString() {
            return Builder.sentence(excerpt(message), this, suggestion);
        }
    }

    /**
     * What a failure is about.
     *
     * @param type what it is
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

            /**
             * Returns the name for people.
             *
             * @return such as {@code job}
             */
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

    /** A message is for reading: what is longer is in {@link #errors()}. */
    private static final int LONGEST_PART = 500;

    private static final int MOST_LINES = 20;

    private final Kind kind;
    private final String what;
    private final @Nullable Resource resource;
    private final @Nullable Integer httpStatus;
    private final ArrayList<ApiError> errors;
    private final @Nullable Duration retryAfter;
    private final int attempts;
    private final boolean retryable;
    private final @Nullable String hint;
    private final boolean uncertain;

    private FineTuneException(Builder builder) {
        super(String.join("\n", builder.lines()));
        if (builder.cause != null) {
            initCause(builder.cause); // with none, a cause may still be given
        }
        kind = builder.kind;
        what = builder.what;
        resource = builder.resource;
        httpStatus = builder.httpStatus;
        errors = new ArrayList<>(builder.errors);
        retryAfter = builder.retryAfter;
        attempts = builder.attempts;
        retryable = builder.retryable;
        hint = builder.hint;
        uncertain = builder.uncertain;
        builder.earlier.forEach(this::addSuppressed);
    }

    /**
     * A failure that no server told: of the caller's input, or of this machine.
     *
     * @param kind what callers branch on; it brings the exit code
     * @param what one clause that says what happened, without a full stop
     * @param hint what to do next, without a full stop; null for nothing
     * @return the exception, not thrown
     */
    public static FineTuneException of(Kind kind, String what, @Nullable String hint) {
        return new Builder(kind, what).hint(hint).build();
    }

    /**
     * The same as {@link #of(Kind, String, String)}, about one job.
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
     * The same as {@link #of(Kind, String, String)}, about one resource.
     *
     * @param kind what callers branch on; it brings the exit code
     * @param resource what it is about
     * @param what one clause that says what happened, without a full stop
     * @param hint what to do next, without a full stop; null for nothing
     * @return the exception, not thrown
     */
    public static FineTuneException of(Kind kind, Resource resource, String what, @Nullable String hint) {
        return new Builder(kind, what).resource(resource).hint(hint).build();
    }

    static FineTuneException cancelled() {
        return of(Kind.CANCELLED, "cancelled", null);
    }

    /**
     * What went wrong.
     *
     * @return the kind to branch on
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what the failure is about.
     *
     * @return a job, a file or an upload; null if no single resource was asked for
     */
    public @Nullable Resource resource() {
        return resource;
    }

    /**
     * Returns the job that was asked for.
     *
     * @return the id as the caller gave it, whatever it holds; null if no single job was asked for
     */
    public @Nullable String jobId() {
        return resource != null && resource.type() == Resource.Type.JOB ? resource.id() : null;
    }

    /**
     * The status of the server's last answer.
     *
     * @return the HTTP status; null where no answer arrived
     */
    public @Nullable Integer httpStatus() {
        return httpStatus;
    }

    /**
     * Every error of the server's answer, in its order.
     *
     * @return unmodifiable; empty where the server told none
     */
    public List<ApiError> errors() {
        return List.copyOf(errors);
    }

    /**
     * How long the server asked to wait, from its {@code Retry-After} or {@code details.retry_after}.
     *
     * @return the wait, never negative; null where the server asked for none
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * How many requests were sent, or tried to be sent.
     *
     * @return 0 where the call was refused before any request
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Whether the same call may succeed later without anything being changed.
     *
     * @return true for the server's and the network's passing failures
     */
    public boolean retryable() {
        return retryable;
    }

    /**
     * Whether a request that was to change something may have been carried out all the same: it was sent, and no answer
     * told what came of it. Check the job before you send it again.
     *
     * @return false for a request that only looks, and for one that surely changed nothing
     */
    public boolean uncertain() {
        return uncertain;
    }

    /**
     * What happened, without what to do next.
     *
     * @return one clause without a full stop, the first of what the server told in it, safe to print
     */
    public String summary() {
        return toBuilder().summary();
    }

    /**
     * What to do next.
     *
     * @return one sentence without a full stop; null where there is no advice
     */
    public @Nullable String hint() {
        return hint;
    }

    /**
     * The same failure with other advice, from whoever knows better what the caller can do.
     *
     * @param advice what to do next, without a full stop; null for nothing
     * @return a new exception, not thrown, with this one's cause and earlier failures
     */
    public FineTuneException withHint(@Nullable String advice) {
        return toBuilder().hint(advice).build();
    }

    /** As much of a text as a message shows of it. */
    static String excerpt(String text) {
        return Snippet.of(text, LONGEST_PART);
    }

    /** The same failure, for what a caller further out knows more of. */
    Builder toBuilder() {
        Builder builder = new Builder(kind, what);
        builder.resource = resource;
        builder.httpStatus = httpStatus;
        builder.errors = errors();
        builder.retryAfter = retryAfter;
        builder.attempts = attempts;
        builder.retryable = retryable;
        builder.hint = hint;
        builder.uncertain = uncertain;
        builder.cause = getCause();
        builder.earlier = List.of(getSuppressed());
        return builder;
    }

    /** Collects what is known of a failure; the message is made of it, in one place. */
    static final class Builder {
        private final Kind kind;
        private final String what;
        private @Nullable Resource resource;
        private @Nullable Integer httpStatus;
        private List<ApiError> errors = List.of();
        private @Nullable Duration retryAfter;
        private int attempts;
        private boolean retryable;
        private @Nullable String hint;
        private boolean uncertain;
        private @Nullable Throwable cause;
        private List<? extends Throwable> earlier = List.of();

        Builder(Kind kind, String what) {
            this.kind = kind;
            this.what = what;
        }

        Builder resource(@Nullable Resource about) {
            resource = about;
            return this;
        }

        Builder jobId(String id) {
            return resource(new Resource(Resource.Type.JOB, id));
        }

        Builder httpStatus(int status) {
            httpStatus = status;
            return this;
        }

        Builder errors(List<ApiError> told) {
            errors = told;
            return this;
        }

        Builder retryAfter(@Nullable Duration wait) {
            retryAfter = wait;
            return this;
        }

        Builder attempts(int count) {
            attempts = count;
            return this;
        }

        Builder retryable(boolean passing) {
            retryable = passing;
            return this;
        }

        /** It may have been carried out: what to do is to look, not to send it again. */
        Builder uncertain(String howToLook) {
            uncertain = true;
            retryable = false;
            hint = howToLook;
            return this;
        }

        Builder hint(@Nullable String advice) {
            hint = advice;
            return this;
        }

        Builder cause(@Nullable Throwable reason) {
            cause = reason;
            return this;
        }

        Builder earlier(List<? extends Throwable> failures) {
            earlier = failures;
            return this;
        }

        Kind kind() {
            return kind;
        }

        String what() {
            return what;
        }

        boolean isRetryable() {
            return retryable;
        }

        @Nullable
        Duration askedWait() {
            return retryAfter;
        }

        FineTuneException build() {
            return new FineTuneException(this);
        }

        /** The first line tells the failure; each further error of the same answer has a line of its own. */
        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            if (errors.isEmpty()) {
                lines.add(sentence(told(), null, hint));
            } else {
                lines.add(sentence(told(), errors.get(0), hint));
                errors.stream()
                        .skip(1)
                        .limit(MOST_LINES - 1)
                        .forEach(e -> lines.add(sentence(excerpt(e.message()), e, e.suggestion())));
                if (errors.size() > MOST_LINES) {
                    lines.add("(and " + (errors.size() - MOST_LINES) + " more errors)");
                }
            }
            return lines;
        }

        private String told() {
            String subject = resource == null ? "" : resource.shown() + ": ";
            return subject + (uncertain ? withoutStop(what) + "; it may have been carried out all the same" : what);
        }

        private String summary() {
            return withoutStop(sentence(told(), errors.isEmpty() ? null : errors.get(0), null));
        }

        private static String sentence(String what, @Nullable ApiError told, @Nullable String hint) {
            StringBuilder line = new StringBuilder(withoutStop(what));
            if (told != null && (told.code() != null || told.errorUid() != null)) {
                line.append(" (");
                line.append(told.code() == null ? "" : excerpt(told.code()));
                line.append(told.code() == null || told.errorUid() == null ? "" : ", ");
                line.append(told.errorUid() == null ? "" : excerpt(told.errorUid()));
                line.append(')');
            }
            line.append('.');
            if (hint != null && !hint.isBlank()) {
                String advice = withoutStop(excerpt(hint));
                line.append(' ').append(advice).append(advice.endsWith("?") ? "" : ".");
            }
            return Sanitizer.oneLine(line.toString());
        }

        private static String withoutStop(String text) {
            String stripped = text.strip();
            return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
        }
    }
}
