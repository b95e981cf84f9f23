package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import dev.ftj.internal.text.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One call from its first attempt to its end: attempts, one deadline, one outcome. */
public final class HttpCall {
    private final CallSettings settings;
    private final HttpRequest request;
    private final @Nullable BodyReader stream;
    private final TimeSource time;
    private final Duration allowed;
    private final Cancellation cancellation = new Cancellation();
    private final List<HttpFailure> earlier = new ArrayList<>();

    /** Whether any byte of the current or next attempt may have arrived; read by the thread that cancels, too. */
    private volatile AtomicBoolean sent = new AtomicBoolean();

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

    /** Returns the cancellation of this call. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Returns the failure of this call if it is cancelled now. */
    public HttpFailure cancelled() {
        HttpFailure failure = new HttpFailure(Reason.CANCELLED, "cancelled");
        if (mayBeDone || (!request.repeatable() && sent.get())) {
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
            sent = new AtomicBoolean();
            pause(wait);
        }
    }

    private HttpReply exchange(Duration left, long began) throws IOException {
        try {
            return settings.transport().exchange(request, left, cancellation, sent, stream);
        } catch (CallerException e) {
            throw e.thrown();
        } catch (RuntimeException e) {
            HttpFailure failure = e instanceof HttpFailure known ? known : defect(e);
            noteUncertainty(failure);
            if (sent.get()) {
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
        return sent.get()
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
        boolean wasSent = sent.get();
        if (TransportErrors.isRefusedStream(e)) {
            sent = new AtomicBoolean(); // not processed (RFC 9113, 8.7): a write may be sent again
        }
        return unanswered(settings, request, allowed, cancellation, e, wasSent, deadline);
    }

    /** Returns the failure of an exchange without a response: cancelled, too slow, or failed. */
    private static HttpFailure unanswered(
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
        boolean arrived = sent.get() && failure.reason() != Reason.LOCAL;
        mayBeDone |= arrived && (reply == null || reply.isSuccess() || reply.status() >= 500);
        if (mayBeDone && !RetryPolicy.mayRepeat(request, failure, sent.get())) {
            failure.becomesUncertain();
        }
    }

    private @Nullable Duration waitBeforeNext(HttpFailure failure, int number, long deadline) {
        if (!RetryPolicy.mayRepeat(request, failure, sent.get())) {
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

    /** Makes one connection as a call would, and sends nothing over it. Not retried. */
    public static final class Probe implements CallDispatcher.Call<Optional<SSLSession>> {
        private static final HttpRequest NOTHING = HttpRequest.get("/", "/", null);

        private final CallSettings settings;
        private final Cancellation cancellation = new Cancellation();

        public Probe(CallSettings settings) {
            this.settings = settings;
        }

        @Override
        public Optional<SSLSession> run() {
            Duration allowed = settings.timeout();
            long deadline = settings.time().nanos() + allowed.toNanos();
            try {
                return Optional.ofNullable(settings.transport().connect(allowed, cancellation));
            } catch (IOException e) {
                throw unanswered(settings, NOTHING, allowed, cancellation, e, false, deadline);
            }
        }

        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public HttpFailure cancelled() {
            return new HttpFailure(Reason.CANCELLED, "cancelled");
        }
    }
}
