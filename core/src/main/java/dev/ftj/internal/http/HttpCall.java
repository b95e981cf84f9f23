package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import dev.ftj.internal.text.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call from its first attempt to its end: attempts, one deadline, one outcome. */
public final class HttpCall implements CancellableCall<HttpReply> {
    private final CallSettings settings;
    private final HttpRequest request;
    private final @Nullable BodyReader stream;
    private final TimeSource time;
    private final Duration allowed;
    private final Cancellation cancellation = new Cancellation();
    private final List<HttpFailure> earlier = new ArrayList<>();

    /** The current or next attempt's; read by the thread that cancels, too. */
    private volatile SendState sending = new SendState();

    private volatile boolean mayBeDone;
    private int attempts;

    /** @param stream reads the body of a 2xx response in place of having it in the reply; null for none */
    public HttpCall(CallSettings settings, HttpRequest request, @Nullable BodyReader stream) {
        this.settings = settings;
        this.request = request;
        this.stream = stream;
        this.time = settings.time();
        this.allowed = request.deadline() == null ? settings.timeout() : request.deadline();
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public HttpFailure cancelled() {
        HttpFailure failure = new HttpFailure(Reason.CANCELLED, "cancelled");
        if (mayBeDone || (!request.repeatable() && sending.hasBegun())) {
            failure.becomesUncertain();
        }
        return failure.after(attempts, earlier);
    }

    /** Returns the number of attempts so far. */
    public int attempts() {
        return attempts;
    }

    /** Returns the failures of the attempts so far. */
    public List<HttpFailure> earlier() {
        return earlier;
    }

    /**
     * Sends the request until it has an outcome. The deadline starts here, not when the call was queued.
     *
     * @return a 2xx response, or the 404 of a repeated DELETE that was carried out before
     * @throws HttpFailure with the failures of earlier attempts
     */
    @Override
    public HttpReply run() {
        long deadline = time.nanos() + allowed.toNanos();
        for (int number = 1; ; number++) {
            long began = time.nanos();
            HttpReply reply = null;
            boolean last = number >= settings.policy().attempts();
            HttpFailure failure;
            attempts = number;
            try {
                Duration left = Duration.ofNanos(Math.max(1, deadline - began));
                reply = exchange(left, began);
                if (reply.isSuccess() || isGoneAlready(reply)) {
                    report(number, reply, null, began, null);
                    return reply;
                }
                failure = refused(reply);
            } catch (IOException e) {
                failure = unanswered(e, stream == null ? deadline : deadline + stream.backpressureNanos());
                last |= e instanceof BodyReader.BrokenOffException;
            }
            noteUncertainty(failure);
            Duration wait = last ? null : waitBeforeNext(failure, number, deadline);
            report(number, reply, reply == null ? failure : null, began, wait);
            if (wait == null) {
                throw failure.after(attempts, earlier);
            }
            earlier.add(failure);
            sending = new SendState();
            pause(wait);
        }
    }

    private HttpReply exchange(Duration left, long began) throws IOException {
        try {
            return settings.transport().exchange(request, left, cancellation, sending, stream);
        } catch (RuntimeException e) {
            HttpFailure failure = e instanceof HttpFailure known ? known : defect(e);
            noteUncertainty(failure);
            if (sending.hasBegun()) {
                report(attempts, null, failure, began, null);
            } else {
                attempts--; // nothing was tried
            }
            throw failure.after(attempts, earlier);
        }
    }

    private HttpFailure refused(HttpReply reply) {
        HttpFailure failure = new HttpFailure(Reason.STATUS, "status " + reply.status(), reply, null);
        if (reply.redirect() != null) {
            return failure;
        }
        Duration header = RetryPolicy.retryAfter(reply.header("Retry-After"), reply.header("Date"), time.now());
        return failure.retryable(RetryPolicy.isTransient(reply.status()))
                .retryAfter(header != null ? header : settings.waitInBody().apply(reply));
    }

    /** Turns an unexpected exception into a failure of this call only; other calls go on. */
    private HttpFailure defect(RuntimeException e) {
        return sending.hasBegun()
                ? unreadable(e)
                : defect(Reason.LOCAL, "the request cannot be made", e, "Check the settings of the client");
    }

    /** Returns the failure for an exception that was thrown while a response was read. */
    public static HttpFailure unreadable(RuntimeException e) {
        String check = "Check the endpoint, and what stands between it and you";
        return defect(Reason.UNREADABLE, "the answer cannot be read", e, check);
    }

    private static HttpFailure defect(Reason reason, String what, RuntimeException e, String check) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return new HttpFailure(reason, what + " (" + cause.getClass().getSimpleName() + ")", cause)
                .hint(check + "; or report this, with its stack trace, as a defect of ftj");
    }

    /** An earlier attempt may have deleted it. */
    private boolean isGoneAlready(HttpReply reply) {
        return request.method().equals("DELETE") && reply.status() == 404 && mayBeDone;
    }

    private HttpFailure unanswered(IOException e, long deadline) {
        boolean sent = sending.hasBegun();
        if (TransportErrors.isRefusedStream(e)) {
            sending = new SendState(); // not processed (RFC 9113, 8.7): a write may be sent again
        }
        return unanswered(settings, request, allowed, cancellation, e, sent, deadline);
    }

    /** Returns the failure of an exchange without a response: cancelled, too slow, or failed. */
    static HttpFailure unanswered(
            CallSettings settings,
            HttpRequest request,
            Duration allowed,
            Cancellation cancellation,
            IOException e,
            boolean sent,
            long deadline) {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            return new HttpFailure(Reason.CANCELLED, "cancelled");
        }
        if (deadline - settings.time().nanos() <= 0) {
            return new HttpFailure(Reason.TIMEOUT, "no answer within " + DurationText.exact(allowed), e)
                    .retryable(true)
                    .hint("Allow more time, or try again later");
        }
        return settings.transport().failure(request, e, sent);
    }

    /** Notes whether a write may have been carried out: it was sent, and no response says that nothing was done. */
    private void noteUncertainty(HttpFailure failure) {
        if (request.repeatable()) {
            return;
        }
        HttpReply reply = failure.reply();
        boolean sent = sending.hasBegun() && failure.reason() != Reason.LOCAL;
        mayBeDone |= sent && (reply == null || reply.isSuccess() || reply.status() >= 500);
        if (mayBeDone && !RetryPolicy.mayRepeat(request, failure, sending.hasBegun())) {
            failure.becomesUncertain();
        }
    }

    private @Nullable Duration waitBeforeNext(HttpFailure failure, int number, long deadline) {
        if (!RetryPolicy.mayRepeat(request, failure, sending.hasBegun())) {
            return null;
        }
        Duration wait = settings.policy().waitAfter(number, failure.retryAfter());
        return wait.toNanos() < deadline - time.nanos() ? wait : null;
    }

    private void pause(Duration wait) {
        boolean stopped;
        try {
            stopped = time.sleep(wait, cancellation.latch());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        if (stopped) {
            throw cancelled();
        }
    }

    private void report(
            int number, @Nullable HttpReply reply, @Nullable HttpFailure failure, long began, @Nullable Duration wait) {
        Consumer<HttpAttempt> listener = settings.listener();
        if (listener != null) {
            Duration took = Duration.ofNanos(time.nanos() - began);
            String path = settings.transport().path(request);
            listener.accept(new HttpAttempt(number, request, path, reply, failure, took, wait));
        }
    }
}
