package dev.ftj.shell.view;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.store.JobBook.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The saved jobs: a table, or an array of objects. */
public final class SavedView {
    private final Console console;

    public SavedView(Console console) {
        this.console = console;
    }

    public void show(List<Entry> saved, Format format) {
        if (format == Format.TEXT) {
            table(saved);
            return;
        }
        RecordWriter writer = RecordWriter.of(format, console, true);
        saved.forEach(entry -> writer.write(json(entry), ""));
        writer.end();
    }

    private void table(List<Entry> saved) {
        Table table = Table.numbered(console, "NAME", "ID", "STATUS", "JOB NAME", "NOTE");
        for (Entry entry : saved) {
            table.add(List.of(
                    entry.alias() == null ? "" : "@" + entry.alias(),
                    entry.id(),
                    orEmpty(entry.status()),
                    orEmpty(entry.jobName()),
                    orEmpty(entry.note())));
        }
        table.end();
    }

    private static RawJson json(Entry entry) {
        return JsonWriter.objectOf(
                "id", entry.id(),
                "as", entry.alias(),
                "note", entry.note(),
                "name", entry.jobName(),
                "status", entry.status(),
                "seen_at", entry.seenAt(),
                "saved_at", entry.savedAt());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
