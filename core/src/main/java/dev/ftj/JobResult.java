package dev.ftj;

import dev.ftj.text.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * What came of one of many jobs: its record, or its own failure.
 *
 * @param id the id as it was asked for; in a list, which nobody asked for by id, the record's own, or where it has none
 *     that can be read its place, such as {@code #3}
 * @param job the record; null where it could not be had
 * @param failure why it could not be had; null where it could
 */
public record JobResult(
        String id, @Nullable FineTuneJob job, @Nullable FineTuneException failure) {

    /**
     * The record, or the failure thrown.
     *
     * @return the record, never null
     * @throws FineTuneException the failure where there is no record
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
