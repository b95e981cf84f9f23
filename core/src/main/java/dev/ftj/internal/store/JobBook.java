package dev.ftj.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The saved and the recently seen jobs of one endpoint, as plain strings. Thread-safe.
 *
 * <p>Any number of processes may have a book on disk open: each sees the changes of the others, and a process that is
 * killed at any moment loses no save that has returned. Ids and names are kept as given, also what no terminal should see;
 * instants to the millisecond. Every method that reads or writes throws {@link IOException} with a message for the user if
 * the disk fails, another process keeps the lock for 10 seconds, or the files are not safe to use (a link, another user's
 * directory); nothing was changed then. Interrupts neither stop it nor get lost.
 */
public final class JobBook {
    /** The number of recent jobs that are remembered, and of the rows of a list. */
    public static final int RECENT = 1_000;

    private static final BookLine NOTHING = BookLine.of(SavedJobs.KIND);

    private final SavedJobs saved = new SavedJobs();
    private final SeenJobs seen = new SeenJobs();
    /** Null: in memory. */
    private final @Nullable BookFiles files;

    /** Null: to be made on next use. */
    private @Nullable CompletionWords words;

    /** Why nothing can be written; null if it can. */
    private final @Nullable String refusal;

    private JobBook(@Nullable Path directory, String endpoint, @Nullable String refusal) {
        this.refusal = refusal;
        files = directory == null ? null : new BookFiles(directory, endpoint, saved, seen);
    }

    /**
     * The book's entry of a job: its name and status when it was last seen, the alias (without {@code @}) and note that it
     * was saved with.
     */
    public record Entry(
            String id,
            @Nullable String jobName,
            @Nullable String status,
            @Nullable Instant seenAt,
            @Nullable String alias,
            @Nullable String note,
            @Nullable Instant savedAt) {}

    /** A status, and when a job was first seen in it after another one: not when the job changed to it. */
    public record StatusObservation(String status, Instant at) {}

    /** Completion candidates; if there are more, only the first, and the common prefix of all. */
    public record Matches(List<Entry> entries, @Nullable String prefix) {}

    /** A row of a list. One with an empty id counts, but is not remembered. */
    public record Row(
            String id, @Nullable String jobName, @Nullable String status) {}

    /** The other job that had a name until it was given to this one, and the name that this job had until then. */
    public record Replaced(@Nullable String owner, @Nullable String alias) {}

    /** Returns the book of an endpoint, which is always spelled the same way. The first write creates the directory. */
    public static JobBook open(Path directory, String endpoint) {
        return new JobBook(directory, endpoint, null);
    }

    /** Returns an empty book that ends with the process. Its methods throw no {@link IOException}. */
    public static JobBook inMemory() {
        return new JobBook(null, "", null);
    }

    /** Returns an empty book of which every change fails with this message. */
    public static JobBook nowhere(String reason) {
        return new JobBook(null, "", reason);
    }

    /**
     * Returns whether a job can be saved under this name: a letter or digit, then letters, digits, {@code .}, {@code _},
     * {@code -} (ASCII); not {@code last} and not only digits, which have a meaning of their own.
     */
    public static boolean isAlias(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(JobBook::isNameCharacter)
                && "._-".indexOf(name.charAt(0)) < 0
                && !name.chars().allMatch(c -> c >= '0' && c <= '9')
                && !name.equals("last");
    }

