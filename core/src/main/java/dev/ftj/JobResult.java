package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result for one of several jobs: its record, or the failure to get it.
 *
 * @param id the requested id; in a list, the record's own id, or its position, such as {@code #3}, if the id cannot be read
 * @param job the record; null if the request failed
 * @param failure why the request failed; null if it succeeded
 * @since 0.1.0
 */
public record JobResult(
        String id, @Nullable FineTuneJob job, @Nullable FineTuneException failure) {

    /**
     * Returns the record, or throws the failure.
     *
     * @return the record
     * @throws FineTuneException the failure, if there is no record
     */
    public FineTuneJob get() {
        if (job != null) {
            return job;
        }
        throw failure != null
                ? failure
                : FineTuneException.ofJob(FineTuneException.Kind.UNREADABLE, id, "no record and no failure", null);
    }

    /**
     * {@return the record's card, or the failure, as a self-contained HTML fragment with all text from the server
     * escaped; see {@link FineTuneJob#toHtml()}}
     */
    public String toHtml() {
        return job != null ? job.toHtml() : JobHtml.table(List.of(this));
    }

    /**
     * {@return several results as one self-contained HTML table with all text from the server escaped: a row for each
     * job or failure}
     *
     * @param results the results in display order; may be empty
     */
    public static String toHtml(Collection<JobResult> results) {
        return JobHtml.table(results);
    }

    /** {@return one line for people: the record's, or the failure's message, safe to print} */
    @Override
    public String toString() {
        return job != null
                ? job.toString()
                : Sanitizer.oneLine(failure != null ? String.valueOf(failure.getMessage()) : id);
    }
}
