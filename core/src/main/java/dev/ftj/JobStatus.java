package dev.ftj;

import dev.ftj.text.Sanitizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a job, the API's {@code status}: one of the ten documented ones, or any other text that a newer server
 * sends. {@link #UNKNOWN} is a documented status; one that this version does not know is {@link #isDocumented() not}.
 */
public final class JobStatus {
    /** The server itself does not know. */
    public static final JobStatus UNKNOWN = new JobStatus("UNKNOWN");
    /** Accepted, not begun. */
    public static final JobStatus REGISTERED = new JobStatus("REGISTERED");
    /** Being set up. */
    public static final JobStatus STARTING = new JobStatus("STARTING");
    /** Training. */
    public static final JobStatus RUNNING = new JobStatus("RUNNING");
    /** Ended well; the job's inference artifacts are there, or about to be. */
    public static final JobStatus COMPLETED = new JobStatus("COMPLETED");
    /** Trained; artifacts are being written. */
    public static final JobStatus FINALIZING = new JobStatus("FINALIZING");
    /** Winding down on request; the last checkpoint is kept. */
    public static final JobStatus STOPPING = new JobStatus("STOPPING");
    /** Ended on request, with its last checkpoint. */
    public static final JobStatus STOPPED = new JobStatus("STOPPED");
    /** Ended at once on request; nothing was finalized. */
    public static final JobStatus CANCELLED = new JobStatus("CANCELLED");
    /** Ended by a failure. */
    public static final JobStatus FAILED = new JobStatus("FAILED");

    private static final List<JobStatus> DOCUMENTED = List.of(
            UNKNOWN, REGISTERED, STARTING, RUNNING, COMPLETED, FINALIZING, STOPPING, STOPPED, CANCELLED, FAILED);

    /** How a life goes that goes well: a job that is at one of these has been at those before it. */
    private static final List<JobStatus> COURSE = List.of(REGISTERED, STARTING, RUNNING, FINALIZING, COMPLETED);

    private final String value;

    private JobStatus(String value) {
        this.value = value;
    }

    /**
     * The status of that name.
     *
     * @param value the API's text, any text
     * @return one of the constants where it is documented, else a status of its own
     */
    public static JobStatus of(String value) {
        for (JobStatus status : DOCUMENTED) {
            if (status.value.equals(value)) {
                return status;
            }
        }
        return new JobStatus(value);
    }

    /**
     * The ten documented ones, in the documentation's order.
     *
     * @return unmodifiable
     */
    public static List<JobStatus> documented() {
        return DOCUMENTED;
    }

    /**
     * The API's own text.
     *
     * @return as sent
     */
    public String value() {
        return value;
    }

    /**
     * Whether the API's documentation knows it.
     *
     * @return false for a status of a newer server
     */
    public boolean isDocumented() {
        return DOCUMENTED.contains(this);
    }

    /**
     * Whether the job has ended for good.
     *
     * @return true for COMPLETED, STOPPED, CANCELLED and FAILED; false for every other, unknown ones included
     */
    public boolean isTerminal() {
        return equals(COMPLETED) || equals(STOPPED) || equals(CANCELLED) || equals(FAILED);
    }

    /**
     * Whether a job in this status is at another, or went past it: RUNNING has reached STARTING, COMPLETED has reached
     * FINALIZING, though nobody may have seen it there.
     *
     * @param other the status in question
     * @return true for the same status, and for a later one of REGISTERED, STARTING, RUNNING, FINALIZING, COMPLETED;
     *     every other is reached by itself alone
     */
    public boolean hasReached(JobStatus other) {
        return equals(other) || (COURSE.contains(other) && COURSE.indexOf(this) > COURSE.indexOf(other));
    }

    /**
     * The status, safe to print.
     *
     * @return the API's text with anything that a terminal might act on made visible
     */
    @Override
    public String toString() {
        return Sanitizer.oneLine(value);
    }

    /** Two are equal when their texts are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobStatus that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
