package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The loop under {@link Watch}. One thread decides when to look; the calls run on the client's threads, at most
 * {@code AT_ONCE} of them, so that one that hangs holds up no other job.
 */
final class Poller {
    private static final int AT_ONCE = 8;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** The client, as far as a watch needs it. */
    interface Calling {
        /** @param patient whether a failure that passes is tried again within the call */
        CompletableFuture<FineTuneJob> look(JobId id, boolean patient);

        Stream<JobResult> list();

        Timing timing();

        /** @return 0 to 1 */
        DoubleSupplier jitter();

        /** Whether this client created the job in the last 60 s: its record may not be readable yet. */
        boolean createdRecently(String id);

        /** What is to be cancelled when the client is closed, until it is removed. */
        Set<Cancellation> underWay();
    }

    /** What a watch was asked for; null for what it was not. */
    record Plan(
            @Nullable JobStatus until,
            @Nullable Duration interval,
            @Nullable Duration timeout,
            boolean any) {}

    /** One job that is followed. */
    private static final class Followed {
        final String id;

        @Nullable
        FineTuneJob job;

        @Nullable
        FineTuneException lastFailure;

        @Nullable
        Instant heardAt;

        @Nullable
        JobResult result;

        Duration interval = FIRST;
        long next;
        boolean asked;

        /** Whether the server named the time of the next look, which is no sooner then. */
        boolean told;

        boolean inList = true;

        Followed(String id, long next) {
            this.id = id;
            this.next = next;
        }
    }

    private final Calling calling;
    private final List<String> ids;
    private final Plan plan;
    private final Consumer<Watch.Look> listener;
    private final Timing timing;
    private final SharedLook shared;
    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Set<CompletableFuture<?>> underWay = new HashSet<>();
    private final Cancellation cancellation = new Cancellation();
    private long begun;
    private boolean heard;
    private boolean over;

    Poller(Calling calling, List<String> ids, Plan plan, Consumer<Watch.Look> listener) {
        this.calling = calling;
        this.ids = ids;
        this.plan = plan;
        this.listener = listener;
        this.timing = calling.timing();
        this.shared = new SharedLook(calling::list, timing);
    }

    CompletableFuture<List<JobResult>> start() {
        CompletableFuture<List<JobResult>> future = new CompletableFuture<>();
        CompletableFuture<List<JobResult>> unused = future.whenComplete((results, failure) -> cancellation.cancel());
        new Calls.Worker(() -> {
                    try {
                        future.complete(run());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                })
                .start();
        return future;
    }

    List<JobResult> run() {
        begun = timing.nanos();
        ids.forEach(id -> followed.computeIfAbsent(id, key -> new Followed(key, begun)));
        calling.underWay().add(cancellation);
        cancellation.onCancel(() -> events.add(() -> {
            throw Calls.cancelled();
        }));
        try {
            while (goesOn()) {
                beginLooks();
                await();
            }
            return results();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Calls.cancelled();
        } finally {
            calling.underWay().remove(cancellation);
            underWay.forEach(call -> call.cancel(true));
        }
    }

    private boolean goesOn() {
        for (Runnable event = events.poll(); event != null && !over; event = events.poll()) {
            event.run();
        }
        if (!over && left() <= 0) {
            pending().forEach(this::outOfTime);
        }
        return !over && !pending().isEmpty();
    }

    private List<Followed> pending() {
        return followed.values().stream().filter(job -> job.result == null).toList();
    }

    /** The nanoseconds until the timeout. */
    private long left() {
        return plan.timeout() == null ? Long.MAX_VALUE : nanos(plan.timeout()) - (timing.nanos() - begun);
    }

    private void beginLooks() {
        long now = timing.nanos();
        List<Followed> idle = pending().stream().filter(job -> !job.asked).toList();
        List<Followed> together = idle.stream()
                .filter(job -> heard && job.inList && job.next - now <= (job.told ? 0 : nanos(job.interval) / 4))
                .toList();
        if (shared.isWorthIt(together.size()) && together.stream().anyMatch(job -> job.next - now <= 0)) {
            lookAtAll(together);
        }
        for (Followed job : idle) {
            if (!job.asked && job.next - now <= 0 && underWay.size() < AT_ONCE) {
                lookAt(job);
            }
        }
    }

    private void lookAt(Followed job) {
        long began = timing.nanos();
        job.asked = true;
        CompletableFuture<FineTuneJob> call;
        try {
            call = calling.look(JobId.of(job.id), !heard);
        } catch (FineTuneException e) {
            call = CompletableFuture.failedFuture(e);
        }
        track(call, (record, failure) -> {
            job.asked = false;
            if (record != null) {
                shared.tookAlone(Duration.ofNanos(timing.nanos() - began));
                good(job, record, null);
            } else {
                bad(job, failure);
            }
        });
    }

    private void lookAtAll(List<Followed> jobs) {
        jobs.forEach(job -> job.asked = true);
        Set<String> wanted = new HashSet<>();
        jobs.forEach(job -> wanted.add(job.id));
        track(shared.look(wanted), (found, failure) -> {
            // one wait for all of them, so that they stay together
            Duration wait = nextWait(jobs.get(0), null);
            for (Followed job : jobs) {
                job.asked = false;
                FineTuneJob record = found == null ? null : found.records().get(job.id);
                if (record != null) {
                    good(job, record, wait);
                } else if (found == null && passes(failure)) {
                    bad(job, failure);
                } else {
                    job.inList = found != null && !found.whole();
                    job.next = timing.nanos();
                }
            }
        });
    }

    private <T> void track(CompletableFuture<T> call, BiConsumer<@Nullable T, FineTuneException> handle) {
        underWay.add(call);
        CompletableFuture<T> unused = call.whenComplete((value, failure) -> events.add(() -> {
            underWay.remove(call);
            handle.accept(value, failure == null ? Calls.cancelled() : told(failure));
        }));
    }

    private static FineTuneException told(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof FineTuneException known) {
            return known;
        }
        throw cause instanceof RuntimeException unforeseen ? unforeseen : new IllegalStateException(cause);
    }

