package dev.ftj.internal.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reason why a call has no usable response. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /** The response has another status than 2xx, or redirects elsewhere: see {@link #reply()}. */
        STATUS,
        /** A response arrived and cannot be read. */
        UNREADABLE,
        /** The server was not reached, or the connection broke. */
        NETWORK,
        /** The deadline passed. */
        TIMEOUT,
        /** The call was cancelled, or its thread interrupted. */
        CANCELLED,
        /** A setting of the environment cannot be used. */
        USAGE,
        /** A file on this machine cannot be read, or the request cannot be made. */
        LOCAL
    }

    private final Reason reason;
    private final transient @Nullable HttpReply reply;
    private @Nullable String hint;
    private boolean retryable;
    private @Nullable Duration retryAfter;
    private boolean uncertain;
    private int attempts;
    private transient List<HttpFailure> earlier = List.of();

    HttpFailure(Reason reason, String what, @Nullable HttpReply reply, @Nullable Throwable cause) {
        super(what, cause);
        this.reason = reason;
        this.reply = reply;
    }

    HttpFailure(Reason reason, String what) {
        this(reason, what, null, null);
    }

    HttpFailure(Reason reason, String what, @Nullable Throwable cause) {
        this(reason, what, null, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** Returns one clause that says what happened. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** Returns the response; null if none arrived. */
    public @Nullable HttpReply reply() {
        return reply;
    }

    /** Returns what to do next; null for no advice. */
    public @Nullable String hint() {
        return hint;
    }

    HttpFailure hint(String advice) {
        hint = advice;
        return this;
    }

    /** Whether the same call may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    HttpFailure retryable(boolean transientFailure) {
        retryable = transientFailure;
        return this;
    }

    /** Returns how long the server asked to wait; null if it did not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    HttpFailure retryAfter(@Nullable Duration wait) {
        retryAfter = wait;
        return this;
    }

    /** Whether a write may have been carried out all the same. */
    public boolean uncertain() {
        return uncertain;
    }

    void becomesUncertain() {
        uncertain = true;
    }

    public int attempts() {
        return attempts;
    }

    /** Returns the failures of the attempts before. */
    public List<HttpFailure> earlier() {
        return earlier;
    }

    HttpFailure after(int count, List<HttpFailure> before) {
        attempts = count;
        earlier = List.copyOf(before);
        return this;
    }

    /** Returns the same failure for another caller: each one gets an exception of its own. */
    HttpFailure copy() {
        HttpFailure copy = new HttpFailure(reason, what(), reply, getCause());
        copy.hint = hint;
        copy.retryable = retryable;
        return copy;
    }
}
