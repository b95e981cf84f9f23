package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.Cancellation;
import dev.ftj.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop behind {@link Watch}. One thread schedules the polls; at most {@code AT_ONCE} calls run on the client's threads,
 * so that one that hangs does not hold up other jobs.
 */
final class Poller {
    private static final int AT_ONCE = 8;

    /** The settings of a watch; null for those that were not set. */
    record Plan(
            @Nullable JobStatus until,
            @Nullable Duration interval,
            @Nullable Duration timeout,
            @Nullable Duration unknownStatusLimit,
            boolean any,
            boolean byList) {}

    private final ApiCalls api;
    private final List<String> ids;
    private final Plan plan;
    private final Consumer<Watch.Update> listener;
    private final TimeSource timing;
    private final BulkPoll bulk;
    private final Map<String, WatchedJob> jobs = new LinkedHashMap<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Set<CompletableFuture<?>> running = new HashSet<>();
    private final Cancellation cancellation = new Cancellation();
    private long started;
    private boolean anyResponse;
    private boolean over;

    Poller(ApiCalls api, List<String> ids, Plan plan, Consumer<Watch.Update> listener) {
        this.api = api;
        this.ids = ids;
        this.plan = plan;
        this.listener = listener;
        this.timing = api.timing();
        this.bulk = new BulkPoll(api::listOnce, timing, plan.byList());
    }

