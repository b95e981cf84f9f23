package dev.ftj;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job's training has measured, as {@code GET /fine-tune/jobs/{job_id}/metrics} returns it: a record a checkpoint. */
public final class JobMetrics {
    private final List<String> rows;

    private JobMetrics(List<String> rows) {
        this.rows = rows;
    }

    static JobMetrics of(@Nullable String jobId, Map<String, JsonSlice> head, List<JsonSlice> rows) {
        return new JobMetrics(rows.stream().map(JsonSlice::raw).toList());
    }

    /**
     * The records of the API's {@code metrics}.
     *
     * @return the server's text of each, in its order, unmodifiable
     */
    public List<String> rows() {
        return rows;
    }
}
