package dev.ftj;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the text of an answer to the metrics that it holds. */
final class MetricsReader {
    static final String ROWS = "metrics";

    private MetricsReader() {}

    /**
     * Tolerates rows without the object around them, and {@code "metrics": null} before there are any.
     *
     * @param jobId whose metrics they are; null where nobody knows
     * @throws FineTuneException of kind {@code UNREADABLE} where the text is anything else
     */
    static JobMetrics read(String text, @Nullable String jobId) {
        JsonSlice json = JobReader.parse(text);
        if (json.isArray()) {
            return JobMetrics.of(jobId, Map.of(), rows(json));
        }
        Map<String, JsonSlice> head = new LinkedHashMap<>(json.fields());
        boolean none = hasNoneYet(head);
        JsonSlice rows = head.remove(ROWS);
        if (!none && (rows == null || !rows.isArray())) {
            throw JobReader.unreadable(rows == null ? "JSON without metrics" : "JSON whose metrics are no array", text);
        }
        return JobMetrics.of(jobId, head, none || rows == null ? new ArrayList<>() : rows(rows));
    }

    /** Whether an object without an array of rows says that there are none before the first checkpoint. */
    static boolean hasNoneYet(Map<String, JsonSlice> members) {
        JsonSlice rows = members.get(ROWS);
        return rows == null ? members.containsKey(JobMetrics.LAST_CHECKPOINT_STEP) : rows.isNull();
    }

    private static List<JsonSlice> rows(JsonSlice array) {
        CompactRows rows = new CompactRows();
        array.forEachElement(rows::add);
        return rows;
    }
}
