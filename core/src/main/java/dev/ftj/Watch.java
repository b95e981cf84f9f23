package dev.ftj;

import dev.ftj.internal.http.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs until they end. Each job is polled every 2 s at first and every 15 s later, or when the server asks for it.
 * Created by {@link FineTuneClient#watch(List)}.
 *
 * <pre>{@code
 * List<JobResult> ends = client.watch(List.of("ftj-1", "ftj-2"))
 *         .onUpdate(update -> System.out.println(update))
 *         .timeout(Duration.ofHours(2))
 *         .run();
 * }</pre>
 *
 * <p>A watch goes on through temporary failures: 408, 429, 5xx, unreadable responses, network failures, the machine's
 * sleep. Other failures (400, 401, 403, 404, TLS, a redirect elsewhere) end it for that job only; so do connection failures
 * until the first response for any job. A status that this version does not know is not an end, see
 * {@link #failOnUnknownStatus}. Not thread-safe until it runs.
 *
 * @since 0.1.0
 */
public final class Watch {
    /** The shortest interval that is accepted. */
    static final Duration SHORTEST = Duration.ofMillis(200);

    private final ApiCalls api;
    private final List<String> ids;
    private @Nullable JobStatus until;
    private @Nullable Duration interval;
    private @Nullable Duration timeout;
    private @Nullable Duration unknownStatusLimit;
    private boolean any;
    private boolean byList;
    private Consumer<Update> listener = update -> {};

    Watch(ApiCalls api, List<String> ids) {
        this.api = api;
        this.ids = List.copyOf(ids);
    }

    /**
     * The result of polling one job once.
     *
     * @param id the job's id as it was given
     * @param job the job's record: the one just received or, if this poll failed, the last one; null before the first
     * @param failure why this poll failed; null if it succeeded
     * @param statusChanged whether the status differs from the one before; true for the first record
     * @param seenAt when the last record was received; null before the first
     * @param nextIn the time until the next poll; null if the job is not followed any longer
     */
    public record Update(
            String id,
            @Nullable FineTuneJob job,
            @Nullable FineTuneException failure,
            boolean statusChanged,
            @Nullable Instant seenAt,
            @Nullable Duration nextIn) {

        /**
         * {@return whether this was the last poll of this job: it has ended, has reached the awaited status, or cannot
         * be followed any longer}
         */
        public boolean isLast() {
            return nextIn == null;
        }

        /** {@return one line for people: the record's, or the failure, safe to print} */
        @Override
        public String toString() {
            return new JobResult(id, failure == null ? job : null, failure).toString();
        }
    }

    /**
     * Stops following a job when it has {@linkplain JobStatus#hasReached reached} a status, even if it has not ended.
     *
     * @param status the status to wait for
     * @return this
     */
    public Watch until(JobStatus status) {
        until = status;
        return this;
    }

    /**
     * Sets a fixed polling interval in place of the growing one; a server's {@code Retry-After} overrides it.
     *
     * @param betweenPolls 200 ms or more
     * @return this
     * @throws IllegalArgumentException if it is shorter
     */
    public Watch interval(Duration betweenPolls) {
        if (betweenPolls.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("an interval is 200 ms or more, not " + betweenPolls);
        }
        interval = betweenPolls;
        return this;
    }

    /**
     * Limits the time of the whole watch. Time that the machine sleeps does not count.
     *
     * @param atMost more than zero; there is no limit by default
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Watch timeout(Duration atMost) {
        timeout = FineTuneClientBuilder.positive(atMost);
        return this;
    }

    /**
     * Fails a job whose status is not one that this version {@linkplain JobStatus#isDocumented() knows} and has not
     * changed for some time. By default, such a job is followed until its status changes.
     *
     * @param unchangedFor more than zero, measured from the first poll that returned the status
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Watch failOnUnknownStatus(Duration unchangedFor) {
        unknownStatusLimit = FineTuneClientBuilder.positive(unchangedFor);
        return this;
    }

    /** @param asked the server's Retry-After */
    static Duration beforePoll(Duration asked) {
        return atLeastShortest(RetryPolicy.beforePoll(asked));
    }

    static Duration atLeastShortest(Duration wait) {
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }

    /**
     * Stops when the first job ends instead of the last.
     *
     * @return this
     */
    public Watch any() {
        any = true;
        return this;
    }

    /**
     * Polls all jobs by one list request a round. By default, a watch of four jobs or more measures whether that is
     * faster than one request a job.
     *
     * @return this
     */
    public Watch byList() {
        byList = true;
        return this;
    }

    /**
     * Sets a listener that is called after each poll of each job.
     *
     * @param each called on one thread at a time, must be quick; an exception that it throws ends the watch
     * @return this
     */
    public Watch onUpdate(Consumer<Update> each) {
        listener = each;
        return this;
    }

    /** Sets a listener for the first record, and each one with another status. */
    Watch onChange(Consumer<FineTuneJob> listener) {
        return onUpdate(update -> {
            FineTuneJob job = update.job();
            if (update.statusChanged() && job != null) {
                listener.accept(job);
            }
        });
    }

    /**
     * Watches until the end. Interrupting the thread ends the watch and does not affect the jobs.
     *
     * @return a result for each id in the order of the ids, twice for an id that is given twice: the final record, or a
     *     failure of its own ({@code WAIT_TIMEOUT} if the timeout passed first); with {@link #any}, only the first job
     *     that ended, or all failures if no job could be followed
     * @throws FineTuneException of kind {@code CANCELLED} if the thread was interrupted
     * @throws IllegalStateException if the client is closed
     */
    public List<JobResult> run() {
        return poller().run();
    }

    /**
     * Starts watching on a daemon thread.
     *
     * @return the future results; cancelling it ends the watch and does not affect the jobs. It fails with the exception
     *     that {@link #run} would throw
     */
    public CompletableFuture<List<JobResult>> start() {
        return poller().start();
    }

    private Poller poller() {
        Poller.Plan plan = new Poller.Plan(until, interval, timeout, unknownStatusLimit, any, byList);
        return new Poller(api, ids, plan, listener);
    }
}
