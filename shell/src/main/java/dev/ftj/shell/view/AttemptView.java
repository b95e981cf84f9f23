package dev.ftj.shell.view;

import dev.ftj.Attempt;
import dev.ftj.internal.text.Sanitizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The output of {@code -v} for an attempt: one line; with {@code -vv} also its headers, except the key's. */
public final class AttemptView {
    private final Console console;
    private final boolean headers;

    public AttemptView(Console console, boolean headers) {
        this.console = console;
        this.headers = headers;
    }

    public void show(Attempt attempt) {
        Integer status = attempt.status();
        Duration wait = attempt.nextIn();
        console.say(Sanitizer.oneLine(attempt.method() + " " + attempt.path() + "  "
                + (status == null ? attempt.failure() : status) + "  "
                + attempt.took().toMillis() + " ms"
                + (wait == null ? "" : ", again in " + wait.toMillis() + " ms")));
        if (headers) {
            show("> ", attempt.requestHeaders());
            show("< ", attempt.responseHeaders());
        }
    }

    private void show(String direction, Map<String, List<String>> named) {
        new TreeMap<>(named)
                .forEach((name, values) -> values.forEach(
                        value -> console.say(Sanitizer.oneLine("  " + direction + name + ": " + value))));
    }
}
