package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records on stdout, one after the other as they come. The shape follows the call: one job is an object, several are an
 * array, whatever their number.
 */
public final class JobsView {
    private final Screen screen;
    private final Format format;
    private final List<FieldPath> fields;
    private final boolean several;
    private int shown;

    /** @param fields all that is shown of each record; empty for the whole record */
    public JobsView(Screen screen, Format format, List<FieldPath> fields, boolean several) {
        this.screen = screen;
        this.format = format;
        this.fields = fields;
        this.several = several;
    }

    /**
     * Shows a record.
     *
     * @param more rows that a card has beside the record's own
     * @return the fields that it was asked for and does not have
     */
    public List<FieldPath> show(FineTuneJob job, List<Row> more) {
        if (fields.isEmpty()) {
            if (format == Format.TEXT) {
                List<Row> rows = new ArrayList<>(job.rows());
                rows.addAll(behindTheTimes(rows), more);
                out().print(shown == 0 ? "" : "\n");
                out().print(CardView.of(rows, screen.outStyle(), screen.width()));
            } else {
                value(job.json());
            }
            shown++;
            return List.of();
        }
        List<String> values = new ArrayList<>();
        List<FieldPath> missing = new ArrayList<>();
        for (FieldPath field : fields) {
            FieldPath.Found found = field.in(job.json());
            if (found == null) {
                missing.add(field);
            }
            values.add(format == Format.TEXT ? text(found) : found == null ? "null" : found.json());
        }
        if (format == Format.TEXT) {
            out().println(String.join("\t", values));
        } else {
            value(fields.size() == 1 ? values.get(0) : "[" + String.join(", ", values) + "]");
        }
        shown++;
        return missing;
    }

    private static String text(FieldPath.@Nullable Found found) {
        if (found == null) {
            return "";
        }
        String text = found.text();
        return text == null ? JsonText.compact(found.json()) : Sanitizer.oneLine(text);
    }

    private static int behindTheTimes(List<Row> rows) {
        int place = rows.size();
        while (place > 0 && rows.get(place - 1).role() != Role.TIME) {
            place--;
        }
        return place == 0 ? rows.size() : place;
    }

    /** Keeps the place of a record that could not be had, where a reader counts lines. */
    public void skip() {
        if (!fields.isEmpty() && several) {
            if (format == Format.TEXT) {
                out().println("\t".repeat(fields.size() - 1));
            } else {
                value("null");
            }
            shown++;
        }
    }

    /** Ends what was begun. */
    public void end() {
        if (several && format == Format.JSON) {
            out().println(shown == 0 ? "[]" : indented() ? "\n]" : "]");
        } else if (several && format == Format.YAML && shown == 0) {
            out().println("[]");
        }
    }

    private void value(String json) {
        switch (format) {
            case JSONL -> out().println(JsonText.compact(json));
            case YAML -> out().print(several ? YamlText.of("[" + json + "]") : YamlText.of(json));
            default -> {
                if (several) {
                    out().print(shown > 0 ? "," : "[");
                    out().print(
                                    indented()
                                            ? "\n  " + JsonText.indented(json).replace("\n", "\n  ")
                                            : JsonText.asSent(json));
                } else {
                    out().println(indented() ? JsonText.indented(json) : JsonText.asSent(json));
                }
            }
        }
    }

    private boolean indented() {
        return screen.terminals().out();
    }

    private PrintWriter out() {
        return screen.out();
    }
}
