package dev.ftj.shell.view;

import dev.ftj.text.Sanitizer;

/** A request with a body that is not sent: its first line, and the body as it would be. */
public final class RequestView {
    private final Screen screen;

    public RequestView(Screen screen) {
        this.screen = screen;
    }

    /** @param body a JSON text */
    public void show(String line, String body) {
        screen.out().println(Sanitizer.oneLine(line));
        screen.out().println(screen.terminals().out() ? JsonText.indented(body) : JsonText.asSent(body));
    }
}
