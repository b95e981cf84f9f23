package dev.ftj.book;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The saved and the recently seen jobs of one endpoint, as plain strings.
 *
 * <p>A book on disk may be open in any number of processes and threads: each sees what the others wrote, and a process that
 * is killed at any moment loses no save that has returned. Ids and names are kept as given, also what no terminal should
 * see; instants to the millisecond. Every method that reads or writes throws {@link IOException} with a message for the
 * user when the disk fails, or when its files are not safe to use (another user's directory, a link); nothing was written
 * then. Interrupts neither stop it nor get lost. Thread-safe.
 */
public final class JobBook {
    private static final int ROWS = 9;

    /** So many jobs of a list are remembered; those after them are not. */
    public static final int LISTED = Shelf.RECENT;

    private static final int LONGEST_NAME = 1_000;

    /** Null: in memory. */
    private final @Nullable BookFile file;

    /** Why nothing can be written; null if it can. */
    private final @Nullable String refusal;

    private final Shelf memory = new Shelf();

    private JobBook(@Nullable BookFile file, @Nullable String refusal) {
        this.file = file;
        this.refusal = refusal;
    }

    /**
     * What the book knows of a job.
     *
     * @param id as the server has it
     * @param jobName the job's own name when it was last seen; null when it had none or was never seen
     * @param status when it was last seen; null when it had none or was never seen
     * @param seenAt when it was last seen; null when never
     * @param alias the name that it was saved under, without {@code @}; null when there is none
     * @param note the user's; null when there is none
     * @param savedAt when it was first saved; null when it is not saved
     * @param timeline the statuses that it was seen in, oldest first, one for each change from one {@link #seen} to the
     *     next: the newest 32, of which none says what happened while nobody looked; empty when none was seen;
     *     unmodifiable
     */
    public record Entry(
            String id,
            @Nullable String jobName,
            @Nullable String status,
            @Nullable Instant seenAt,
            @Nullable String alias,
            @Nullable String note,
            @Nullable Instant savedAt,
            List<Sighting> timeline) {}

    /**
     * A status that a job was seen in.
     *
     * @param status as the server has it
     * @param at when it was seen in it first, after it had been seen in another: not when it came into it
     */
    public record Sighting(String status, Instant at) {}

    /**
     * The jobs that a typed word may become.
     *
     * @param entries the first of them, without their others where there are more; unmodifiable
     * @param beginning where there are more: what the words of all of them begin with; else null
     */
    public record Fitting(List<Entry> entries, @Nullable String beginning) {}

    /**
     * A row of a list.
     *
     * @param id empty for a job that cannot be asked for: its row is counted, and nothing is remembered of it
     * @param jobName null when it has none
     * @param status null when it has none
     */
    public record Row(
            String id, @Nullable String jobName, @Nullable String status) {}

    /**
     * The book of an endpoint. Touches no file until it is used, and makes none until it is written.
     *
     * @param directory holds the books of all endpoints; made when needed
     * @param endpoint its base URL, always spelled the same way
     * @return a book that holds no file open between two calls, so it needs no closing
     */
    public static JobBook open(Path directory, String endpoint) {
        return new JobBook(new BookFile(directory, endpoint), null);
    }

    /**
     * An empty book that ends with the process.
     *
     * @return a book that shares nothing with any other; its methods throw no {@link IOException}
     */
    public static JobBook inMemory() {
        return new JobBook(null, null);
    }

    /**
     * Returns an empty book that cannot be written.
     *
     * @param reason the message of the {@link IOException} of every change
     * @return a book that shares nothing with any other
     */
    public static JobBook nowhere(String reason) {
        return new JobBook(null, reason);
    }

    /**
     * Whether a job can be saved under this name: a letter or digit, then letters, digits, {@code .}, {@code _}, {@code -}
     * (ASCII); not {@code last}, and not digits alone, which have a meaning of their own.
     *
     * @param name without the {@code @}
     * @return whether it can be a name; true also where a job has it already
     */
    public static boolean isAlias(String name) {
        return !name.isEmpty()
                && (isLetter(name.charAt(0)) || isDigit(name.charAt(0)))
                && name.chars().allMatch(JobBook::isNameCharacter)
                && !name.chars().allMatch(JobBook::isDigit)
                && !name.equals("last");
    }

    /**
     * Remembers that a job was shown: it is the last one now. The newest 1,000 that are not saved are kept. Cheap: adds a
     * line, and reads nothing.
     *
     * @param id not empty
     * @param jobName kept to its first 1,000 characters; null when it has none
     * @param status null when it has none
     * @param at when
     * @throws IllegalArgumentException when {@code id} is empty
     * @throws IOException when the book cannot be written, or another process keeps its lock for 10 seconds
     */
    public synchronized void seen(String id, @Nullable String jobName, @Nullable String status, Instant at)
            throws IOException {
        Line line = Line.seen(checked(id), cut(jobName), cut(status), at);
        change(() -> {
            write(line, false);
            if (file != null) {
                file.addWords(List.of(id));
            }
            return id;
        });
    }

    /**
     * Remembers that a list was shown: its first {@link #LISTED} jobs are known now, in its order, and its first rows are
     * those of {@link #rows}. The last job shown stays what it was. One write, however many they are.
     *
     * @param rows in the order of the list, the same job perhaps in several; those after the first {@link #LISTED} are
     *     left out
     * @param at when
     * @throws IOException when the book cannot be written, or another process keeps its lock for 10 seconds
     */
    public synchronized void listed(List<Row> rows, Instant at) throws IOException {
        List<Row> first = rows.subList(0, Math.min(LISTED, rows.size()));
        List<Line> lines = new ArrayList<>(first.size() + 1);
        // the newest is offered first, and that is to be the first row
        for (int i = first.size() - 1; i >= 0; i--) {
            Row row = first.get(i);
            if (!row.id().isEmpty()) {
                lines.add(Line.listed(row.id(), cut(row.jobName()), cut(row.status()), at));
            }
        }
        List<String> ids = first.stream().map(Row::id).toList();
        lines.add(Line.rows(ids.subList(0, Math.min(ROWS, ids.size()))));
        change(() -> {
            write(lines, false);
            if (file != null) {
                file.addWords(ids);
            }
            return ids;
        });
    }

    /**
     * Keeps a job until it is forgotten. It is on the disk when this returns. Saving it again keeps what is not given anew.
     *
     * @param id not empty
     * @param alias a name ({@link #isAlias}) that is the job's own from now on; null for no other than it has
     * @param note null for no other than it has
     * @param at when
     * @return the other job that had this name before; that one stays saved, without a name
     * @throws IllegalArgumentException when {@code alias} is none, or {@code id} is empty
     * @throws IOException when the book cannot be written, or another process keeps its lock for 10 seconds
     */
    public synchronized Optional<String> save(String id, @Nullable String alias, @Nullable String note, Instant at)
            throws IOException {
        if (alias != null && !isAlias(alias)) {
            throw new IllegalArgumentException("not a name for a job: " + alias);
        }
        Line line = Line.saved(checked(id), alias, note, at);
        return change(() -> {
            Optional<String> before = alias == null ? Optional.empty() : shelf().byAlias(alias);
            write(line, true);
            list();
            return before.filter(other -> !other.equals(id));
        });
    }

    /**
     * Forgets a saved job by its name, or a job by its id: then it is no recent one either. A name comes before an id.
     *
     * @param idOrAlias a name without its {@code @}
     * @return whether there was anything to forget
     * @throws IOException when the book cannot be read or written, or another process keeps its lock for 10 seconds
     */
    public synchronized boolean forget(String idOrAlias) throws IOException {
        // Nothing to make, or to lock, for what is not there.
        if (!knows(idOrAlias)) {
            return false;
        }
        return change(() -> {
            if (!knows(idOrAlias)) {
                return false;
            }
            Optional<String> named = shelf().byAlias(idOrAlias);
            write(Line.forgotten(named.orElse(idOrAlias), named.isEmpty()), true);
            list();
            return true;
        });
    }

    /**
     * Sets what the rows {@code @1} to {@code @9} mean from now on, in later processes, too.
     *
     * @param ids in the order of the rows; those after the ninth are left out
     * @throws IOException when the book cannot be written, or another process keeps its lock for 10 seconds
     */
    public synchronized void rows(List<String> ids) throws IOException {
        Line line = Line.rows(ids.subList(0, Math.min(ROWS, ids.size())));
        change(() -> {
            write(line, false);
            return ids;
        });
    }

    /**
     * The saved jobs, in the order in which they were first saved.
     *
     * @return a list of the caller's own, which later changes of the book do not reach
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized List<Entry> saved() throws IOException {
        return read().saved();
    }

    /**
     * The saved jobs as in {@link #saved()}, then the others that were seen, newest first.
     *
     * @return a list of the caller's own, with all of the saved and at most 1,000 of the others
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized List<Entry> known() throws IOException {
        return read().known();
    }

    /**
     * The jobs that a word may become which is still being typed: those whose reference or id, as {@link References} reads
     * them, begins with it; else those where it stands anywhere; else all, since it may be mistyped. Of a book of 100,000
     * jobs this takes a few milliseconds.
     *
     * @param typed the word as far as it is typed, upper and lower case taken for the same
     * @param most so many of their words are looked at, and no more jobs are handed out
     * @return in the order of {@link #known()}
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized Fitting fitting(String typed, int most) throws IOException {
        return read().fitting(typed, most);
    }

    /**
     * The id of the job that was saved under a name.
     *
     * @param alias the name without its {@code @}, upper and lower case told apart
     * @return the id as it was saved; empty when no saved job has this name now
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized Optional<String> byAlias(String alias) throws IOException {
        return read().byAlias(alias);
    }

    /**
     * The id of the job that was shown last, by this or any other process, and not forgotten.
     *
     * @return the id as {@link #seen} was given it; empty when there is no such job
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized Optional<String> last() throws IOException {
        return read().last();
    }

    /**
     * The id of the job in a row as {@link #rows} set it.
     *
     * @param oneBased 1 for the first row
     * @return the id, even of a job forgotten since; empty when the last {@link #rows} had no such row
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized Optional<String> row(int oneBased) throws IOException {
        return read().row(oneBased);
    }

    /**
     * What is known of a job.
     *
     * @param id as the server has it, not a name
     * @return what the book says now; empty when the job was neither saved nor lately seen
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized Optional<Entry> entry(String id) throws IOException {
        return read().entry(id);
    }

    /**
     * The statuses that a job was seen in: those of its {@link #entry}, without reading the whole book for one job.
     *
     * @param id as the server has it, not a name
     * @return as {@link Entry#timeline()}; empty for a job of which nothing is known
     * @throws IOException when its files cannot be read or are not safe to use; a book without files is empty
     */
    public synchronized List<Sighting> timeline(String id) throws IOException {
        try {
            return file == null ? memory.timeline(id) : file.timeline(id);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * What the user should be told of the book's state since the last call; mostly nothing.
     *
     * @return a sentence each, oldest first, each told once; may hold paths, so they pass a sanitizer before a terminal
     */
    public synchronized List<String> reports() {
        return file == null ? List.of() : file.reports();
    }

    static boolean isNameCharacter(int c) {
        return isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '-';
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private boolean knows(String idOrAlias) throws IOException {
        Shelf shelf = read();
        return shelf.byAlias(idOrAlias).isPresent() || shelf.knows(idOrAlias);
    }

    private Shelf read() throws IOException {
        try {
            return shelf();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(IOException e) {
        return new IOException("cannot read the job book " + file + ": " + PrivateFiles.reason(e), e);
    }

    private <T> T change(Uninterrupted.Work<T> work) throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
        if (file == null) {
            return work.run();
        }
        try {
            return file.locked(work);
        } catch (IOException e) {
            throw new IOException("cannot write the job book " + file + ": " + PrivateFiles.reason(e), e);
        }
    }

    private Shelf shelf() throws IOException {
        return file == null ? memory : file.shelf();
    }

    private void write(Line line, boolean lasting) throws IOException {
        write(List.of(line), lasting);
    }

    private void write(List<Line> lines, boolean lasting) throws IOException {
        if (file == null) {
            lines.forEach(memory::apply);
        } else {
            file.append(lines, lasting);
        }
    }

    private void list() {
        if (file != null) {
            file.writeWords();
        }
    }

    private static String checked(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a job without an id");
        }
        return id;
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
