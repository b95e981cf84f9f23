package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.text.Sanitizer;
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
    private final @Nullable FieldPath field;
    private final boolean several;
    private int shown;

    public JobsView(Screen screen, Format format, @Nullable FieldPath field, boolean several) {
        this.screen = screen;
        this.format = format;
        this.field = field;
        this.several = several;
    }

    /**
     * Shows a record.
     *
     * @param more rows that a card has beside the record's own
     * @return false where {@code --field} asks for a value that it does not have
     */
    public boolean show(FineTuneJob job, List<Row> more) {
        if (field == null) {
            if (format == Format.TEXT) {
                List<Row> rows = new ArrayList<>(job.rows());
                rows.addAll(behindTheTimes(rows), more);
                out().print(shown == 0 ? "" : "\n");
                out().print(CardView.of(rows, screen.outStyle(), screen.width()));
            } else {
                value(job.json());
            }
            shown++;
            return true;
        }
        FieldPath.Found found = field.in(job.json());
        if (format != Format.TEXT) {
            value(found == null ? "null" : found.json());
        } else if (found == null) {
            out().println();
        } else {
            String text = found.text();
            out().println(text == null ? JsonText.compact(found.json()) : Sanitizer.oneLine(text));
        }
        shown++;
        return found != null;
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
        if (field != null && several) {
            if (format == Format.TEXT) {
                out().println();
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
