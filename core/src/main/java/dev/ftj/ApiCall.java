package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of the API from its first attempt to its end: the policy's attempts, one deadline, one outcome. */
final class ApiCall<T> {
    private final Transport transport;
    private final RetryPolicy policy;
    private final Timing timing;
    private final Duration allowed;
    private final Consumer<Attempt> listener;
    private final ApiRequest request;
    private final Function<Reply, T> reader;
    private final Cancellation cancellation = new Cancellation();
    private final List<FineTuneException> earlier = new ArrayList<>();

    ApiCall(
            Transport transport,
            RetryPolicy policy,
            Timing timing,
            Duration allowed,
            Consumer<Attempt> listener,
            ApiRequest request,
            Function<Reply, T> reader) {
        this.transport = transport;
        this.policy = policy;
        this.timing = timing;
        this.allowed = allowed;
        this.listener = listener;
        this.request = request;
        this.reader = reader;
    }

    void cancel() {
        cancellation.cancel();
    }

    /**
     * Sends the request until it has an outcome. The deadline begins here, not when the call was queued.
     *
     * @throws FineTuneException with the failures of earlier attempts suppressed
     */
    T run() {
        long deadline = timing.nanos() + allowed.toNanos();
        for (int number = 1; ; number++) {
            long began = timing.nanos();
            Reply reply = null;
            FineTuneException.Builder failure;
            try {
                reply = transport.exchange(request, Duration.ofNanos(Math.max(1, deadline - began)), cancellation);
                if (reply.isSuccess()) {
                    tell(number, reply, null, began, null);
                    return read(reply);
                }
                failure = Refusal.of(reply, timing.now());
            } catch (IOException e) {
                failure = unanswered(e, deadline);
            } catch (FineTuneException e) {
                throw ended(e.toBuilder(), reply == null ? number - 1 : number);
            }
            Duration wait = waitBeforeNext(failure, number, deadline);
            tell(number, reply, reply == null ? failure.what() : null, began, wait);
            if (wait == null) {
                throw ended(failure, number);
            }
            earlier.add(failure.build());
            pause(wait, number);
        }
    }

    private T read(Reply reply) {
        try {
            return reader.apply(reply);
        } catch (FineTuneException e) {
            throw e.toBuilder().httpStatus(reply.status()).build();
        }
    }

    private FineTuneException.Builder unanswered(IOException e, long deadline) {
        if (cancellation.isCancelled()) {
            return cancelled();
        }
        if (deadline - timing.nanos() <= 0) {
            return new FineTuneException.Builder(Kind.TIMEOUT, "no answer within " + allowed.toMillis() / 1000.0 + " s")
                    .retryable(true)
                    .cause(e)
                    .hint("Allow more time, or try again later");
        }
        return transport.failure(e);
    }

    private @Nullable Duration waitBeforeNext(FineTuneException.Builder failure, int number, long deadline) {
        if (!failure.isRetryable() || failure.kind() == Kind.TIMEOUT || number >= policy.attempts()) {
            return null;
        }
        Duration wait = policy.waitAfter(number, failure.askedWait());
        return wait.toNanos() < deadline - timing.nanos() ? wait : null;
    }

    private void pause(Duration wait, int number) {
        boolean stopped;
        try {
            stopped = timing.sleep(wait, cancellation.latch());
        } catch (InterruptedException e) {
            stopped = true;
        }
        if (stopped) {
            throw ended(cancelled(), number);
        }
    }

    private static FineTuneException.Builder cancelled() {
        return new FineTuneException.Builder(Kind.CANCELLED, "cancelled");
    }

    private FineTuneException ended(FineTuneException.Builder failure, int number) {
        return failure.jobId(request.job() == null ? null : request.job().value())
                .attempts(number)
                .earlier(earlier)
                .build();
    }

    private void tell(
            int number, @Nullable Reply reply, @Nullable String failure, long began, @Nullable Duration wait) {
        listener.accept(new Attempt(
                number,
                request.method(),
                transport.path(request),
                reply == null ? null : reply.status(),
                failure,
                Duration.ofNanos(timing.nanos() - began),
                wait,
                reply == null ? Map.of() : reply.sent(),
                reply == null ? Map.of() : reply.headers()));
    }
}