    static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }

    /** Remembers that a job was shown: it is the last one now. Reads nothing, appends a line. */
    public void seen(String id, @Nullable String jobName, @Nullable String status, Instant at) throws IOException {
        seen(id, jobName, status, null, at);
    }

    /** The same. A status that is new in the timeline gets the time {@code since}, unless an older entry is later. */
    public synchronized void seen(
            String id, @Nullable String jobName, @Nullable String status, @Nullable Instant since, Instant at)
            throws IOException {
        boolean earlier = since != null && since.isBefore(at);
        remember(List.of(SeenJobs.line(id, jobName, status, earlier ? since : null, at)), List.of(id));
    }

    /** Remembers the first {@link #RECENT} jobs of a list, also as its {@link #rows} if {@code numbered}. */
    public synchronized void listed(List<Row> list, boolean numbered, Instant at) throws IOException {
        List<Row> first = list.subList(0, Math.min(RECENT, list.size()));
        List<BookLine> lines = new ArrayList<>();
        // The newest is offered first, and that shall be the first row.
        for (int i = first.size() - 1; i >= 0; i--) {
            Row row = first.get(i);
            if (!row.id().isEmpty()) {
                lines.add(SeenJobs.line(row.id(), row.jobName(), row.status(), null, at)
                        .with("listed", true));
            }
        }
        List<String> ids = first.stream().map(Row::id).toList();
        if (numbered) {
            lines.add(SeenJobs.rowsLine(ids));
        }
        if (!lines.isEmpty()) {
            remember(lines, ids);
        }
    }

    /** Sets the first nine rows of the last list, for later processes too. */
    public synchronized void rows(List<String> ids) throws IOException {
        remember(List.of(SeenJobs.rowsLine(ids)), List.of());
    }

    /**
     * Keeps a job until it is forgotten; it is on the disk when this returns. Saving it again keeps values that are
     * not given.
     */
    public synchronized Replaced save(String id, @Nullable String alias, @Nullable String note, Instant at)
            throws IOException {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a job without an id");
        }
        if (alias != null && !isAlias(alias)) {
            throw new IllegalArgumentException("not a name for a job: " + alias);
        }
        BookLine line = BookLine.of(SavedJobs.KIND, "id", id, "alias", alias, "note", note, "at", at);
        checkWritable();
        words = null;
        return files == null ? saved.save(id, line) : files.rewrite(() -> saved.save(id, line), this);
    }

    /** Forgets a saved job by its name, else all of a job by its id. Returns false if there is neither. */
    public synchronized boolean forget(String idOrAlias) throws IOException {
        if (byAlias(idOrAlias).isEmpty() && entry(idOrAlias).isEmpty()) {
            return false; // nothing to create or to lock
        }
        checkWritable();
        words = null;
        return files == null ? remove(idOrAlias) : files.rewrite(() -> remove(idOrAlias), this);
    }

    private boolean remove(String idOrAlias) {
        Optional<String> named = Optional.ofNullable(saved.idsByAlias.get(idOrAlias));
        boolean known = named.isPresent() || isKnown(idOrAlias);
        saved.remove(named.orElse(idOrAlias));
        if (named.isEmpty()) {
            seen.remove(idOrAlias);
        }
        return known;
    }

    /** Returns the saved jobs in the order in which they were first saved. */
    public synchronized List<Entry> saved() throws IOException {
        refresh();
        return saved.byId.keySet().stream().map(this::describe).toList();
    }

    /** Returns the saved jobs, then at most {@link #RECENT} others, newest first. */
    synchronized List<Entry> known() throws IOException {
        refresh();
        return words().known;
    }

    /** Returns the completion candidates for a typed word; at most {@code most}. */
    public synchronized Matches match(String typed, int most) throws IOException {
        refresh();
        return words().match(typed, most);
    }

    /** Returns the known jobs whose own name starts with a text, in any case; the saved ones first. */
    public synchronized List<Entry> named(String typed, int most) throws IOException {
        refresh();
        return words().known.stream()
                .filter(entry ->
                        entry.jobName() != null && entry.jobName().regionMatches(true, 0, typed, 0, typed.length()))
                .limit(most)
                .toList();
    }

    /** Returns the id of the job that has a name, given without its {@code @}. */
    public synchronized Optional<String> byAlias(String alias) throws IOException {
        refresh();
        return Optional.ofNullable(saved.idsByAlias.get(alias));
    }

    /** Returns the id of the job that was shown last, by any process, and not forgotten. */
    public synchronized Optional<String> last() throws IOException {
        refresh();
        return Optional.ofNullable(seen.last);
    }

    /** Returns the id in a row of the last list, counted from 1, even of a job forgotten since. */
    public synchronized Optional<String> row(int oneBased) throws IOException {
        refresh();
        return oneBased < 1 || oneBased > seen.rows.size()
                ? Optional.empty()
                : Optional.of(seen.rows.get(oneBased - 1));
    }

    /** Returns the entry of a job by its id; empty if it was neither saved nor lately seen. */
    public synchronized Optional<Entry> entry(String id) throws IOException {
        refresh();
        return isKnown(id) ? Optional.of(describe(id)) : Optional.empty();
    }

    /**
     * Returns the newest 32 changes of a job's status, oldest first; none if it is not one of the recent jobs. Does not read
     * the whole book for one job.
     */
    public synchronized List<StatusObservation> timeline(String id) throws IOException {
        return files == null ? seen.timeline(id) : files.timeline(id);
    }

    /** Returns warnings about the book's state for the user, a sentence each, once. May hold paths: sanitize it. */
    public synchronized List<String> reports() {
        return files == null ? List.of() : files.reports();
    }

    private void refresh() throws IOException {
        if (files != null && files.refresh()) {
            words = null;
        }
    }

    private void checkWritable() throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
    }

    private void remember(List<BookLine> lines, List<String> ids) throws IOException {
        checkWritable();
        words = null;
        if (files != null) {
            files.append(lines, ids, this);
        } else {
            lines.forEach(seen::take);
            saved.keepLastSeen(seen.shorten());
        }
    }

    private boolean isKnown(String id) {
        return saved.byId.containsKey(id) || seen.byId.containsKey(id);
    }

    CompletionWords words() {
        CompletionWords current = words;
        if (current == null) {
            Set<String> ids = new LinkedHashSet<>(saved.byId.keySet());
            int most = ids.size() + RECENT;
            List<String> newestLast = List.copyOf(seen.byId.keySet());
            for (int i = newestLast.size() - 1; i >= 0 && ids.size() < most; i--) {
                ids.add(newestLast.get(i));
            }
            current = new CompletionWords(ids.stream().map(this::describe).toList());
            words = current;
        }
        return current;
    }

    private Entry describe(String id) {
        BookLine kept = saved.byId.getOrDefault(id, NOTHING);
        BookLine sight = seen.byId.get(id);
        return new Entry(
                id,
                (sight != null ? sight : kept).text("name"),
                (sight != null ? sight : kept).text("status"),
                sight != null ? sight.instant("at") : kept.instant("seen"),
                kept.text("alias"),
                kept.text("note"),
                kept.instant("at"));
    }
}
