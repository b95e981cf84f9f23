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
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.Format;
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
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs with the options of a command line, shows their progress and their final records, and returns the exit code.
 * Updates arrive from the library's thread as events; everything is shown by the thread that calls {@link #run}.
 */
final class WatchRunner {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration BETWEEN_METRICS = Duration.ofSeconds(15);
    private static final int MAX_METRICS = 8;
    private static final Duration UNKNOWN_STATUS_LIMIT = Duration.ofMinutes(10);

    private final Session session;
    private final Console console;
    private final CommandSpec resume;
    private final CommandLine line;
    private final boolean quiet;
    private final JobMemory remembered;
    private final UnknownStatusNotice unknown;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<?>> metrics = new HashMap<>();
    private final Map<String, Long> metricsRequested = new HashMap<>();
    private final Map<String, List<StatusObservation>> timelines = new HashMap<>();
    private final Map<String, FineTuneJob> jobs = new HashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private boolean over;

    /**
     * @param resume the command that resumes the watch if it is interrupted
     * @param quiet whether nothing is shown before the end
     */
    WatchRunner(Session session, Console console, CommandSpec resume, CommandLine line, boolean quiet) {
        this.session = session;
        this.console = console;
        this.resume = resume;
        this.line = line;
        this.quiet = quiet;
        remembered = session.memory(line);
        unknown = new UnknownStatusNotice(console, "--until");
    }

    /**
     * Follows the jobs and shows how they ended.
     *
     * @param asked an id or a failure for each job of the line
     * @param until the status to wait for; null for the end
     * @param timeout null for no limit
     * @param byList whether the jobs are polled by one list request a round
     * @return the exit code
     */
    int run(
            List<JobResult> asked,
            RecordOutput records,
            @Nullable JobStatus until,
            @Nullable Duration timeout,
            boolean byList)
            throws InterruptedException {
        session.noteSandbox(line);
        List<String> ids = asked.stream()
                .filter(one -> one.failure() == null)
                .map(JobResult::id)
                .toList();
        pending.addAll(ids);
        // --timeout limits the watch with its commands, not each call
        Long deadline = timeout == null ? null : System.nanoTime() + timeout.toNanos();
        FineTuneClient client = session.client(line.without(Option.TIMEOUT));
        Watch watch = watch(client, ids, until, timeout);
        if (byList) {
            watch.byList();
        }
        boolean everyChange = !quiet && Format.of(line) == Format.JSONL && !line.has(Option.FIELD);
        WatchView view = new WatchView(console, ids, quiet, everyChange);
        List<JobResult> ends;
        console.hideKeys(console::forgetDrawn);
        try {
            ends = follow(client, watch, view, hooks -> awaitHooks(hooks, deadline, records));
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            console.showKeys();
        }
        if (!console.flush()) {
            return 0;
        }
        WatchSummary summary = new WatchSummary(
                console, remembered, records, until, everyChange, proposed -> session.typed(line, proposed));
        int code = summary.show(asked, ends, line.has(Option.ANY));
        if (!line.has(Option.NO_BELL)) {
            view.ring("ftj: " + WatchSummary.words(ends));
        }
        return code;
    }

    private Watch watch(
            FineTuneClient client, List<String> ids, @Nullable JobStatus until, @Nullable Duration timeout) {
        Watch watch = client.watch(ids);
        if (until != null) {
            watch.until(until);
        }
        Duration interval = line.interval();
        if (interval != null) {
            watch.interval(interval);
        }
        if (timeout != null) {
            watch.timeout(timeout);
        }
        if ("fail".equals(line.value(Option.UNKNOWN_STATUS))) {
            Duration limit = line.duration(Option.FOR);
            watch.failOnUnknownStatus(limit == null ? UNKNOWN_STATUS_LIMIT : limit);
        }
        return line.has(Option.ANY) ? watch.any() : watch;
    }

