package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result for one of many jobs: its record, or its own failure.
 *
 * @param id the id as requested; in a list the record's own, or if it has none
 *     that can be read its place, such as {@code #3}
 * @param job the record; null if it could not be fetched
 * @param failure the reason why it could not be fetched; null if it was
 */
public record JobResult(
        String id, @Nullable FineTuneJob job, @Nullable FineTuneException failure) {

    /**
     * The record, or the failure thrown.
     *
     * @return the record, never null
     * @throws FineTuneException the failure if there is no record
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
     * The record's card as HTML, or what failed; see {@link FineTuneJob#toHtml()}.
     *
     * @return a fragment that stands on its own, everything of a server's escaped
     */
    public String toHtml() {
        return job != null ? job.toHtml() : JobHtml.table(List.of(this));
    }

    /**
     * Many results as one table of HTML: a row for each job, or its failure if there is no record.
     *
     * @param results in the order to be shown in; may be empty
     * @return a fragment as that of {@link FineTuneJob#toHtml()}
     */
    public static String toHtml(Collection<JobResult> results) {
        return JobHtml.table(results);
    }

    /**
     * One line for people.
     *
     * @return the record's line, or what failed, safe to print
     */
    @Override
    public String toString() {
        return job != null
                ? job.toString()
                : Sanitizer.oneLine(failure != null ? String.valueOf(failure.getMessage()) : id);
    }
}
