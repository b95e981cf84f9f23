package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of the API from its first attempt to its end: the policy's attempts, one deadline, one outcome. */
final class ApiCall<T> implements Calls.Work<T> {
    /**
     * What calls of one client have in common.
     *
     * @param allowed the time for a call with all its attempts
     * @param listener null where nobody wants to be told, and nothing is made up to be told
     */
    record Rules(
            Transport transport,
            RetryPolicy policy,
            Timing timing,
            Duration allowed,
            @Nullable Consumer<Attempt> listener) {
        /** The same, but each failure is the caller's to wait for. */
        Rules once() {
            return new Rules(transport, new RetryPolicy(1, policy.jitter()), timing, allowed, listener);
        }
    }

    private final Rules rules;
    private final ApiRequest request;
    private final Function<Reply, T> reader;
    private final @Nullable BodyReader stream;
    private final Timing timing;
    private final Cancellation cancellation = new Cancellation();
    private final List<FineTuneException> earlier = new ArrayList<>();

    /** The attempt that is under way, or comes next: whoever cancels the call looks at it, and at what came of those before. */
    private volatile Sending sending = new Sending();

    private volatile boolean mayBeDone;

    ApiCall(Rules rules, ApiRequest request, Function<Reply, T> reader, @Nullable BodyReader stream) {
        this.rules = rules;
        this.request = request;
        this.reader = reader;
        this.stream = stream;
        this.timing = rules.timing();
    }

    ApiCall(Rules rules, ApiRequest request, Function<Reply, T> reader) {
        this(rules, request, reader, null);
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public FineTuneException cancelled() {
        return givenUp().jobId(jobId()).build();
    }

    private FineTuneException.Builder givenUp() {
        FineTuneException.Builder told = new FineTuneException.Builder(Kind.CANCELLED, "cancelled");
        return mayBeDone || (!request.isLook() && sending.hasBegun()) ? told.uncertain(howToLook()) : told;
    }

    /**
     * Sends the request until it has an outcome. The deadline begins here, not when the call was queued.
     *
     * @throws FineTuneException with the failures of earlier attempts suppressed
     */
    @Override
    public T run() {
        long deadline = timing.nanos() + rules.allowed().toNanos();
        for (int number = 1; ; number++) {
            long began = timing.nanos();
            Reply reply = null;
            boolean last = number >= rules.policy().attempts();
            FineTuneException.Builder failure;
            try {
                Duration left = Duration.ofNanos(Math.max(1, deadline - began));
                reply = exchange(left);
                if (reply.isSuccess() || isGoneAlready(reply)) {
                    tell(number, reply, null, began, null);
                    return read(reply);
                }
                failure = refusal(reply);
            } catch (IOException e) {
                boolean sent = sending.hasBegun();
                if (Unanswered.isRefusedStream(e)) {
                    sending = new Sending(); // not processed (RFC 9113, 8.7): a write may be sent again
                }
                failure = unanswered(
                        rules,
                        cancellation,
                        e,
                        sent,
                        stream == null ? deadline : deadline + stream.backpressureNanos());
                last |= e instanceof ArrayBodyReader.BrokenOffException;
            } catch (FineTuneException e) {
                FineTuneException.Builder told = e.toBuilder();
                noteUncertainty(told, reply);
                if (reply == null && sending.hasBegun()) {
                    tell(number, null, told.what(), began, null);
                }
                throw ended(told, sending.hasBegun() ? number : number - 1);
            }
            noteUncertainty(failure, reply);
            Duration wait = last ? null : waitBeforeNext(failure, reply, number, deadline);
            tell(number, reply, reply == null ? failure.what() : null, began, wait);
            if (wait == null) {
                throw ended(failure, number);
            }
            earlier.add(failure.build());
            sending = new Sending();
            pause(wait, number);
        }
    }

    private Reply exchange(Duration left) throws IOException {
        try {
            return rules.transport().exchange(request, left, cancellation, sending, stream);
        } catch (FineTuneException e) {
            throw e;
        } catch (RuntimeException e) {
            throw defect(e).build();
        }
    }

    private FineTuneException.Builder refusal(Reply reply) {
        try {
            return Refusal.of(reply, timing.now());
        } catch (RuntimeException e) {
            return defect(e).httpStatus(reply.status());
        }
    }

    private T read(Reply reply) {
        try {
            return reader.apply(reply);
        } catch (FineTuneException e) {
            throw e.toBuilder().httpStatus(reply.status()).build();
        } catch (RuntimeException e) {
            throw defect(e).httpStatus(reply.status()).build();
        }
    }

    /** Turns an unexpected exception into a failure of this call only; other jobs go on. */
    private FineTuneException.Builder defect(RuntimeException e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        String name = cause.getClass().getSimpleName();
        String report = "report this, with its stack trace, as a defect of ftj";
        return sending.hasBegun()
                ? new FineTuneException.Builder(Kind.UNREADABLE, "the answer cannot be read (" + name + ")")
                        .cause(cause)
                        .hint("Check the endpoint, and what stands between it and you; or " + report)
                : new FineTuneException.Builder(Kind.LOCAL, "the request cannot be made (" + name + ")")
                        .cause(cause)
                        .hint("Check the settings of the client; or " + report);
    }

    /** An earlier attempt may have deleted it. */
    private boolean isGoneAlready(Reply reply) {
        return request.method().equals("DELETE") && reply.status() == 404 && mayBeDone;
    }

    /** Why an exchange brought nothing: it was ended, it took too long, or it failed. */
    static FineTuneException.Builder unanswered(
            Rules rules, Cancellation cancellation, IOException e, boolean sent, long deadline) {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            return new FineTuneException.Builder(Kind.CANCELLED, "cancelled");
        }
        if (deadline - rules.timing().nanos() <= 0) {
            String span = rules.allowed().toMillis() / 1000.0 + " s";
            return new FineTuneException.Builder(Kind.TIMEOUT, "no answer within " + span)
                    .retryable(true)
                    .cause(e)
                    .hint("Allow more time, or try again later");
        }
        return rules.transport().failure(e, sent);
    }

