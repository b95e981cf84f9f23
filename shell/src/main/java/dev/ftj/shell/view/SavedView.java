package dev.ftj.shell.view;

import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.text.Sanitizer;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The saved jobs: a table, or a JSON array of what is known of each. */
public final class SavedView {
    private final Screen screen;

    public SavedView(Screen screen) {
        this.screen = screen;
    }

    public void show(List<Entry> saved, Format format) {
        switch (format) {
            case TEXT -> table(saved);
            case JSONL -> saved.forEach(entry -> screen.out().println(Sanitizer.json(json(entry))));
            case YAML -> screen.out().print(YamlText.of(array(saved)));
            case JSON ->
                screen.out()
                        .println(
                                screen.terminals().out()
                                        ? JsonText.indented(array(saved))
                                        : JsonText.asSent(array(saved)));
        }
    }

    private void table(List<Entry> saved) {
        if (saved.isEmpty()) {
            return;
        }
        Table table = new Table("NAME", "ID", "STATUS", "JOB NAME", "NOTE");
        for (Entry entry : saved) {
            table.add(List.of(
                    entry.alias() == null ? "" : "@" + entry.alias(),
                    entry.id(),
                    orEmpty(entry.status()),
                    orEmpty(entry.jobName()),
                    orEmpty(entry.note())));
        }
        table.print(screen);
    }

    private static String array(List<Entry> saved) {
        return "[" + String.join(",", saved.stream().map(SavedView::json).toList()) + "]";
    }

    private static String json(Entry entry) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("id", entry.id());
            field(json, "as", entry.alias());
            field(json, "note", entry.note());
            field(json, "name", entry.jobName());
            field(json, "status", entry.status());
            field(json, "seen_at", entry.seenAt());
            field(json, "saved_at", entry.savedAt());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void field(JsonGenerator json, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
