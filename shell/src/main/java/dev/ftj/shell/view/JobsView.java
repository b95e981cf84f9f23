package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Job records on stdout, one after the other as they come. The shape follows the call: one job is an object, several are an
 * array, whatever their number.
 */
public final class JobsView {
    private static final RawJson NULL = RawJson.valid("null");

    private final Console console;
    private final List<FieldPath> fields;
    private final boolean several;
    private final RecordWriter writer;

    /** @param fields the fields of each record to show; empty for the whole record */
    public JobsView(Console console, Format format, List<FieldPath> fields, boolean several) {
        this.console = console;
        this.fields = fields;
        this.several = several;
        writer = RecordWriter.of(format, console, several, format == Format.CSV ? JobColumns.heads(fields) : List.of());
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
                return JobColumns.cells(fields, json, job);
            }
        });
        List<FieldPath> missing = new ArrayList<>();
        for (FieldPath field : fields) {
            if (field.in(json) == null) {
                missing.add(field);
            }
        }
        return missing;
    }

    static RawJson picked(RawJson json, List<FieldPath> fields) {
        List<RawJson> values = fields.stream()
                .map(field -> Objects.requireNonNullElse(field.in(json), NULL))
                .toList();
        return values.size() == 1 ? values.get(0) : JsonWriter.array(values);
    }

    private String card(FineTuneJob job, List<Row> more) {
        List<Row> rows = new ArrayList<>(job.rows());
        rows.addAll(indexAfterTimes(rows), more);
        return (writer.count() == 0 ? "" : "\n") + CardView.of(rows, console.outStyle(), console.width());
    }

    private static int indexAfterTimes(List<Row> rows) {
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
        return found == null ? "" : JsonText.shown(found);
    }

    /** Keeps the place of a record that is missing, if a reader counts lines. */
    public void skip() {
        if (!fields.isEmpty() && several) {
            writer.write(NULL, "\t".repeat(fields.size() - 1) + "\n");
        }
    }

    public void end() {
        writer.end();
    }
}