    /** @param together the wait that it shares with others; null for one of its own */
    private void good(Followed job, FineTuneJob record, @Nullable Duration together) {
        FineTuneJob before = job.job;
        boolean changed = before == null || !Objects.equals(before.status(), record.status());
        heard = true;
        job.job = record;
        job.heardAt = timing.now();
        job.lastFailure = null;
        JobStatus status = record.status();
        boolean reached = status != null && plan.until() != null && status.hasReached(plan.until());
        if (reached || (status != null && status.isTerminal())) {
            job.result = new JobResult(job.id, record, null);
            over |= plan.any();
            tell(job, null, changed, null);
        } else {
            Duration wait = together == null ? nextWait(job, null) : together;
            job.next = timing.nanos() + nanos(wait);
            job.told = false;
            tell(job, null, changed, wait);
        }
    }

    private void bad(Followed job, FineTuneException failure) {
        job.lastFailure = failure;
        boolean lag = failure.kind() == Kind.NOT_FOUND && calling.createdRecently(job.id);
        if ((!passes(failure) && !lag) || (!heard && failure.kind() == Kind.NETWORK)) {
            job.result = new JobResult(job.id, null, failure);
            tell(job, failure, false, null);
        } else {
            Duration wait = nextWait(job, failure.retryAfter());
            job.next = timing.nanos() + nanos(wait);
            job.told = failure.retryAfter() != null;
            tell(job, failure, false, wait);
        }
    }

    /** Whether the next look may well bring a record. */
    private static boolean passes(FineTuneException failure) {
        Integer status = failure.httpStatus();
        return switch (failure.kind()) {
            case RATE_LIMITED, UNREADABLE, TIMEOUT -> true;
            case SERVER -> status != null && (status >= 500 || status == 408);
            case NETWORK -> failure.retryable();
            default -> false;
        };
    }

    private void outOfTime(Followed job) {
        String after = " after " + Span.of(plan.timeout() == null ? Duration.ZERO : plan.timeout());
        FineTuneException.Builder late = new FineTuneException.Builder(Kind.NOT_ENDED_IN_TIME, whatIsKnown(job) + after)
                .jobId(job.id)
                .retryable(true)
                .hint("Watch it again with a longer timeout");
        if (job.lastFailure != null) {
            late.earlier(List.of(job.lastFailure));
        }
        job.result = new JobResult(job.id, null, late.build());
        tell(job, job.result.failure(), false, null);
    }

    /** Claims no more than the last response said. */
    private static String whatIsKnown(Followed job) {
        FineTuneJob last = job.job;
        if (last == null || job.heardAt == null) {
            return "nothing was heard of it";
        }
        String status =
                last.status() == null ? "without a status" : last.status().toString();
        return job.lastFailure == null
                ? "still " + status
                : "it was " + status + " when it was last heard of, at " + job.heardAt.truncatedTo(ChronoUnit.SECONDS)
                        + "; no end was seen";
    }

    private void tell(Followed job, @Nullable FineTuneException failure, boolean changed, @Nullable Duration nextIn) {
        listener.accept(new Watch.Look(job.id, job.job, failure, changed, job.heardAt, nextIn));
    }

    private Duration nextWait(Followed job, @Nullable Duration asked) {
        if (asked != null) {
            return asked.compareTo(Watch.SHORTEST) < 0 ? Watch.SHORTEST : asked;
        }
        Duration interval = plan.interval() != null ? plan.interval() : job.interval;
        Duration slower = job.interval.multipliedBy(3).dividedBy(2);
        job.interval = slower.compareTo(LONGEST) > 0 ? LONGEST : slower;
        double spread = 0.9 + 0.2 * calling.jitter().getAsDouble();
        return Duration.ofNanos((long) (nanos(interval) * spread));
    }

    private void await() throws InterruptedException {
        long now = timing.nanos();
        long wait = left();
        if (underWay.size() < AT_ONCE) {
            for (Followed job : pending()) {
                wait = job.asked ? wait : Math.min(wait, job.next - now);
            }
        }
        if (!events.isEmpty() || over || pending().isEmpty()) {
            return;
        }
        if (!underWay.isEmpty()) {
            Runnable event = events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
            }
        } else if (timing.sleep(Duration.ofNanos(Math.max(0, wait)), cancellation.latch())) {
            throw Calls.cancelled();
        }
    }

    private List<JobResult> results() {
        List<JobResult> results = new ArrayList<>();
        for (String id : plan.any() ? followed.keySet() : ids) {
            Followed job = followed.get(id);
            if (job != null && job.result != null) {
                results.add(job.result);
            }
        }
        List<JobResult> ended =
                results.stream().filter(result -> result.job() != null).toList();
        return plan.any() && !ended.isEmpty() ? ended : List.copyOf(results);
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 4;
        }
    }
}
