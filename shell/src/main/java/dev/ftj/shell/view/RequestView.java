package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;

/** A request with a body that is not sent: its first line, and the body as it would be; in a format only the body. */
public final class RequestView {
    private final Screen screen;
    private final Format format;

    public RequestView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
    }

    /** @param body a JSON text */
    public void show(String line, String body) {
        if (format == Format.TEXT) {
            screen.out().println(Sanitizer.oneLine(line));
        }
        switch (format) {
            case YAML -> screen.out().print(YamlText.of(body));
            case JSONL -> screen.out().println(JsonText.compact(body));
            default -> screen.out().println(screen.terminals().out() ? JsonText.indented(body) : JsonText.asSent(body));
        }
    }
}
