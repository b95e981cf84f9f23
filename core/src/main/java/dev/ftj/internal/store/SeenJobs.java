package dev.ftj.internal.store;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.store.JobBook.StatusObservation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were shown or listed, newest last, and the rows of the last list. A job's line has the fields id, name,
 * status, since (of the status, if earlier), at (when), listed (only in a list, so not the last job shown), and, in a rewritten file, timeline.
 */
final class SeenJobs {
    static final String KIND = "seen";
    static final String ROWS = "rows";

    private static final int LONGEST_TIMELINE = 32;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_ROWS = 9;

    final Map<String, BookLine> byId = new LinkedHashMap<>();
    List<String> rows = List.of();

    @Nullable
    String last;

    void clear() {
        byId.clear();
        rows = List.of();
        last = null;
    }

    boolean take(BookLine line) {
        String id = line.text("id");
        if (line.is(ROWS)) {
            rows = line.list("ids").stream()
                    .map(RawJson::text)
                    .filter(Objects::nonNull)
                    .toList();
            last = line.text("last") == null ? last : line.text("last");
        } else if (line.is(KIND) && id != null) {
            byId.put(id, merged(byId.remove(id), line));
            last = line.flag("listed") ? last : id;
        }
        return line.is(ROWS) || (line.is(KIND) && id != null);
    }

    Collection<BookLine> lines() {
        List<BookLine> lines = new ArrayList<>(byId.values());
        lines.add(BookLine.of(ROWS, "ids", rows, "last", last));
        return lines;
    }

    /** Returns the line of a job with what the line before it says of the past. */
    private static BookLine merged(@Nullable BookLine before, BookLine line) {
        List<RawJson> own = line.list("timeline");
        List<RawJson> timeline = new ArrayList<>(before == null || !own.isEmpty() ? own : before.list("timeline"));
        String status = line.text("status");
        Instant at = line.instant("at");
        RawJson newest = timeline.isEmpty() ? null : timeline.get(timeline.size() - 1);
        String present = newest == null ? null : newest.text("status");
        boolean same = status != null && present != null && present.strip().equalsIgnoreCase(status.strip());
        if (status != null && at != null && !same) {
            timeline.add(JsonWriter.objectOf(
                    "status", status, "at", since(line, newest, at).toEpochMilli()));
        }
        boolean listed = line.flag("listed") && (before == null || before.flag("listed"));
        return line.with("timeline", timeline.subList(Math.max(0, timeline.size() - LONGEST_TIMELINE), timeline.size()))
                .with("listed", listed ? true : null)
                .with("since", null);
    }

    /** Returns when a job took on its new status. A time before the status it had before is of another clock. */
    private static Instant since(BookLine line, @Nullable RawJson newest, Instant at) {
        Instant since = line.instant("since");
        Long before = newest == null ? null : BookLine.number(newest.field("at"));
        boolean contradicted = since != null && before != null && since.toEpochMilli() <= before;
        return since == null || contradicted ? at : since;
    }

    List<StatusObservation> timeline(String id) {
        return byId.containsKey(id) ? timeline(byId.get(id)) : List.of();
    }

    private static List<StatusObservation> timeline(@Nullable BookLine line) {
        List<StatusObservation> timeline = new ArrayList<>();
        for (RawJson seen : line == null ? List.<RawJson>of() : line.list("timeline")) {
            String status = seen.text("status");
            Long at = BookLine.number(seen.field("at"));
            if (status != null && at != null) {
                timeline.add(new StatusObservation(status, Instant.ofEpochMilli(at)));
            }
        }
        return List.copyOf(timeline);
    }

    /** Returns the timeline of a job in a file. Parses only its lines: 400 lines take a short process 15 ms. */
    static List<StatusObservation> timeline(String id, List<byte[]> file) {
        byte[] whole = BookLine.of(KIND, "id", id).bytes();
        byte[] start = Arrays.copyOf(whole, whole.length - 1);
        byte[] before = start;
        BookLine found = null;
        for (byte[] bytes : file) {
            if (Arrays.mismatch(bytes, start) == start.length && !isSameButTime(bytes, before)) {
                BookLine line = BookLine.parse(bytes);
                found = line == null ? found : merged(found, line);
                before = bytes;
            }
        }
        return timeline(found);
    }

    /** Returns whether two lines differ at most in the digits at their end, the instant. */
    private static boolean isSameButTime(byte[] line, byte[] before) {
        int i = line.length == before.length ? Arrays.mismatch(line, before) : 0;
        return i < 0
                || (i > 0
                        && new String(line, i, line.length - 1 - i, StandardCharsets.ISO_8859_1)
                                .chars()
                                .allMatch(Character::isDigit));
    }

    /** Drops all but the newest 1,000, and the last one shown. */
    List<BookLine> shorten() {
        List<BookLine> dropped = new ArrayList<>();
        for (String id : List.copyOf(byId.keySet()).subList(0, Math.max(0, byId.size() - JobBook.RECENT))) {
            BookLine line = id.equals(last) ? null : byId.remove(id);
            if (line != null) {
                dropped.add(line);
            }
        }
        return dropped;
    }

    void remove(String id) {
        byId.remove(id);
        if (id.equals(last)) {
            last = null;
            byId.forEach((newer, line) -> last = line.flag("listed") ? last : newer);
        }
    }

    static BookLine line(
            String id, @Nullable String jobName, @Nullable String status, @Nullable Instant since, Instant at) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a job without an id");
        }
        return BookLine.of(KIND, "id", id, "name", cut(jobName), "status", cut(status), "since", since, "at", at);
    }

    static BookLine rowsLine(List<String> ids) {
        return BookLine.of(ROWS, "ids", ids.subList(0, Math.min(MOST_ROWS, ids.size())));
    }

    /** Servers may send names of megabytes; a list shows a line. */
    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= LONGEST_NAME) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 1));
        return text.substring(0, splitsPair ? LONGEST_NAME - 1 : LONGEST_NAME);
    }
}
