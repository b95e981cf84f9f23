package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.Watch;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.view.WatchView;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch in front of a person: what the library's watch tells comes to this thread, which shows it, and time passes here
 * between the looks.
 */
final class Watching {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_METRICS = Duration.ofSeconds(15);
    private static final int MOST_METRICS = 8;

    private final FineTuneClient client;
    private final Watch watch;
    private final WatchView view;
    private final Remembered remembered;
    private final @Nullable OnDone onDone;
    private final UnknownStatus unknown;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<?>> metrics = new HashMap<>();
    private final Map<String, Long> metricsAsked = new HashMap<>();
    private final Map<String, List<StatusObservation>> seen = new HashMap<>();
    private final Set<String> pending;
    private boolean over;

    Watching(
            FineTuneClient client,
            Watch watch,
            List<String> ids,
            WatchView view,
            Remembered remembered,
            @Nullable OnDone onDone,
            UnknownStatus unknown) {
        this.client = client;
        this.watch = watch;
        this.pending = new LinkedHashSet<>(ids);
        this.view = view;
        this.remembered = remembered;
        this.onDone = onDone;
        this.unknown = unknown;
    }

    /**
     * Watches to the end, or as long as anybody reads what changes.
     *
     * @return what came of each job; empty where its reader has gone
     * @throws InterruptedException where the person had enough; {@link #pending} are the jobs that go on
     */
    List<JobResult> run() throws InterruptedException {
        CompletableFuture<List<JobResult>> ends =
                watch.onUpdate(update -> events.add(() -> show(update))).start();
        CompletableFuture<List<JobResult>> unused =
                ends.whenComplete((results, failure) -> events.add(() -> over = true));
        try {
            while (!over && view.isWanted()) {
                Runnable event = events.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    event.run();
                } else {
                    view.tick();
                }
            }
            view.end();
            if (!over) {
                return List.of();
            }
            awaitOnDone();
            return ends.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            view.end();
            if (onDone != null) {
                onDone.cancel();
            }
            throw new InterruptedException();
        } finally {
            ends.cancel(true);
            metrics.values().forEach(call -> call.cancel(true));
        }
    }

    /** The jobs have ended, and are shown however long their commands would take: who has enough of these ends them alone. */
    private void awaitOnDone() {
        try {
            if (onDone != null) {
                onDone.await();
            }
        } catch (InterruptedException e) {
            onDone.cancel();
        }
    }

    /** The jobs that were still followed. */
    List<String> pending() {
        return List.copyOf(pending);
    }

    private void show(Update update) {
        FineTuneJob job = update.job();
        if (update.statusChanged() && job != null) {
            seen.put(update.id(), remembered.timeline(job));
            remembered.shown(job);
        }
        view.update(update, seen.getOrDefault(update.id(), List.of()));
        FineTuneException failure = update.failure();
        if (update.isLast() && pending.remove(update.id())) {
            if (onDone != null && failure == null && job != null) {
                onDone.run(update.id(), job);
            }
        } else if (failure == null && job != null) {
            unknown.tell(update.id(), job.status());
            if (view.isLive()) {
                askForMetrics(update.id(), job.status());
            }
        }
    }

    /** The newest numbers of a job that trains, for a board that somebody looks at; what fails is left out. */
    private void askForMetrics(String id, @Nullable JobStatus status) {
        boolean trains = JobStatus.RUNNING.equals(status) || JobStatus.STOPPING.equals(status);
        long now = System.nanoTime();
        Long asked = metricsAsked.get(id);
        if (!trains
                || (asked == null && metricsAsked.size() >= MOST_METRICS)
                || (asked != null && now - asked < BETWEEN_METRICS.toNanos())) {
            return;
        }
        metricsAsked.put(id, now);
        CompletableFuture<JobMetrics> call = client.metricNumbersAsync(JobId.of(id));
        CompletableFuture<Void> unused = call.thenAccept(found -> events.add(() -> view.metrics(id, found)));
        metrics.put(id, call);
    }

    static FineTuneException cancelled(@Nullable String id, String hint) {
        return id == null
                ? FineTuneException.of(Kind.CANCELLED, "the watch was ended; the jobs go on", hint)
                : FineTuneException.ofJob(Kind.CANCELLED, id, "the watch was ended; the job goes on", hint);
    }
}
