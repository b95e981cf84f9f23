package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of a job, the API's {@code status}: one of the ten documented ones, or any other text that a newer server
 * sends. {@link #UNKNOWN} is a documented status; one that this version does not know is {@link #isDocumented() not}.
 *
 * <p>Statuses are compared without case and without white space around them, and a few other names count as a documented
 * one: {@code SUCCEEDED} equals COMPLETED, {@code CANCELED} equals CANCELLED, {@code ERROR} and {@code FAILURE} equal
 * FAILED. {@link #value()} stays the server's own text.
 *
 * @since 0.1.0
 */
public final class JobStatus {
    /** The server itself does not know. */
    public static final JobStatus UNKNOWN = new JobStatus("UNKNOWN");
    /** Accepted, not started. */
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

    private static final List<JobStatus> ENDS = List.of(COMPLETED, STOPPED, CANCELLED, FAILED);

    /** Names that the vendor's own scripts and other job APIs use. */
    private static final Map<String, JobStatus> OTHER_NAMES =
            Map.of("SUCCEEDED", COMPLETED, "CANCELED", CANCELLED, "ERROR", FAILED, "FAILURE", FAILED);

    private final String value;

    /** The form for comparisons: trimmed, in upper case, under its documented name. */
    private final String canonical;

    private JobStatus(String value) {
        this(value, value);
    }

    private JobStatus(String value, String canonical) {
        this.value = value;
        this.canonical = canonical;
    }

    /**
     * {@return the constant if the text is spelled as documented; else a status that keeps the text, and equals a
     * constant if it differs only in case, in white space around it, or is another name for one}
     *
     * @param value the API's text, any text
     */
    public static JobStatus of(String value) {
        for (JobStatus status : DOCUMENTED) {
            if (status.value.equals(value)) {
                return status;
            }
        }
        String name = value.strip().toUpperCase(Locale.ROOT);
        JobStatus known = OTHER_NAMES.get(name);
        return new JobStatus(value, known == null ? name : known.canonical);
    }

    /** {@return the constant that this status equals; else its text trimmed and in upper case} */
    public JobStatus canonical() {
        return of(canonical);
    }

    /** {@return the ten documented statuses in the documentation's order, unmodifiable} */
    public static List<JobStatus> documented() {
        return DOCUMENTED;
    }

    /** {@return the API's own text, as sent} */
    public String value() {
        return value;
    }

    /** {@return whether it is a documented status, in whatever case, or another name for one} */
    public boolean isDocumented() {
        return DOCUMENTED.contains(this);
    }

    /** {@return whether the job has ended for good: COMPLETED, STOPPED, CANCELLED, FAILED and their other names} */
    public boolean isTerminal() {
        return ENDS.contains(this);
    }

    /**
     * {@return whether a job in this status is at another, or went past it, even if no poll saw that: of REGISTERED,
     * STARTING, RUNNING, FINALIZING, COMPLETED each has reached those before it; any other status is reached only by
     * itself}
     *
     * @param other the status in question
     */
    public boolean hasReached(JobStatus other) {
        return equals(other) || (COURSE.contains(other) && COURSE.indexOf(this) > COURSE.indexOf(other));
    }

    /** {@return the API's text with anything that a terminal might act on made visible} */
    @Override
    public String toString() {
        return Sanitizer.oneLine(value);
    }

    /** Two are equal that mean the same: without case, without white space around them, whatever name they have. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobStatus that && that.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }
}
