package dev.ftj;

import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the metrics in a response that is there as a whole. */
final class MetricsReader {
    static final String ROWS = "metrics";

    private MetricsReader() {}

    /**
     * Accepts rows without the object around them or in {@code data}, and {@code "metrics": null} before there are any.
     *
     * @param jobId the job's id; null if it is not known
     * @throws FineTuneException of kind {@code UNREADABLE} if the text is anything else
     */
    static JobMetrics read(String text, @Nullable String jobId) {
        RawJson json = JobReader.parse(text);
        if (json.isArray()) {
            return new JobMetrics(jobId, Map.of(), rows(json));
        }
        Map<String, RawJson> head = json.fields();
        boolean none = hasNoneYet(head);
        RawJson rows = head.remove(head.containsKey(ROWS) ? ROWS : ArrayBodyReader.ENVELOPE);
        if (!none && (rows == null || !rows.isArray())) {
            throw JobReader.unreadable(rows == null ? "JSON without metrics" : "JSON whose metrics are no array", text);
        }
        return new JobMetrics(jobId, head, none || rows == null ? List.of() : rows(rows));
    }

    /** Returns whether an object without an array of rows means that there are none before the first checkpoint. */
    static boolean hasNoneYet(Map<String, RawJson> members) {
        RawJson rows = members.containsKey(ROWS) ? members.get(ROWS) : members.get(ArrayBodyReader.ENVELOPE);
        return rows == null ? members.containsKey(JobMetrics.LAST_CHECKPOINT_STEP) : rows.isNull();
    }

    private static List<String> rows(RawJson array) {
        List<String> rows = new ArrayList<>();
        array.forEachElement(row -> rows.add(row.raw()));
        return rows;
    }
}
