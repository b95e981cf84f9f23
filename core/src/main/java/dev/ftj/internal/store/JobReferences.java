package dev.ftj.internal.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the words for jobs: an id is itself; {@code @NAME} is a saved job, {@code @last} the last one shown, {@code @1}
 * to {@code @9} the rows of the last list, and {@code @@x} the id {@code @x}. What this process showed comes before what
 * others showed. Thread-safe.
 */
public final class JobReferences {
    private static final int ROWS = 9;

    private final JobBook book;
    private final boolean ownOnly;
    private volatile @Nullable String last;
    private volatile List<String> rows = List.of();

    /** A reference that leads to no job; the message says why, in one clause. */
    public static final class UnresolvedReference extends Exception {
        private static final long serialVersionUID = 1;

        UnresolvedReference(String why) {
            super(why);
        }
    }

    /**
     * References into a book.
     *
     * @param ownOnly whether {@code @last} and {@code @1} mean only what this process showed
     */
    public JobReferences(JobBook book, boolean ownOnly) {
        this.book = book;
        this.ownOnly = ownOnly;
    }

    /** Makes {@code @last} a job that this process showed. The book is not written. */
    public void shown(String id) {
        last = id;
    }

    /** Makes {@code @1} to {@code @9} the first rows that this process showed, and returns them. The book is not written. */
    public List<String> shownRows(List<String> ids) {
        rows = List.copyOf(ids.subList(0, Math.min(ROWS, ids.size())));
        return rows;
    }

    /** Forgets a job that was deleted, unless a user saved it. */
    public void deleted(String id) throws IOException {
        if (id.equals(last)) {
            last = null;
        }
        if (book.entry(id).filter(entry -> entry.savedAt() == null).isPresent()) {
            book.forget(id);
        }
    }

    /** Returns the id that this process showed last; null if none. */
    public @Nullable String last() {
        return last;
    }

    /** Returns the ids of the rows that this process showed last; empty if none. */
    public List<String> rows() {
        return rows;
    }

    /** Returns the id that a word means: itself, or what the reference leads to. */
    public String resolve(String word) throws IOException, UnresolvedReference {
        if (!word.startsWith("@") || word.startsWith("@@")) {
            return word.startsWith("@") ? word.substring(1) : word;
        }
        String name = word.substring(1);
        if (name.equals("last")) {
            Optional<String> own = Optional.ofNullable(last);
            return found(own.isPresent() || ownOnly ? own : book.last(), "no job was shown yet");
        }
        if (name.matches("[1-9]")) {
            return found(row(Integer.parseInt(name)), "the last list has no such row");
        }
        if (!JobBook.isAlias(name)) {
            throw new UnresolvedReference("a name is letters, digits, dots, dashes and underscores");
        }
        return found(book.byAlias(name), "no job is saved under this name");
    }

    /** Returns the word for an id, which must not look like a reference. */
    static String word(String id) {
        return id.startsWith("@") ? "@" + id : id;
    }

    private Optional<String> row(int number) throws IOException {
        List<String> own = rows;
        if (number <= own.size()) {
            return Optional.of(own.get(number - 1));
        }
        return ownOnly || !own.isEmpty() ? Optional.empty() : book.row(number);
    }

    private static String found(Optional<String> id, String otherwise) throws UnresolvedReference {
        return id.orElseThrow(() -> new UnresolvedReference(otherwise));
    }
}
