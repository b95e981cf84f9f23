package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One job that a {@link Poller} follows: its last record, its result, and when it is polled next. Used by one thread. */
final class WatchedJob {
    static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    final String id;

    @Nullable
    FineTuneJob job;

    @Nullable
    FineTuneException lastFailure;

    @Nullable
    Instant seenAt;

    @Nullable
    JobResult result;

    /** When the next poll is due, by the monotonic clock. */
    long next;

    /** When the present status was first seen, by the monotonic clock. */
    long statusSince;

    /** Whether a request for it is running. */
    boolean polling;

    /** Whether the server named the time of the next poll, which must not be earlier then. */
    boolean retryAfter;

    /** Whether the list may contain it: false after a whole list did not. */
    boolean inList = true;

    private Duration interval = FIRST;

    WatchedJob(String id, long next) {
        this.id = id;
        this.next = next;
    }

    /** @return whether the status differs from the one before */
    boolean received(FineTuneJob record, Instant now, long nanos) {
        FineTuneJob before = job;
        boolean changed = before == null || !Objects.equals(before.status(), record.status());
        if (changed) {
            statusSince = nanos;
        }
        job = record;
        seenAt = now;
        lastFailure = null;
        return changed;
    }

    boolean hasUnknownStatus() {
        JobStatus status = job == null ? null : job.status();
        return status != null && !status.isDocumented();
    }

    /** How early it may be polled with others that are due. */
    long tolerance() {
        return retryAfter ? 0 : Poller.nanos(interval) / 4;
    }

    /**
     * The time until the next poll; the one after that comes later.
     *
     * @param fixed the interval that the caller chose; null for the growing one
     * @param random 0 to 1
     */
    Duration nextWait(@Nullable Duration fixed, double random) {
        Duration wait = fixed != null ? fixed : interval;
        interval = slower(interval);
        return jittered(wait, random);
    }

    static Duration slower(Duration interval) {
        Duration slower = interval.multipliedBy(3).dividedBy(2);
        return slower.compareTo(LONGEST) > 0 ? LONGEST : slower;
    }

    /** @param random 0 to 1 */
    static Duration jittered(Duration interval, double random) {
        return Duration.ofNanos((long) (Poller.nanos(interval) * (0.9 + 0.2 * random)));
    }

    /** Returns the failure of a job whose status is unknown to ftj and has not changed for too long. */
    FineTuneException stuck(Duration limit) {
        return new FailureBuilder(
                        Kind.SERVER,
                        "status " + status() + " is unknown to ftj and has not changed for " + DurationText.of(limit))
                .jobId(id)
                .hint("Ask the vendor what it means, or wait for it with --until")
                .build();
    }

    /** Says only what the last response said: whether the job goes on is not known. */
    FineTuneException timedOut(Duration timeout, Instant now) {
        String limit = DurationText.of(timeout);
        FailureBuilder late = new FailureBuilder(
                        Kind.WAIT_TIMEOUT,
                        seenAt == null
                                ? "no response for it within " + limit
                                : "no end was seen within " + limit + "; " + lastSeen(seenAt, now))
                .jobId(id)
                .retryable(true)
                .hint("Watch it again with a longer timeout");
        if (lastFailure != null) {
            late.earlier(List.of(lastFailure));
        }
        return late.build();
    }

    private String lastSeen(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        String ago = age.isNegative() ? "" : ", " + DurationText.of(age) + " ago";
        return "it was last seen " + (hasUnknownStatus() ? "in the unknown status " : "") + status() + ago;
    }

    private String status() {
        JobStatus status = job == null ? null : job.status();
        return status == null ? "without a status" : status.toString();
    }
}
