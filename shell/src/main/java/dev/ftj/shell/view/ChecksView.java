package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.doctor.Check;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What came of each check: a line with what to do, or an object. */
public final class ChecksView {
    private static final int NARROW = 44;
    private static final int WIDEST_NAME = 7;
    private static final int COLUMN = 4 + 2 + WIDEST_NAME + 2;

    private final Screen screen;
    private final Format format;

    public ChecksView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
    }

    /** Shows one that has ended at once, where the format is a line or an object each. */
    public void show(Check check) {
        if (format == Format.TEXT) {
            line(check);
            screen.flush();
        } else if (format == Format.JSONL) {
            screen.out().println(JsonText.asSent(json(List.of(check), false)));
            screen.flush();
        }
    }

    /** Shows all of them, where the format is a whole. */
    public void end(List<Check> checks) {
        switch (format) {
            case TEXT, JSONL -> {}
            case JSON -> {
                String json = json(checks, true);
                screen.out().println(screen.terminals().out() ? JsonText.indented(json) : JsonText.asSent(json));
            }
            case YAML -> screen.out().print(YamlText.of(json(checks, true)));
        }
    }

    private void line(Check check) {
        Style style = screen.outStyle();
        boolean narrow = screen.width() < NARROW;
        int indent = narrow ? 2 : COLUMN;
        String hint = check.hint();
        String text = Sanitizer.oneLine(check.detail() + (hint == null ? "" : ". " + hint + "."));
        StringBuilder line = new StringBuilder(state(check, style));
        line.append("  ").append(check.name());
        line.append(narrow ? "\n  " : " ".repeat(WIDEST_NAME + 2 - check.name().length()));
        line.append(String.join("\n" + " ".repeat(indent), CardView.wrapped(text, screen.width() - indent)));
        screen.out().println(check.ok() == null ? style.dim(line.toString()) : line.toString());
    }

    private static String state(Check check, Style style) {
        if (check.ok() == null) {
            return "--  ";
        }
        return check.ok() ? style.good("ok") + "  " : style.error("FAIL");
    }

    private static String json(List<Check> checks, boolean array) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            if (array) {
                json.writeStartArray();
            }
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringProperty("check", check.name());
                json.writeName("ok");
                if (check.ok() == null) {
                    json.writeNull();
                } else {
                    json.writeBoolean(check.ok());
                }
                json.writeStringProperty("detail", check.detail());
                json.writeName("hint");
                json.writeString(check.hint());
                json.writeEndObject();
            }
            if (array) {
                json.writeEndArray();
            }
        }
        return text.toString();
    }
}
