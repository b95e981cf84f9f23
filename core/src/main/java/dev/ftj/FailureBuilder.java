package dev.ftj;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.text.Sanitizer;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the facts of a failure, and writes its message. */
final class FailureBuilder implements Cloneable, Serializable {
    private static final long serialVersionUID = 1;

    private static final int MAX_LINES = 20;

    final Kind kind;
    final String what;

    @Nullable
    Resource resource;

    @Nullable
    Integer httpStatus;

    List<ApiError> errors = List.of();

    @Nullable
    Duration retryAfter;

    int attempts;
    boolean retryable;

    @Nullable
    String hint;

    boolean uncertain;

    @Nullable
    Throwable cause;

    List<? extends Throwable> earlier = List.of();

    FailureBuilder(Kind kind, String what) {
        this.kind = kind;
        this.what = what;
    }

    FailureBuilder resource(@Nullable Resource about) {
        resource = about;
        return this;
    }

    FailureBuilder jobId(String id) {
        return resource(new Resource(Resource.Type.JOB, id));
    }

    FailureBuilder httpStatus(int status) {
        httpStatus = status;
        return this;
    }

    FailureBuilder errors(List<ApiError> reported) {
        errors = List.copyOf(reported);
        return this;
    }

    FailureBuilder retryAfter(@Nullable Duration wait) {
        retryAfter = wait;
        return this;
    }

    FailureBuilder attempts(int count) {
        attempts = count;
        return this;
    }

    FailureBuilder retryable(boolean passing) {
        retryable = passing;
        return this;
    }

    /** Marks a write that may have been carried out: the advice is to check, not to send it again. */
    FailureBuilder uncertain(String howToLook) {
        uncertain = true;
        retryable = false;
        hint = howToLook;
        return this;
    }

    FailureBuilder hint(@Nullable String advice) {
        hint = advice;
        return this;
    }

    FailureBuilder cause(@Nullable Throwable reason) {
        cause = reason;
        return this;
    }

    FailureBuilder earlier(List<? extends Throwable> failures) {
        earlier = failures;
        return this;
    }

    FailureBuilder copy() {
        try {
            return (FailureBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    FineTuneException build() {
        return new FineTuneException(this);
    }

    /** Returns a line for the failure, and one for each further error of the same response. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (errors.isEmpty()) {
            lines.add(sentence(statement(), null, hint));
        } else {
            lines.add(sentence(statement(), errors.get(0), hint));
            errors.stream()
                    .skip(1)
                    .limit(MAX_LINES - 1)
                    .forEach(e -> lines.add(sentence(FineTuneException.excerpt(e.message()), e, e.suggestion())));
            if (errors.size() > MAX_LINES) {
                lines.add("(and " + (errors.size() - MAX_LINES) + " more errors)");
            }
        }
        return lines;
    }

    private String statement() {
        String subject = resource == null ? "" : resource.shown() + ": ";
        return subject + (uncertain ? withoutStop(what) + "; it may have been carried out all the same" : what);
    }

    String summary() {
        return withoutStop(sentence(statement(), errors.isEmpty() ? null : errors.get(0), null));
    }

    static String sentence(String what, @Nullable ApiError error, @Nullable String hint) {
        StringBuilder line = new StringBuilder(withoutStop(what));
        if (error != null && (error.code() != null || error.errorUid() != null)) {
            line.append(" (");
            line.append(error.code() == null ? "" : FineTuneException.excerpt(error.code()));
            line.append(error.code() == null || error.errorUid() == null ? "" : ", ");
            line.append(error.errorUid() == null ? "" : FineTuneException.excerpt(error.errorUid()));
            line.append(')');
        }
        line.append(line.toString().endsWith(".") ? "" : ".");
        if (hint != null && !hint.isBlank()) {
            String advice = withoutStop(FineTuneException.excerpt(hint));
            line.append(' ').append(advice).append(advice.endsWith("?") || advice.endsWith(".") ? "" : ".");
        }
        return Sanitizer.oneLine(line.toString());
    }

    private static String withoutStop(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") && !stripped.endsWith("...")
                ? stripped.substring(0, stripped.length() - 1)
                : stripped;
    }
}
