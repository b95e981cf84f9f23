package dev.ftj.shell.view;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.store.JobBook.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The saved jobs: a table, or an array of objects. */
public final class SavedView {
    private final Screen screen;

    public SavedView(Screen screen) {
        this.screen = screen;
    }

    public void show(List<Entry> saved, Format format) {
        if (format == Format.TEXT) {
            table(saved);
            return;
        }
        RecordWriter writer = RecordWriter.of(format, screen, true);
        saved.forEach(entry -> writer.write(json(entry), ""));
        writer.end();
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

    private static RawJson json(Entry entry) {
        Map<String, RawJson> json = new LinkedHashMap<>();
        json.put("id", RawJson.string(entry.id()));
        json.put("as", RawJson.stringOrNull(entry.alias()));
        json.put("note", RawJson.stringOrNull(entry.note()));
        json.put("name", RawJson.stringOrNull(entry.jobName()));
        json.put("status", RawJson.stringOrNull(entry.status()));
        json.put("seen_at", RawJson.stringOrNull(entry.seenAt()));
        json.put("saved_at", RawJson.stringOrNull(entry.savedAt()));
        return RawJson.valid(RawJson.object(json).compact());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
