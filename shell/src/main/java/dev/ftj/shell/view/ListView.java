package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of jobs on stdout, one after the other as they come: a table, csv, or the server's own text of each. */
public final class ListView {
    private static final List<String> CSV_FIELDS =
            List.of("id", "name", "status", "config.model", "created_at", "updated_at", "inference_config_path");
    private static final List<String> CSV_HEADS =
            List.of("id", "name", "status", "model", "created_at", "updated_at", "inference_config_path");
    private static final List<FieldPath> CSV_PATHS =
            CSV_FIELDS.stream().map(FieldPath::of).toList();

    private final Screen screen;
    private final Format format;
    private final JobsTable table;
    private final JobsView records;
    private boolean headed;

    public ListView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
        this.table = new JobsTable(screen);
        this.records = new JobsView(screen, format, null, true);
    }

    public void show(FineTuneJob job) {
        switch (format) {
            case TEXT -> table.add(job);
            case CSV -> {
                head();
                screen.out()
                        .println(CsvText.line(CSV_PATHS.stream()
                                .map(path -> cell(path.in(job.json())))
                                .toList()));
            }
            default -> records.show(job, List.of());
        }
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
        } else if (format != Format.TEXT) {
            records.end();
        }
    }

    private void head() {
        if (!headed) {
            headed = true;
            screen.out().println(CsvText.line(CSV_HEADS));
        }
    }

    private static String cell(FieldPath.@Nullable Found found) {
        return found == null ? "" : CsvText.cell(found);
    }
}
