package dev.ftj;

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
 * A look at many jobs by one list call, where that takes less of everybody's time than asking for each. Which it is depends
 * on how long the list is, so both are measured; a list is left as soon as all are found, or when it has cost too much.
 */
final class SharedLook {
    /** Fewer are asked for one by one. */
    static final int WORTH_IT = 4;

    /** After one that cost too much, so many chances are let pass: the list may have become shorter. */
    private static final int PASSED = 20;

    /** After one that failed, jobs are asked for one by one for so long: the jobs themselves may be readable. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(30);

    /** A list of which nothing comes for so long must not hold up the jobs that could be asked for. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

    /**
     * What came of a look.
     *
     * @param records by the id that was asked for
     * @param whole whether the list was read until all were found, or to its end: then it does not hold the others
     */
    record Found(Map<String, FineTuneJob> records, boolean whole) {}

    private final Supplier<Stream<JobResult>> list;
    private final Timing timing;
    private volatile @Nullable Duration alone;
    private volatile int passes;
    private volatile @Nullable Long failedAt;

    SharedLook(Supplier<Stream<JobResult>> list, Timing timing) {
        this.list = list;
        this.timing = timing;
    }

    /** One job's record took so long. */
    void tookAlone(Duration took) {
        Duration before = alone;
        alone = before == null ? took : before.multipliedBy(3).plus(took).dividedBy(4);
    }

    /** Whether so many jobs should be looked at together. */
    boolean isWorthIt(int jobs) {
        if (jobs < WORTH_IT || alone == null) {
            return false;
        }
        Long failed = failedAt;
        if (failed != null && timing.nanos() - failed < REST_AFTER_FAILURE.toNanos()) {
            return false;
        }
        if (passes > 0) {
            passes--;
            return false;
        }
        return true;
    }

    /**
     * The records of those that the list holds.
     *
     * @return ends exceptionally with what ended the list
     */
    CompletableFuture<Found> look(Set<String> ids) {
        // until it has shown that it is worth it
        passes = PASSED;
        CompletableFuture<Found> future = new CompletableFuture<>();
        Stream<JobResult> jobs = list.get();
        CompletableFuture<Found> unused = future.whenComplete((found, failure) -> {
            failedAt = failure == null ? null : timing.nanos();
            jobs.close();
        });
        AtomicInteger come = new AtomicInteger();
        leaveWhereItHangs(future, come, -1);
        new Calls.Worker(() -> {
                    try (jobs) {
                        future.complete(find(ids, jobs.iterator(), come));
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                })
                .start();
        return future;
    }

    private static void leaveWhereItHangs(CompletableFuture<Found> look, AtomicInteger come, int before) {
        int now = come.get();
        if (now == before) {
            look.complete(new Found(Map.of(), false));
        } else if (!look.isDone()) {
            CompletableFuture.delayedExecutor(LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> leaveWhereItHangs(look, come, now));
        }
    }

    private Found find(Set<String> ids, Iterator<JobResult> jobs, AtomicInteger come) {
        Map<String, FineTuneJob> found = new HashMap<>();
        Duration each = alone;
        long began = timing.nanos();
        long budget = each == null ? Long.MAX_VALUE : each.toNanos() * ids.size();
        while (found.size() < ids.size() && jobs.hasNext()) {
            FineTuneJob job = jobs.next().job();
            come.incrementAndGet();
            if (job != null) {
                note(job, job.id(), ids, found);
                note(job, job.uuid(), ids, found);
            }
            if (timing.nanos() - began > budget) {
                return new Found(found, false);
            }
        }
        passes = 0;
        return new Found(found, true);
    }

    private static void note(FineTuneJob job, @Nullable String id, Set<String> ids, Map<String, FineTuneJob> found) {
        if (id != null && ids.contains(id)) {
            found.putIfAbsent(id, job);
        }
    }
}
