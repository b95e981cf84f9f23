package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A list of jobs on stdout, one after the other as they come: a table, csv, or the server's own text of each. */
public final class ListView {
    private static final List<FieldPath> CSV_FIELDS = FieldPath.all(
            List.of("id", "name", "status", "config.model", "created_at", "updated_at", "inference_config_path"));
    private static final List<String> CSV_HEADS =
            List.of("id", "name", "status", "model", "created_at", "updated_at", "inference_config_path");

    /** As in ISO 8601, in UTC, always with three digits behind the seconds: one form, whatever the server's is. */
    private static final DateTimeFormatter CSV_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final Screen screen;
    private final Format format;
    private final List<FieldPath> fields;
    private final JobsTable table;
    private final JobsView records;
    private boolean headed;

    /** @param fields all that is shown of each job; empty for what the format usually has */
    public ListView(Screen screen, Format format, List<FieldPath> fields) {
        this.screen = screen;
        this.format = format;
        this.fields = fields;
        this.table = new JobsTable(screen);
        this.records = new JobsView(screen, format, fields, true);
    }

    /** Whether it is a table, for a person to read. */
    public boolean isTable() {
        return format == Format.TEXT && fields.isEmpty();
    }

    /** @return the fields that it was asked for and does not have */
    public List<FieldPath> show(FineTuneJob job) {
        if (isTable()) {
            table.add(job);
            return List.of();
        }
        if (format != Format.CSV) {
            return records.show(job, List.of());
        }
        head();
        List<String> cells = new ArrayList<>();
        List<FieldPath> missing = new ArrayList<>();
        for (FieldPath field : fields.isEmpty() ? CSV_FIELDS : fields) {
            FieldPath.Found found = field.in(job.json());
            cells.add(cell(field, found, job));
            if (found == null && !fields.isEmpty()) {
                missing.add(field);
            }
        }
        screen.out().println(CsvText.line(cells));
        return missing;
    }

    private static String cell(FieldPath field, FieldPath.@Nullable Found found, FineTuneJob job) {
        Instant time = switch (field.toString()) {
            case "created_at" -> job.createdAt();
            case "updated_at" -> job.updatedAt();
            default -> null;
        };
        return time != null ? CSV_TIME.format(time) : found == null ? "" : CsvText.cell(found);
    }

    /** Shows what was kept back; what was begun stays open, since there is more that could not be had. */
    public void breakOff() {
        table.end();
    }

    /** Ends what was begun: this was all. */
    public void end() {
        table.end();
        if (format == Format.CSV) {
            head();
        } else if (!isTable()) {
            records.end();
        }
    }

    private void head() {
        if (!headed) {
            headed = true;
            List<String> heads =
                    fields.stream().map(field -> CsvText.text(field.toString())).toList();
            screen.out().println(CsvText.line(fields.isEmpty() ? CSV_HEADS : heads));
        }
    }
}