    CompletableFuture<List<JobResult>> start() {
        CompletableFuture<List<JobResult>> future = new CompletableFuture<>();
        CompletableFuture<List<JobResult>> unused = future.whenComplete((results, failure) -> cancellation.cancel());
        new CallDispatcher.Worker(() -> {
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
        started = timing.nanos();
        ids.forEach(id -> jobs.computeIfAbsent(id, key -> new WatchedJob(key, started)));
        api.underWay().add(cancellation);
        cancellation.onCancel(() -> events.add(() -> {
            throw FineTuneException.cancelled();
        }));
        try {
            while (goesOn()) {
                startPolls();
                await();
            }
            return results();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.cancelled();
        } finally {
            api.underWay().remove(cancellation);
            running.forEach(call -> call.cancel(true));
        }
    }

    private boolean goesOn() {
        for (Runnable event = events.poll(); event != null && !over; event = events.poll()) {
            event.run();
        }
        if (!over && timeLeft() <= 0) {
            Duration timeout = plan.timeout() == null ? Duration.ZERO : plan.timeout();
            pending().forEach(job -> fail(job, job.timedOut(timeout, timing.now())));
        }
        return !over && !pending().isEmpty();
    }

    private List<WatchedJob> pending() {
        return jobs.values().stream().filter(job -> job.result == null).toList();
    }

    private long timeLeft() {
        return plan.timeout() == null ? Long.MAX_VALUE : nanos(plan.timeout()) - (timing.nanos() - started);
    }

    private void startPolls() {
        long now = timing.nanos();
        List<WatchedJob> idle = pending().stream().filter(job -> !job.polling).toList();
        List<WatchedJob> together = idle.stream()
                .filter(job -> (anyResponse || plan.byList()) && job.inList && job.next - now <= job.tolerance())
                .toList();
        if (together.stream().anyMatch(job -> job.next - now <= 0) && bulk.isWorthIt(together.size())) {
            pollAll(together);
        }
        for (WatchedJob job : idle) {
            if (!job.polling && job.next - now <= 0 && running.size() < AT_ONCE) {
                poll(job);
            }
        }
    }

    private void poll(WatchedJob job) {
        long sent = timing.nanos();
        job.polling = true;
        CompletableFuture<FineTuneJob> call;
        try {
            call = api.job(JobId.of(job.id), !anyResponse);
        } catch (FineTuneException e) {
            call = CompletableFuture.failedFuture(e);
        }
        track(call, (record, failure) -> {
            job.polling = false;
            if (record != null) {
                bulk.singleTook(Duration.ofNanos(timing.nanos() - sent));
                received(job, record, null);
            } else {
                failed(job, failure);
            }
        });
    }

    private void pollAll(List<WatchedJob> together) {
        together.forEach(job -> job.polling = true);
        Set<String> wanted = new HashSet<>();
        together.forEach(job -> wanted.add(job.id));
        track(bulk.poll(wanted), (found, failure) -> {
            // one wait for all of them, so that they stay together
            double random = api.jitter().getAsDouble();
            Duration wait = together.stream()
                    .map(job -> job.nextWait(plan.interval(), random))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            for (WatchedJob job : together) {
                job.polling = false;
                FineTuneJob record = found == null ? null : found.records().get(job.id);
                if (record != null) {
                    received(job, record, wait);
                } else if (found == null && failure.isTemporary() && (anyResponse || failure.retryAfter() != null)) {
                    failed(job, failure);
                } else {
                    job.inList = found == null ? failure.isTemporary() : !found.whole();
                    job.next = timing.nanos();
                }
            }
        });
    }

    private <T> void track(CompletableFuture<T> call, BiConsumer<@Nullable T, FineTuneException> handle) {
        running.add(call);
        CompletableFuture<T> unused = call.whenComplete((value, failure) -> events.add(() -> {
            running.remove(call);
            handle.accept(value, failure == null ? FineTuneException.cancelled() : unwrapped(failure));
        }));
    }

    private static FineTuneException unwrapped(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof FineTuneException known) {
            return known;
        }
        throw cause instanceof RuntimeException unforeseen ? unforeseen : new IllegalStateException(cause);
    }

    /** @param shared the wait that it has in common with other jobs; null for one of its own */
    private void received(WatchedJob job, FineTuneJob record, @Nullable Duration shared) {
        long now = timing.nanos();
        boolean changed = job.received(record, timing.now(), now);
        anyResponse = true;
        JobStatus status = record.status();
        boolean reached = status != null && plan.until() != null && status.hasReached(plan.until());
        if (reached || (status != null && status.isTerminal())) {
            job.result = new JobResult(job.id, record, null);
            over |= plan.any();
            publish(job, null, changed, null);
            return;
        }
        Duration wait = shared == null ? nextWait(job) : shared;
        Duration limit = plan.unknownStatusLimit();
        if (limit != null && job.hasUnknownStatus()) {
            long left = nanos(limit) - (now - job.statusSince);
            if (left <= 0) {
                fail(job, job.stuck(limit));
                return;
            }
            wait = wait.toNanos() < left ? wait : Watch.atLeastShortest(Duration.ofNanos(left));
        }
        job.next = now + nanos(wait);
        job.retryAfter = false;
        publish(job, null, changed, wait);
    }

    private void failed(WatchedJob job, FineTuneException failure) {
        boolean lag = failure.kind() == Kind.NOT_FOUND && api.createdRecently(job.id);
        if ((!failure.isTemporary() && !lag) || (!anyResponse && failure.kind() == Kind.NETWORK)) {
            fail(job, failure);
            return;
        }
        job.lastFailure = failure;
        Duration asked = failure.retryAfter();
        Duration wait = asked != null ? Watch.beforePoll(asked) : nextWait(job);
        job.next = timing.nanos() + nanos(wait);
        job.retryAfter = asked != null;
        publish(job, failure, false, wait);
    }

    private void fail(WatchedJob job, FineTuneException failure) {
        job.result = new JobResult(job.id, null, failure);
        publish(job, failure, false, null);
    }

    private void publish(
            WatchedJob job, @Nullable FineTuneException failure, boolean changed, @Nullable Duration nextIn) {
        listener.accept(new Watch.Update(job.id, job.job, failure, changed, job.seenAt, nextIn));
    }

    private Duration nextWait(WatchedJob job) {
        return job.nextWait(plan.interval(), api.jitter().getAsDouble());
    }

    private void await() throws InterruptedException {
        long now = timing.nanos();
        long wait = timeLeft();
        if (running.size() < AT_ONCE) {
            for (WatchedJob job : pending()) {
                wait = job.polling ? wait : Math.min(wait, job.next - now);
            }
        }
        if (!events.isEmpty() || over || pending().isEmpty()) {
            return;
        }
        if (!running.isEmpty()) {
            Runnable event = events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
            }
        } else if (timing.sleep(Duration.ofNanos(Math.max(0, wait)), cancellation.latch())) {
            throw FineTuneException.cancelled();
        }
    }

    private List<JobResult> results() {
        List<JobResult> results = new ArrayList<>();
        for (String id : plan.any() ? jobs.keySet() : ids) {
            WatchedJob job = jobs.get(id);
            if (job != null && job.result != null) {
                results.add(job.result);
            }
        }
        List<JobResult> ended =
                results.stream().filter(result -> result.job() != null).toList();
        return plan.any() && !ended.isEmpty() ? ended : List.copyOf(results);
    }

    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 4;
        }
    }
}
