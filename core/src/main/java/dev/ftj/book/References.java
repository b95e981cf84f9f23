package dev.ftj.book;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the words for jobs mean: an id is itself; {@code @NAME} is a saved job, {@code @last} the one shown last,
 * {@code @1} to {@code @9} the rows of the last list, and {@code @@x} the id {@code @x}. What this process showed comes
 * before what the book says that others showed. Thread-safe.
 */
public final class References {
    private static final int ROWS = 9;

    private final JobBook book;
    private final boolean ownOnly;
    private volatile @Nullable String last;
    private volatile List<String> rows = List.of();

    /** A reference that leads to no job; the message says why, in one clause. */
    public static final class Dangling extends Exception {
        private static final long serialVersionUID = 1;

        Dangling(String why) {
            super(why);
        }
    }

    /**
     * The references into one book.
     *
     * @param book where names are, and what other processes showed
     * @param ownOnly whether {@code @last} and {@code @1} mean what this process showed, never what another did
     */
    public References(JobBook book, boolean ownOnly) {
        this.book = book;
        this.ownOnly = ownOnly;
    }

    /**
     * This process showed a job: {@code @last} means it from now on. The book is not written.
     *
     * @param id as the server has it
     */
    public void shown(String id) {
        last = id;
    }

    /**
     * This process showed rows: {@code @1} to {@code @9} mean them from now on. The book is not written.
     *
     * @param ids in the order of the rows; those after the ninth are left out
     * @return the rows that now have a number
     */
    public List<String> shownRows(List<String> ids) {
        rows = List.copyOf(ids.subList(0, Math.min(ROWS, ids.size())));
        return rows;
    }

    /**
     * A job is gone: {@code @last} means it no longer, and the book forgets it; what a user saved of it stays.
     *
     * @param id as the server had it
     * @throws IOException where the book cannot be read or written
     */
    public void deleted(String id) throws IOException {
        if (id.equals(last)) {
            last = null;
        }
        if (book.entry(id).filter(entry -> entry.savedAt() == null).isPresent()) {
            book.forget(id);
        }
    }

    /**
     * The job that this process showed last.
     *
     * @return its id; null where none was shown
     */
    public @Nullable String last() {
        return last;
    }

    /**
     * The rows that this process showed last.
     *
     * @return the ids that {@code @1} to {@code @9} mean, in their order; empty where none were shown
     */
    public List<String> rows() {
        return rows;
    }

    /**
     * The id that a word means.
     *
     * @param word an id, which is taken as it is, or a reference
     * @return the id, whatever it holds
     * @throws Dangling where the reference leads to no job
     * @throws IOException where the book cannot be read
     */
    public String resolve(String word) throws IOException, Dangling {
        if (!word.startsWith("@")) {
            return word;
        }
        String name = word.substring(1);
        if (name.startsWith("@")) {
            return name;
        }
        if (name.equals("last")) {
            String own = last;
            boolean known = own != null || ownOnly;
            return orDangling(known ? own : book.last().orElse(null), "no job was shown yet");
        }
        if (name.matches("[1-9]")) {
            return orDangling(row(Integer.parseInt(name)), "the last list has no such row");
        }
        if (!JobBook.isAlias(name)) {
            throw new Dangling("a name is letters, digits, dots, dashes and underscores");
        }
        return orDangling(book.byAlias(name).orElse(null), "no job is saved under this name");
    }

    /** The word for an id, which must not look like a reference. */
    static String word(String id) {
        return id.startsWith("@") ? "@" + id : id;
    }

    private @Nullable String row(int number) throws IOException {
        List<String> own = rows;
        if (number <= own.size()) {
            return own.get(number - 1);
        }
        return ownOnly || !own.isEmpty() ? null : book.row(number).orElse(null);
    }

    private static String orDangling(@Nullable String id, String why) throws Dangling {
        if (id == null) {
            throw new Dangling(why);
        }
        return id;
    }
}
