package dev.ftj;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs to their end, by looking at them now and then: every 2 s at first, later every 15 s, or as the server asks.
 * Made by {@link FineTuneClient#watch(List)}.
 *
 * <pre>{@code
 * List<JobResult> ends = client.watch(List.of("ftj-1", "ftj-2"))
 *         .onLook(look -> System.out.println(look))
 *         .timeout(Duration.ofHours(2))
 *         .run();
 * }</pre>
 *
 * <p>It outlives what passes: 408, 429, 5xx, unreadable answers, a broken network, the machine's sleep. What does not pass
 * (400, 401, 403, 404, TLS, a redirect elsewhere) ends it for that job alone; so do connection failures as long as no
 * job was ever heard of. A status that this version does not know is no end. Not safe for several threads until it runs.
 */
public final class Watch {
    /** The shortest interval there may be. */
    static final Duration SHORTEST = Duration.ofMillis(200);

    private final Poller.Calling calling;
    private final List<String> ids;
    private @Nullable JobStatus until;
    private @Nullable Duration interval;
    private @Nullable Duration timeout;
    private boolean any;
    private Consumer<Look> listener = look -> {};

    Watch(Poller.Calling calling, List<String> ids) {
        this.calling = calling;
        this.ids = List.copyOf(ids);
    }

    /**
     * One look at one job, good or bad.
     *
     * @param id the job's id as it was given
     * @param job its record, this time's or, where this look failed, the last one; null where it was never heard of
     * @param failure why this look failed; null where it did not
     * @param changed whether the job was found in another status than before; true for the first good look
     * @param heardAt when the job was last heard of; null for never
     * @param nextIn how long it is until the next look; null where the job is followed no longer
     */
    public record Look(
            String id,
            @Nullable FineTuneJob job,
            @Nullable FineTuneException failure,
            boolean changed,
            @Nullable Instant heardAt,
            @Nullable Duration nextIn) {

        /**
         * Whether this was the last look at this job.
         *
         * @return true where the job has ended or reached what was waited for, or cannot be followed any longer
         */
        public boolean isLast() {
            return nextIn == null;
        }

        /**
         * One line for people.
         *
         * @return the record's line, or what failed, safe to print
         */
        @Override
        public String toString() {
            return new JobResult(id, failure == null ? job : null, failure).toString();
        }
    }

    /**
     * Ends earlier than a job does: when it has {@linkplain JobStatus#hasReached reached} a status, or has ended without.
     *
     * @param status what to wait for
     * @return this
     */
    public Watch until(JobStatus status) {
        until = status;
        return this;
    }

    /**
     * How often to look, in place of the growing intervals; a server's {@code Retry-After} beats it.
     *
     * @param betweenLooks 200 ms or more
     * @return this
     * @throws IllegalArgumentException where it is shorter
     */
    public Watch interval(Duration betweenLooks) {
        if (betweenLooks.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("an interval is 200 ms or more, not " + betweenLooks);
        }
        interval = betweenLooks;
        return this;
    }

    /**
     * How long to watch. The time for which the machine sleeps does not count.
     *
     * @param atMost more than zero; without it there is no limit
     * @return this
     * @throws IllegalArgumentException where it is zero or negative
     */
    public Watch timeout(Duration atMost) {
        if (atMost.isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException("a timeout is more than zero, not " + atMost);
        }
        timeout = atMost;
        return this;
    }

    /**
     * Ends with the first job that ends, in place of the last.
     *
     * @return this
     */
    public Watch any() {
        any = true;
        return this;
    }

    /**
     * Told of every look.
     *
     * @param each called on one thread at a time, must be quick; what it throws ends the watch
     * @return this
     */
    public Watch onLook(Consumer<Look> each) {
        listener = each;
        return this;
    }

    /**
     * Watches until the end; interrupting the thread ends the watch, never a job.
     *
     * @return what came of each job in the order of the ids, an id that stands twice twice: the final record, or a failure
     *     of its own ({@code NOT_ENDED_IN_TIME} where the timeout passed first); with {@link #any}, only of the first job
     *     that ended, or of all where none could be followed
     * @throws FineTuneException of kind {@code CANCELLED} where the thread was interrupted
     * @throws IllegalStateException where the client is closed
     */
    public List<JobResult> run() {
        return poller().run();
    }

    /**
     * The same without waiting, on a daemon thread of its own.
     *
     * @return the future results; to cancel it ends the watch, never a job. It ends with what {@link #run} would throw
     */
    public CompletableFuture<List<JobResult>> start() {
        return poller().start();
    }

    private Poller poller() {
        return new Poller(calling, ids, new Poller.Plan(until, interval, timeout, any), listener);
    }
}