    /** @return a result for each job; none if the reader of stdout has closed it */
    private List<JobResult> follow(FineTuneClient client, Watch watch, WatchView view, Consumer<JobHooks> awaitHooks)
            throws InterruptedException {
        JobHooks hooks =
                new JobHooks(line.value(Option.ON_CHANGE), line.value(Option.ON_DONE), console, session.keys()::redact);
        WatchedEvents jobEvents = new WatchedEvents(
                client,
                (id, found) -> events.add(() -> view.events(id, found)),
                (id, failure) -> events.add(() -> view.eventsFailed(id, failure)));
        CompletableFuture<List<JobResult>> ends = watch.onUpdate(update -> events.add(() -> {
                    show(update, client, view, hooks);
                    if (isNewer(client) && view.showsProgress() && update.failure() == null) {
                        jobEvents.request(update.id(), update.isLast());
                    }
                }))
                .start();
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
            if (over && view.isWanted()) {
                jobEvents.awaitLast();
                for (Runnable event = events.poll(); event != null; event = events.poll()) {
                    event.run();
                }
            }
            view.end();
            if (!over) {
                return List.of();
            }
            awaitHooks.accept(hooks);
            return ends.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            view.end();
            hooks.cancel();
            throw new InterruptedException();
        } finally {
            ends.cancel(true);
            jobEvents.close();
            metrics.values().forEach(call -> call.cancel(true));
            hooks.close();
        }
    }

    /** Whether the API has events, and no metrics. */
    private static boolean isNewer(FineTuneClient client) {
        return client.endpoint().version().equals("v0.6");
    }

    /** The watch is over and its results are shown in any case: Ctrl-C and --timeout end only the commands. */
    private static void awaitHooks(JobHooks hooks, @Nullable Long deadline, RecordOutput records) {
        try {
            hooks.await(deadline);
        } catch (TimeoutException e) {
            hooks.cancel();
            records.fail(FineTuneException.of(
                    Kind.WAIT_TIMEOUT,
                    "a command of " + hooks.options() + " had not ended at the --timeout, and was ended",
                    "Allow more time"));
        } catch (InterruptedException e) {
            hooks.cancel();
            records.fail(FineTuneException.of(Kind.CANCELLED, hooks.options() + " was cancelled", null));
        }
    }

    private void show(Watch.Update update, FineTuneClient client, WatchView view, JobHooks hooks) {
        String id = update.id();
        FineTuneJob job = update.job();
        if (update.statusChanged() && job != null) {
            timelines.put(id, remembered.timeline(job));
            remembered.shown(job);
            FineTuneJob before = jobs.put(id, job);
            if (before != null) {
                hooks.changed(id, job, before.status());
            }
        }
        view.update(update, timelines.getOrDefault(id, List.of()));
        FineTuneException failure = update.failure();
        if (failure != null || job == null) {
            if (update.isLast()) {
                pending.remove(id);
            }
            if (update.isLast() && failure != null) {
                // at once: the other jobs may take hours
                new ErrorView(console, line).show(session.names().explained(line, failure));
            }
        } else if (update.isLast()) {
            pending.remove(id);
            hooks.ended(id, job);
        } else {
            unknown.report(id, job.status());
            if (view.isLive() && !isNewer(client)) {
                requestMetrics(client, view, id, job.status());
            }
        }
    }

    /** Fetches the newest metrics of a job that trains, for the board; failures are left out. */
    private void requestMetrics(FineTuneClient client, WatchView view, String id, @Nullable JobStatus status) {
        boolean trains = JobStatus.RUNNING.equals(status) || JobStatus.STOPPING.equals(status);
        long now = System.nanoTime();
        Long before = metricsRequested.get(id);
        if (!trains
                || (before == null && metricsRequested.size() >= MAX_METRICS)
                || (before != null && now - before < BETWEEN_METRICS.toNanos())) {
            return;
        }
        metricsRequested.put(id, now);
        CompletableFuture<JobMetrics> call = client.async().metricNumbers(JobId.of(id));
        CompletableFuture<Void> unused = call.thenAccept(found -> events.add(() -> view.metrics(id, found)));
        metrics.put(id, call);
    }

    /** Says how to resume the watch, and claims nothing about the jobs. */
    private FineTuneException interrupted() {
        if (pending.isEmpty()) {
            return FineTuneException.of(Kind.CANCELLED, "every job has ended; --on-done was cancelled", null);
        }
        List<String> ids = List.copyOf(pending);
        String hint = ResumeHint.of(resume, line, session, ids);
        return ids.size() > 1
                ? FineTuneException.of(Kind.CANCELLED, "the watch was ended, not the jobs", hint)
                : FineTuneException.ofJob(Kind.CANCELLED, ids.get(0), "the watch was ended, not the job", hint);
    }
}
