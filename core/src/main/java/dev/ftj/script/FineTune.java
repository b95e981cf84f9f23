package dev.ftj.script;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.NewJob;
import dev.ftj.NodeStatus;
import dev.ftj.Watch;
import dev.ftj.internal.text.Sanitizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The library in one import, for jshell, scripts and notebooks:
 *
 * <pre>{@code
 * import static dev.ftj.script.FineTune.*;
 *
 * job("ftj-my-finetune-run-3de60a5c")
 * }</pre>
 *
 * <p>All calls go through one client, made from the environment when it is first needed
 * ({@link FineTuneClient#create()} says of which variables), until {@link #use} or {@link #sandbox} names another.
 *
 * <p>A job is named by its id or by a reference, as in the shell: {@code @NAME} is a saved job, {@code @last} the one
 * shown last, {@code @1} to {@code @9} the rows of the last list, and {@code @@x} the id {@code @x}. What is returned
 * counts as shown, and is remembered in the job book unless {@code FTJ_REMEMBER=off}; a book that cannot be written is
 * no failure.
 *
 * <p>Every failure is a {@link FineTuneException}, which is unchecked. Safe for several threads; no thread of this
 * library's keeps a JVM alive.
 *
 * @since 0.1.0
 */
public final class FineTune {
    private static final ScriptContexts CONTEXTS = new ScriptContexts(System.getenv());

    private FineTune() {}

    /**
     * {@return the full record of one job, as the server has it now; in jshell it prints one readable line,
     * {@code card()} has all of it}
     *
     * @param job an id or a reference
     * @throws FineTuneException if it could not be had: of kind {@code AUTH} if there is no key, {@code USAGE} if the
     *     text cannot be an id or the reference leads nowhere
     */
    public static FineTuneJob job(String job) {
        ScriptContext context = CONTEXTS.current();
        return context.shown(context.client().job(context.id(job)));
    }

    /**
     * {@return the records of many jobs, as {@link #jobs(Iterable)} does}
     *
     * @param jobs ids or references
     * @throws FineTuneException as {@link #jobs(Iterable)}
     */
    public static List<FineTuneJob> jobs(String... jobs) {
        return jobs(List.of(jobs));
    }

    /**
     * Returns the records of many jobs, fetched 8 at a time, when the last one has arrived.
     * {@code client().jobs(ids)} is the lazy stream for more than fit in memory; it gives each job's record or failure.
     *
     * @param jobs ids or references, read once
     * @return in the order of {@code jobs}, unmodifiable
     * @throws FineTuneException the failure of the first job in that order whose record could not be fetched, with those
     *     of others as suppressed exceptions; all jobs are fetched before it is thrown. Of kind {@code AUTH} if there is
     *     no key, {@code CANCELLED} if the thread was interrupted
     */
    public static List<FineTuneJob> jobs(Iterable<String> jobs) {
        ScriptContext context = CONTEXTS.current();
        List<String> ids = new ArrayList<>();
        Map<Integer, JobResult> dangling = new HashMap<>();
        for (String job : jobs) {
            try {
                ids.add(context.id(job));
            } catch (FineTuneException e) {
                dangling.put(ids.size() + dangling.size(), new JobResult(job, null, e));
            }
        }
        List<JobResult> results = new ArrayList<>();
        try (Stream<JobResult> answers = context.client().jobs(ids)) {
            Iterator<JobResult> fetched = answers.iterator();
            for (int i = 0; i < ids.size() + dangling.size(); i++) {
                JobResult unasked = dangling.get(i);
                results.add(unasked != null ? unasked : context.shown(fetched.next()));
            }
        }
        return records(results);
    }

    /**
     * Returns all jobs of the organization, or those in some statuses, in the server's order; {@code @1} to {@code @9}
     * refer to the first ones from now on. {@code client().list(...)} is the lazy stream for more than fit in memory; it
     * gives the failure of an element that is no job, and the jobs after it.
     *
     * @param statuses only jobs that are in one of them; none for all
     * @return the records, unmodifiable
     * @throws FineTuneException if the list could not be fetched whole, or an element of it is no job
     */
    public static List<FineTuneJob> list(JobStatus... statuses) {
        ScriptContext context = CONTEXTS.current();
        try (Stream<JobResult> jobs = context.client().list(List.of(statuses), -1, 0)) {
            return records(context.listed(jobs.toList()));
        }
    }

    private static List<FineTuneJob> records(List<JobResult> results) {
        List<FineTuneException> failures = results.stream()
                .map(JobResult::failure)
                .filter(Objects::nonNull)
                .toList();
        if (failures.isEmpty()) {
            return results.stream().map(JobResult::get).toList();
        }
        FineTuneException first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        throw first;
    }

    /**
     * {@return the training metrics of a job so far: a record for each checkpoint, none before the first}
     *
     * @param job an id or a reference
     * @throws FineTuneException as {@link #job}
     */
    public static JobMetrics metrics(String job) {
        ScriptContext context = CONTEXTS.current();
        return context.client().metrics(context.id(job));
    }

    /**
     * Waits until a job has ended, without a time limit. A status that this version does not know is not an end, and is
     * reported on stderr once.
     *
     * @param job an id or a reference
     * @return the final record: COMPLETED, STOPPED, CANCELLED or FAILED
     * @throws FineTuneException if the end could not be learned
     */
    public static FineTuneJob await(String job) {
        ScriptContext context = CONTEXTS.current();
        return await(context, context.client().watch(List.of(context.id(job))));
    }

    /**
     * The same for a limited time.
     *
     * @param job an id or a reference
     * @param atMost more than zero
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}; of kind {@code WAIT_TIMEOUT} if the time passed first
     */
    public static FineTuneJob await(String job, Duration atMost) {
        ScriptContext context = CONTEXTS.current();
        return await(context, context.client().watch(List.of(context.id(job))).timeout(atMost));
    }

    private static FineTuneJob await(ScriptContext context, Watch watch) {
        Set<JobStatus> reported = new HashSet<>();
        watch.onUpdate(update -> {
            JobStatus status = update.job() == null ? null : update.job().status();
            if (status != null && !status.isDocumented() && reported.add(status)) {
                String id = Sanitizer.oneLine(update.id());
                System.err.println("ftj: " + id + ": status " + status + " is not one that ftj knows: waiting goes on");
            }
        });
        return context.shown(watch.run().get(0).get());
    }

    /**
     * Follows a job until it has ended.
     *
     * @param job an id or a reference
     * @param onChange called with the first record, and whenever the status has changed
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}
     */
    public static FineTuneJob watch(String job, Consumer<FineTuneJob> onChange) {
        ScriptContext context = CONTEXTS.current();
        return context.client().watch(context.id(job), changed -> onChange.accept(context.shown(changed)));
    }

    /**
     * Has a job wind down and keep its last checkpoint.
     *
     * @param job an id or {@code @NAME}; {@code @last} is refused
     * @return the updated record, STOPPING or STOPPED
     * @throws FineTuneException as {@link FineTuneClient#stop}
     */
    public static FineTuneJob stop(String job) {
        ScriptContext context = CONTEXTS.current();
        return context.shown(context.client().stop(context.idToActOn(job)));
    }

    /**
     * Ends a job at once, with nothing finalized.
     *
     * @param job an id or {@code @NAME}; {@code @last} is refused
     * @return the updated record, CANCELLED
     * @throws FineTuneException as {@link FineTuneClient#cancel}
     */
    public static FineTuneJob cancel(String job) {
        ScriptContext context = CONTEXTS.current();
        return context.shown(context.client().cancel(context.idToActOn(job)));
    }

    /**
     * Deletes a job's record. A job that runs is not stopped by it. {@code @last} means it no longer, and the job book
     * forgets it unless it was saved.
     *
     * @param job an id or {@code @NAME}; {@code @last} is refused
     * @throws FineTuneException as {@link FineTuneClient#delete}
     */
    public static void delete(String job) {
        ScriptContext context = CONTEXTS.current();
        String id = context.idToActOn(job);
        context.client().delete(id);
        context.deleted(id);
    }

    /**
     * Creates a job.
     *
     * @param job what to create: {@code NewJob.builder().name("my-run").train("file-abc123").build()}
     * @return the record, REGISTERED
     * @throws FineTuneException as {@link FineTuneClient#create(NewJob)}
     */
    public static FineTuneJob create(NewJob job) {
        ScriptContext context = CONTEXTS.current();
        return context.shown(context.client().create(job));
    }

    /**
     * {@return the status of the fine-tune node, documented or not}
     *
     * @throws FineTuneException if it could not be had
     */
    public static NodeStatus node() {
        return client().nodeStatus();
    }

    /**
     * Uploads a file, such as a dataset: in parts, each retried.
     *
     * @param path the file
     * @return the server's answer; its {@code id()} is what {@link NewJob.Builder#train} takes
     * @throws FineTuneException if the server does not have the whole file
     */
    public static FileRecord upload(String path) {
        return client().upload(Path.of(path));
    }

    /**
     * {@return the server's answer to the upload of a file, as {@link #upload(String)} does}
     *
     * @param path the file
     * @throws FineTuneException if the server does not have the whole file
     */
    public static FileRecord upload(Path path) {
        return client().upload(path);
    }

    /**
     * {@return the records of the uploaded files of the organization}
     *
     * @throws FineTuneException if they could not be had
     */
    public static List<FileRecord> files() {
        try (Stream<FileRecord> files = client().files()) {
            return files.toList();
        }
    }

    /**
     * {@return the events of a job of the newer API (v0.6), the oldest first}
     *
     * @param job an id or a reference
     * @throws FineTuneException as {@link #job}; of kind {@code USAGE} if the endpoint does not end in {@code /v0.6}
     */
    public static List<FineTuneJob.Event> events(String job) {
        ScriptContext context = CONTEXTS.current();
        try (Stream<FineTuneJob.Event> events = context.client().events(context.id(job))) {
            return FineTuneJob.Event.oldestFirst(events.toList());
        }
    }

    /**
     * {@return the checkpoints of a job of the newer API (v0.6) in the server's order, which is any}
     *
     * @param job an id or a reference
     * @throws FineTuneException as {@link #events}
     */
    public static List<FineTuneJob.Checkpoint> checkpoints(String job) {
        ScriptContext context = CONTEXTS.current();
        try (Stream<FineTuneJob.Checkpoint> checkpoints = context.client().checkpoints(context.id(job))) {
            return checkpoints.toList();
        }
    }

    /**
     * {@return a text on one line that is safe to print: control characters, escape sequences and line breaks are made
     * visible}
     *
     * @param text such as a name or a path that the server sent
     */
    public static String oneLine(String text) {
        return Sanitizer.oneLine(text);
    }

    /**
     * {@return the present client of these helpers, for other calls: to share, not to close}
     *
     * @throws FineTuneException of kind {@code AUTH} if there is no key, else as {@link FineTuneClient#create()}; the
     *     next call tries again
     */
    public static FineTuneClient client() {
        return CONTEXTS.current().client();
    }

    /**
     * Has these helpers use another client from now on, such as one with a key that was typed or an endpoint of its own.
     *
     * @param client stays the caller's, who closes it when it is no longer in use
     */
    public static void use(FineTuneClient client) {
        CONTEXTS.use(client);
    }

    /**
     * Points these helpers at a simulated API in this JVM, which needs neither key nor network, until the result is
     * closed; then they use the previous one. Its jobs are kept out of the job book.
     *
     * <pre>{@code
     * try (var sandbox = sandbox()) {
     *     System.out.println(job(sandbox.sampleId()).card());
     * }
     * }</pre>
     *
     * @return to be closed; a JVM that ends needs no closing
     * @throws java.io.UncheckedIOException if no port can be opened on loopback
     */
    public static SandboxScope sandbox() {
        return CONTEXTS.simulate();
    }
}
