package dev.ftj.shell.view;

import dev.ftj.Attempt;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;

/** A response as it came: headers, JSON, or any other text. */
public final class ApiView {
    private final Console console;
    private final Format format;
    private final List<FieldPath> fields;

    /** @param fields the fields of a JSON body to show; empty for all of it */
    public ApiView(Console console, Format format, List<FieldPath> fields) {
        this.console = console;
        this.format = format;
        this.fields = fields;
    }

    /** Shows the status and the headers of a response, and an empty line. */
    public void headers(Attempt attempt) {
        console.out().println("HTTP " + attempt.status());
        attempt.responseHeaders()
                .forEach((name, values) -> values.forEach(
                        value -> console.out().println(Sanitizer.oneLine(name) + ": " + Sanitizer.oneLine(value))));
        console.out().println();
    }

    /**
     * Shows a body.
     *
     * @return the fields that were asked for and that the body does not have
     * @throws FineTuneException of kind {@code UNREADABLE} if it is not text, and would not be what the server sent
     */
    public List<FieldPath> body(String body) {
        RawJson json = RawJson.parseOrNull(body);
        if (json == null) {
            if (fields.isEmpty()) {
                text(body);
            }
            return fields;
        }
        boolean asText = format == Format.TEXT && fields.isEmpty();
        RecordWriter writer = RecordWriter.of(asText ? Format.JSON : format, console, false);
        if (fields.isEmpty()) {
            writer.write(json, "");
        } else {
            writer.write(JobsView.picked(json, fields), JobsView.line(json, fields));
        }
        writer.end();
        return fields.stream().filter(field -> field.in(json) == null).toList();
    }

    /** A program gets the text as it came, a terminal what cannot act on it. */
    private void text(String body) {
        if (console.terminals().out()) {
            body.lines().map(Sanitizer::oneLine).forEach(console.out()::println);
        } else if (body.indexOf('\uFFFD') < 0) {
            console.out().print(body);
        } else {
            throw FineTuneException.of(Kind.UNREADABLE, "the response is not UTF-8 text", "Fetch it with curl");
        }
    }
}
