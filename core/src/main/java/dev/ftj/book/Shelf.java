package dev.ftj.book;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines of a book amount to, read in their order. */
final class Shelf {
    /** So many jobs are remembered that were seen and not saved. */
    static final int RECENT = 1_000;

    /** The last {@code seen} line of each id, with its timeline, newest last. */
    private final Map<String, Line> seen = new LinkedHashMap<>();
    /** One {@code saved} line of each id, in the order of saving, with all that was given over time. */
    private final Map<String, Line> saved = new LinkedHashMap<>();

    private final Map<String, String> idsByAlias = new HashMap<>();
    private @Nullable String last;
    private List<String> rows = List.of();
    private @Nullable Words savedWords;

    /** @return false when this version can do nothing with such a line */
    boolean apply(Line line) {
        String id = line.id();
        switch (line.kind()) {
            case Line.HEADER -> {
                return true;
            }
            case Line.ROWS -> {
                rows = line.ids();
                return true;
            }
            case Line.SEEN, Line.SAVED, Line.FORGOTTEN -> {
                if (id == null) {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        switch (line.kind()) {
            case Line.SEEN -> see(id, line);
            case Line.SAVED -> save(id, line);
            default -> forget(id, line.everywhere());
        }
        return true;
    }

    private void see(String id, Line line) {
        seen.put(id, line.after(seen.remove(id)));
        last = line.listed() ? last : id;
        // Now and then, not at each line: it looks at all of them.
        if (seen.size() - saved.size() > 2 * RECENT) {
            dropOldest();
        }
    }

    private void save(String id, Line line) {
        Line before = saved.get(id);
        String alias = line.alias() != null && JobBook.isAlias(line.alias()) ? line.alias() : null;
        String note = line.note();
        if (before != null) {
            alias = alias == null ? before.alias() : alias;
            note = note == null ? before.note() : note;
            idsByAlias.remove(before.alias());
        }
        String other = alias == null ? null : idsByAlias.put(alias, id);
        if (other != null) {
            saved.computeIfPresent(other, (key, loser) -> loser.withAliasAndNote(null, loser.note()));
        }
        if (before != null || other != null) {
            savedWords = null;
        } else if (savedWords != null) {
            addWords(savedWords, id, alias);
        }
        saved.put(id, (before == null ? line : before).withAliasAndNote(alias, note));
    }

    private void forget(String id, boolean everywhere) {
        Line gone = saved.remove(id);
        savedWords = null;
        if (gone != null && gone.alias() != null) {
            idsByAlias.remove(gone.alias());
        }
        if (everywhere && seen.remove(id) != null && id.equals(last)) {
            last = null;
            seen.forEach((newer, sight) -> last = sight.listed() ? last : newer);
        }
    }

    private void dropOldest() {
        List<String> recent = recent();
        recent.subList(Math.min(RECENT, recent.size()), recent.size()).stream()
                .filter(id -> !id.equals(last))
                .forEach(seen::remove);
    }

    /** Those that are not saved, newest first. */
    private List<String> recent() {
        List<String> recent = new ArrayList<>();
        for (String id : seen.keySet()) {
            if (!saved.containsKey(id)) {
                recent.add(id);
            }
        }
        Collections.reverse(recent);
        return recent;
    }

    List<JobBook.Entry> saved() {
        List<JobBook.Entry> entries = new ArrayList<>(saved.size());
        saved.keySet().forEach(id -> entries.add(describe(id)));
        return entries;
    }

    List<JobBook.Entry> known() {
        List<JobBook.Entry> entries = saved();
        recent().stream().limit(RECENT).forEach(id -> entries.add(describe(id)));
        return entries;
    }

    JobBook.Fitting fitting(String typed, int most) {
        Words recent = new Words();
        recent().stream().limit(RECENT).forEach(id -> recent.add(References.word(id)));
        JobBook.Fitting begin = fitting(recent, typed, false, most);
        if (!begin.entries().isEmpty()) {
            return begin;
        }
        JobBook.Fitting hold = fitting(recent, typed, true, most);
        return new JobBook.Fitting(
                hold.entries().isEmpty() ? fitting(recent, "", false, most).entries() : hold.entries(), null);
    }

    private JobBook.Fitting fitting(Words recent, String typed, boolean anywhere, int most) {
        Words.Found ofSaved = savedWords().find(typed, anywhere, most);
        Words.Found ofRecent = recent.find(typed, anywhere, most);
        Set<String> ids = new LinkedHashSet<>();
        Stream.concat(ofSaved.first().stream(), ofRecent.first().stream())
                .limit(most)
                .forEach(word -> ids.add(meant(word)));
        boolean all = ofSaved.count() + ofRecent.count() <= most;
        return new JobBook.Fitting(
                ids.stream().map(this::describe).toList(), all ? null : ofSaved.commonBeginning(ofRecent));
    }

    private String meant(String word) {
        if (!word.startsWith("@")) {
            return word;
        }
        String name = word.substring(1);
        return name.startsWith("@") ? name : idsByAlias.getOrDefault(name, name);
    }

    /** Made when it is needed first, and kept as long as no word of it is gone. */
    private Words savedWords() {
        Words words = savedWords;
        if (words == null) {
            Words all = new Words();
            saved.forEach((id, line) -> addWords(all, id, line.alias()));
            savedWords = all;
            words = all;
        }
        return words;
    }

    private static void addWords(Words words, String id, @Nullable String alias) {
        if (alias != null) {
            words.add("@" + alias);
        }
        words.add(References.word(id));
    }

    boolean knows(String id) {
        return seen.containsKey(id) || saved.containsKey(id);
    }

    Optional<JobBook.Entry> entry(String id) {
        return knows(id) ? Optional.of(describe(id)) : Optional.empty();
    }

    List<JobBook.Sighting> timeline(String id) {
        Line sight = seen.get(id);
        return sight == null ? List.of() : sight.timeline();
    }

    Optional<String> byAlias(String alias) {
        return Optional.ofNullable(idsByAlias.get(alias));
    }

    Optional<String> last() {
        return Optional.ofNullable(last);
    }

    Optional<String> row(int oneBased) {
        return oneBased >= 1 && oneBased <= rows.size() ? Optional.of(rows.get(oneBased - 1)) : Optional.empty();
    }

    /**
     * Everything, in as few lines as will do: read again, they give this shelf, but that the job shown last is the newest,
     * wherever lists have moved it.
     */
    List<Line> lines() {
        dropOldest();
        Line shown = last == null ? null : seen.remove(last);
        if (last != null && shown != null) {
            seen.put(last, shown);
        }
        List<Line> lines = new ArrayList<>(saved.values());
        lines.addAll(seen.values());
        if (!rows.isEmpty()) {
            lines.add(Line.rows(rows));
        }
        return lines;
    }

    private JobBook.Entry describe(String id) {
        Line sight = seen.get(id);
        Line keep = saved.get(id);
        return new JobBook.Entry(
                id,
                sight == null ? null : sight.name(),
                sight == null ? null : sight.status(),
                sight == null ? null : sight.at(),
                keep == null ? null : keep.alias(),
                keep == null ? null : keep.note(),
                keep == null ? null : keep.at(),
                timeline(id));
    }
}
