package dev.ftj;

import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Polls many jobs with one list request when that is cheaper than one request a job. The cost depends on the length of the
 * list, so both are measured; reading stops when all jobs are found or when the list has cost more.
 */
final class BulkPoll {
    /** Fewer jobs are polled one by one. */
    static final int MIN_JOBS = 4;

    /** How many rounds go without a list after one that cost too much: the list may have become shorter. */
    private static final int ROUNDS_WITHOUT = 20;

    /** After a list request failed, jobs are polled one by one for this long: they may be readable. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(30);

    /** A list that sends nothing for this long is given up, so that it does not hold up the jobs. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

    /**
     * The result of one list request.
     *
     * @param records by the id that was asked for
     * @param whole whether the list was read until all were found, or to its end: then it does not hold the others
     */
    record Found(Map<String, FineTuneJob> records, boolean whole) {}

    private final Supplier<Stream<JobResult>> list;
    private final TimeSource timing;
    private final boolean always;
    private volatile @Nullable Duration single;
    private volatile int roundsWithout;
    private volatile @Nullable Long failedAt;

    /** @param always whether to use the list for two jobs or more, whatever it costs */
    BulkPoll(Supplier<Stream<JobResult>> list, TimeSource timing, boolean always) {
        this.list = list;
        this.timing = timing;
        this.always = always;
    }

    /** Records how long the request for a single job took. */
    void singleTook(Duration took) {
        Duration before = single;
        single = before == null ? took : before.multipliedBy(3).plus(took).dividedBy(4);
    }

    /** Whether this many jobs should be polled together. */
    boolean isWorthIt(int jobs) {
        if (always ? jobs < 2 : jobs < MIN_JOBS || single == null) {
            return false;
        }
        Long failed = failedAt;
        if (failed != null && timing.nanos() - failed < REST_AFTER_FAILURE.toNanos()) {
            return false;
        }
        if (roundsWithout > 0) {
            roundsWithout--;
            return false;
        }
        return true;
    }

    /**
     * Reads the list and returns the records of the given jobs.
     *
     * @return fails with the failure of the list request
     */
    CompletableFuture<Found> poll(Set<String> ids) {
        // until it has shown that it is worth it
        roundsWithout = ROUNDS_WITHOUT;
        CompletableFuture<Found> future = new CompletableFuture<>();
        Stream<JobResult> jobs = list.get();
        CompletableFuture<Found> unused = future.whenComplete((found, failure) -> {
            failedAt = failure == null ? null : timing.nanos();
            jobs.close();
        });
        AtomicInteger received = new AtomicInteger();
        giveUpIfSilent(future, received, -1);
        new CallDispatcher.Worker(() -> {
                    try (jobs) {
                        future.complete(find(ids, jobs.iterator(), received));
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                })
                .start();
        return future;
    }

    private static void giveUpIfSilent(CompletableFuture<Found> poll, AtomicInteger received, int before) {
        int now = received.get();
        if (now == before) {
            poll.complete(new Found(Map.of(), false));
        } else if (!poll.isDone()) {
            CompletableFuture.delayedExecutor(LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> giveUpIfSilent(poll, received, now));
        }
    }

    private Found find(Set<String> ids, Iterator<JobResult> jobs, AtomicInteger received) {
        Map<String, FineTuneJob> found = new HashMap<>();
        Duration each = single;
        long started = timing.nanos();
        long budget = always || each == null ? Long.MAX_VALUE : each.toNanos() * ids.size();
        while (found.size() < ids.size() && jobs.hasNext()) {
            FineTuneJob job = jobs.next().job();
            received.incrementAndGet();
            if (job != null) {
                put(job, job.id(), ids, found);
                put(job, job.uuid(), ids, found);
            }
            if (timing.nanos() - started > budget) {
                return new Found(found, false);
            }
        }
        roundsWithout = 0;
        return new Found(found, true);
    }

    private static void put(FineTuneJob job, @Nullable String id, Set<String> ids, Map<String, FineTuneJob> found) {
        if (id != null && ids.contains(id)) {
            found.putIfAbsent(id, job);
        }
    }
}
