package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Event;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.ZonedClock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events on stdout, one after the other as they come. */
public final class EventsView {
    private static final List<String> HEADS = List.of("id", "created_at", "level", "type", "message");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int LONGEST_LEVEL = 5;

    private final ZonedClock clock = ZonedClock.system();
    private final Style style;
    private final RecordWriter writer;

    public EventsView(Console console, Format format) {
        this.style = console.outStyle();
        this.writer = RecordWriter.of(format, console, true, HEADS);
    }

    public void show(Event event) {
        writer.write(new RecordWriter.Record() {
            @Override
            public RawJson json() {
                return RawJson.valid(event.json());
            }

            @Override
            public String text() {
                Instant at = event.createdAt();
                String time = at == null ? " ".repeat("yyyy-MM-dd HH:mm:ss".length()) : TIME.format(clock.local(at));
                return style.dim(time) + "  " + words(event, style) + "\n";
            }

            @Override
            public List<String> cells() {
                return List.of(
                        cell(event.id()),
                        RecordWriter.cell(json().member("created_at")),
                        cell(event.level()),
                        cell(event.type()),
                        cell(event.message()));
            }
        });
    }

    private static String cell(@Nullable String text) {
        return RecordWriter.cell(Objects.requireNonNullElse(text, ""));
    }

    /** Ends what was begun: there are no more events. */
    public void end() {
        writer.end();
    }

    /** Returns level and message on one line, safe to print; of an event without a message, all of its text. */
    static String words(Event event, Style style) {
        String level = Sanitizer.oneLine(Objects.requireNonNullElse(event.level(), ""));
        String message = event.message();
        String text = Sanitizer.oneLine(
                message != null ? message : RawJson.valid(event.json()).compact());
        String column = level + " ".repeat(Math.max(0, LONGEST_LEVEL - CardView.columns(level)));
        return (level.equalsIgnoreCase("error") ? style.error(column) : column) + "  " + text;
    }
}
