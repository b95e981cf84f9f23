package dev.ftj.shell.view;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;

/** A request that is not sent: its first line and its body in text, only the body in any other format. */
public final class RequestView {
    private final Console console;
    private final RecordWriter writer;

    public RequestView(Console console, Format format) {
        this.console = console;
        writer = RecordWriter.of(format, console, false);
    }

    /** @param body a JSON text */
    public void show(String line, String body) {
        String text = Sanitizer.oneLine(line) + "\n"
                + JsonText.of(body, console.terminals().out(), 0) + "\n";
        writer.write(RawJson.valid(body), text);
    }
}
