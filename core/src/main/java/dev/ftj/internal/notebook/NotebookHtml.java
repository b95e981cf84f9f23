package dev.ftj.internal.notebook;

import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Chooses the HTML of a cell's result, the same for every kernel. */
public final class NotebookHtml {
    private NotebookHtml() {}

    /**
     * {@return the HTML of a cell's result: a card for a job or a result, a chart for metrics, a table for a collection of jobs or of results; null if the kernel should show the value as it shows any other}
     */
    public static @Nullable String of(@Nullable Object value) {
        if (value instanceof FineTuneJob job) {
            return job.toHtml();
        }
        if (value instanceof JobResult result) {
            return result.toHtml();
        }
        if (value instanceof JobMetrics metrics) {
            return metrics.toHtml();
        }
        return value instanceof Collection<?> values ? table(values) : null;
    }

    private static @Nullable String table(Collection<?> values) {
        if (values.isEmpty()) {
            return null;
        }
        if (values.stream().allMatch(FineTuneJob.class::isInstance)) {
            return FineTuneJob.toHtml(
                    values.stream().map(FineTuneJob.class::cast).toList());
        }
        return values.stream().allMatch(JobResult.class::isInstance)
                ? JobResult.toHtml(values.stream().map(JobResult.class::cast).toList())
                : null;
    }
}
