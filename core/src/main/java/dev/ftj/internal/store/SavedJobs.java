package dev.ftj.internal.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs that a user saved, in the order of saving. Their lines have the fields id, alias, note, at (when it was saved);
 * and name, status, seen (when), if the seen jobs no longer have the job.
 */
final class SavedJobs {
    static final String KIND = "saved";

    final Map<String, BookLine> byId = new LinkedHashMap<>();
    final Map<String, String> idsByAlias = new HashMap<>();

    void clear() {
        byId.clear();
        idsByAlias.clear();
    }

    boolean take(BookLine line) {
        String id = line.text("id");
        if (!line.is(KIND) || id == null) {
            return false;
        }
        save(id, line);
        return true;
    }

    JobBook.Replaced save(String id, BookLine line) {
        BookLine before = byId.get(id);
        BookLine kept = before != null ? before : line;
        String oldAlias = before == null ? null : before.text("alias");
        String given = line.text("alias");
        String alias = given != null && JobBook.isAlias(given) ? given : oldAlias;
        String note = line.text("note");
        idsByAlias.remove(oldAlias);
        String owner = alias == null ? null : idsByAlias.put(alias, id);
        if (owner != null) {
            byId.computeIfPresent(owner, (key, loser) -> loser.with("alias", null));
        }
        byId.put(id, kept.with("alias", alias).with("note", note != null ? note : kept.text("note")));
        return new JobBook.Replaced(owner, oldAlias == null || oldAlias.equals(alias) ? null : oldAlias);
    }

    void remove(String id) {
        BookLine removed = byId.remove(id);
        if (removed != null) {
            idsByAlias.remove(removed.text("alias"));
        }
    }

    /** Keeps name and status of those saved jobs that are dropped from the seen ones. */
    void keepLastSeen(List<BookLine> dropped) {
        for (BookLine sight : dropped) {
            byId.computeIfPresent(
                    String.valueOf(sight.text("id")),
                    (id, line) -> line.with("name", sight.text("name"))
                            .with("status", sight.text("status"))
                            .with("seen", sight.instant("at")));
        }
    }
}
