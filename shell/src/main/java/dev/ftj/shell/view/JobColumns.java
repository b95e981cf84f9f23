package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.internal.json.RawJson;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The columns of jobs in csv. */
final class JobColumns {
    private static final List<FieldPath> USUAL = FieldPath.all(
            List.of("id", "name", "status", "config.model", "created_at", "updated_at", "inference_config_path"));
    private static final List<String> USUAL_HEADS =
            List.of("id", "name", "status", "model", "created_at", "updated_at", "inference_config_path");
    /** A record of the newer API has no {@code config}. */
    private static final List<FieldPath> USUAL_NEWER = FieldPath.all(USUAL_HEADS);

    /** ISO 8601 in UTC with milliseconds: one form, whatever the server's is. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private JobColumns() {}

    /** @param fields empty for the usual columns */
    static List<String> heads(List<FieldPath> fields) {
        return fields.isEmpty()
                ? USUAL_HEADS
                : fields.stream().map(FieldPath::toString).toList();
    }

    /** @param fields empty for the usual columns */
    static List<String> cells(List<FieldPath> fields, RawJson json, FineTuneJob job) {
        List<String> cells = new ArrayList<>();
        boolean newer = job.config() == null;
        for (FieldPath field : !fields.isEmpty() ? fields : newer ? USUAL_NEWER : USUAL) {
            cells.add(cell(field, json, job));
        }
        return cells;
    }

    private static String cell(FieldPath field, RawJson json, FineTuneJob job) {
        Instant time = switch (field.toString()) {
            case "created_at" -> job.createdAt();
            case "updated_at" -> job.updatedAt();
            default -> null;
        };
        return time != null ? TIME.format(time) : RecordWriter.cell(field.in(json));
    }
}
