package dev.ftj.shell.view;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.doctor.Check;

/** The outcome of each check: a line with a hint, or an object. */
public final class ChecksView {
    private static final int WIDEST_NAME = 7;
    private static final int COLUMN = 4 + 2 + WIDEST_NAME + 2;

    private final Console console;
    private final RecordWriter writer;

    public ChecksView(Console console, Format format) {
        this.console = console;
        writer = RecordWriter.of(format, console, true);
    }

    /** Shows a check as soon as it has ended. */
    public void show(Check check) {
        writer.write(json(check), line(check));
        console.flush();
    }

    public void end() {
        writer.end();
    }

    private String line(Check check) {
        Style style = console.outStyle();
        boolean narrow = console.width() < CardView.NARROW;
        int indent = narrow ? 2 : COLUMN;
        String hint = check.hint();
        String text = Sanitizer.oneLine(check.detail() + (hint == null ? "" : ". " + hint + "."));
        StringBuilder line = new StringBuilder(state(check, style));
        line.append("  ").append(check.name());
        line.append(narrow ? "\n  " : " ".repeat(WIDEST_NAME + 2 - check.name().length()));
        line.append(String.join("\n" + " ".repeat(indent), CardView.wrapped(text, console.width() - indent)));
        return (check.ok() == null ? style.dim(line.toString()) : line.toString()) + "\n";
    }

    private static String state(Check check, Style style) {
        if (check.ok() == null) {
            return "--  ";
        }
        return check.ok() ? style.good("ok") + "  " : style.error("FAIL");
    }

    private static RawJson json(Check check) {
        return JsonWriter.objectOf(
                "check", check.name(), "ok", check.ok(), "detail", check.detail(), "hint", check.hint());
    }
}
