package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Job records on stdout, one after the other as they come. The shape follows the call: one job is an object, several are an
 * array, whatever their number.
 */
public final class JobsView {
    private static final List<FieldPath> CSV_FIELDS = FieldPath.all(
            List.of("id", "name", "status", "config.model", "created_at", "updated_at", "inference_config_path"));
    private static final List<String> CSV_HEADS =
            List.of("id", "name", "status", "model", "created_at", "updated_at", "inference_config_path");

    /** ISO 8601 in UTC with milliseconds: one form, whatever the server's is. */
    private static final DateTimeFormatter CSV_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final RawJson NULL = RawJson.valid("null");

    private final Screen screen;
    private final List<FieldPath> fields;
    private final boolean several;
    private final RecordWriter writer;

    /** @param fields the fields of each record to show; empty for the whole record */
    public JobsView(Screen screen, Format format, List<FieldPath> fields, boolean several) {
        this.screen = screen;
        this.fields = fields;
        this.several = several;
        List<String> heads = fields.isEmpty()
                ? CSV_HEADS
                : fields.stream().map(FieldPath::toString).toList();
        writer = RecordWriter.of(format, screen, several, heads);
    }

    /**
     * Shows a record.
     *
     * @param more rows that a card has beside the record's own
     * @return the fields that were asked for and that the record does not have
     */
    public List<FieldPath> show(FineTuneJob job, List<Row> more) {
        RawJson json = RawJson.valid(job.json());
        writer.write(new RecordWriter.Record() {
            @Override
            public RawJson json() {
                return fields.isEmpty() ? json : picked(json, fields);
            }

            @Override
            public String text() {
                return fields.isEmpty() ? card(job, more) : line(json, fields);
            }

            @Override
            public List<String> cells() {
                return (fields.isEmpty() ? CSV_FIELDS : fields)
                        .stream().map(field -> cell(field, json, job)).toList();
            }
        });
        return fields.stream().filter(field -> field.in(json) == null).toList();
    }

    static RawJson picked(RawJson json, List<FieldPath> fields) {
        List<RawJson> values = fields.stream()
                .map(field -> Objects.requireNonNullElse(field.in(json), NULL))
                .toList();
        return values.size() == 1 ? values.get(0) : RawJson.array(values);
    }

    private String card(FineTuneJob job, List<Row> more) {
        List<Row> rows = new ArrayList<>(job.rows());
        rows.addAll(behindTheTimes(rows), more);
        return (writer.count == 0 ? "" : "\n") + CardView.of(rows, screen.outStyle(), screen.width());
    }

    private static int behindTheTimes(List<Row> rows) {
        int place = rows.size();
        while (place > 0 && rows.get(place - 1).role() != Role.TIME) {
            place--;
        }
        return place == 0 ? rows.size() : place;
    }

    static String line(RawJson json, List<FieldPath> fields) {
        return fields.stream().map(field -> text(field.in(json))).collect(Collectors.joining("\t", "", "\n"));
    }

    private static String text(@Nullable RawJson found) {
        if (found == null) {
            return "";
        }
        String text = found.text();
        return text == null ? JsonText.compact(found.raw()) : Sanitizer.oneLine(text);
    }

    private static String cell(FieldPath field, RawJson json, FineTuneJob job) {
        Instant time = switch (field.toString()) {
            case "created_at" -> job.createdAt();
            case "updated_at" -> job.updatedAt();
            default -> null;
        };
        RawJson found = field.in(json);
        return time != null ? CSV_TIME.format(time) : found == null ? "" : RecordWriter.cell(found);
    }

    /** Keeps the place of a record that is missing, if a reader counts lines. */
    public void skip() {
        if (!fields.isEmpty() && several) {
            writer.write(NULL, "\t".repeat(fields.size() - 1) + "\n");
        }
    }

    /** Ends what was begun. */
    public void end() {
        writer.end();
    }
}