    /** A change that was sent, and whose answer is missing or does not say that nothing was done. */
    private void noteUncertainty(FineTuneException.Builder failure, @Nullable Reply reply) {
        if (!request.isLook() && sending.hasBegun() && (reply == null || reply.isSuccess() || reply.status() >= 500)) {
            mayBeDone = true;
        }
        if (mayBeDone && !RetryPolicy.mayRepeat(request, failure, status(reply), sending.hasBegun())) {
            failure.uncertain(howToLook());
        }
    }

    private String howToLook() {
        return request.job() == null
                ? "List the jobs before you send it again"
                : "Look at the job before you send it again";
    }

    private @Nullable String jobId() {
        JobId job = request.job();
        return job == null ? null : job.value();
    }

    private static @Nullable Integer status(@Nullable Reply reply) {
        return reply == null ? null : reply.status();
    }

    private @Nullable Duration waitBeforeNext(
            FineTuneException.Builder failure, @Nullable Reply reply, int number, long deadline) {
        if (!RetryPolicy.mayRepeat(request, failure, status(reply), sending.hasBegun())) {
            return null;
        }
        Duration wait = rules.policy().waitAfter(number, failure.askedWait());
        return wait.toNanos() < deadline - timing.nanos() ? wait : null;
    }

    private void pause(Duration wait, int number) {
        boolean stopped;
        try {
            stopped = timing.sleep(wait, cancellation.latch());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        if (stopped) {
            throw ended(givenUp(), number);
        }
    }

    private FineTuneException ended(FineTuneException.Builder failure, int number) {
        return failure.jobId(jobId()).attempts(number).earlier(earlier).build();
    }

    private void tell(
            int number, @Nullable Reply reply, @Nullable String failure, long began, @Nullable Duration wait) {
        Consumer<Attempt> listener = rules.listener();
        if (listener == null) {
            return;
        }
        listener.accept(new Attempt(
                number,
                request.method(),
                rules.transport().path(request),
                reply == null ? null : reply.status(),
                failure,
                Duration.ofNanos(timing.nanos() - began),
                wait,
                reply == null ? Map.of() : reply.sent().get(),
                reply == null ? Map.of() : reply.headers().get()));
    }
}
