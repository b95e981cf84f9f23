package dev.ftj.internal.memory;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.store.JobBook.Row;
import dev.ftj.internal.store.JobBook.StatusObservation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the jobs of one endpoint: the job book, and the jobs that this process showed last, which come first.
 * Resolves references. A book that cannot be written is a warning, once, and never a failure of the command. Thread-safe.
 */
public final class JobMemory {
    private static final int ROWS = 9;

    private final JobBook book;
    private final boolean remembers;
    private final boolean ownOnly;
    private final boolean sharesRows;
    private final Consumer<String> warning;
    private boolean warned;
    private volatile @Nullable String last;
    private volatile List<String> rows = List.of();

    /**
     * A memory beside a book.
     *
     * @param remembers whether shown jobs are also written to the book ({@code FTJ_REMEMBER})
     * @param ownOnly whether {@code @last} and {@code @1} refer only to what this process showed
     * @param sharesRows whether the rows of a list become {@code @1} to {@code @9} of other processes
     * @param warning receives the book's warnings for the user; may hold paths
     */
    public JobMemory(JobBook book, boolean remembers, boolean ownOnly, boolean sharesRows, Consumer<String> warning) {
        this.book = book;
        this.remembers = remembers;
        this.ownOnly = ownOnly;
        this.sharesRows = sharesRows;
        this.warning = warning;
    }

    /** Returns the saved and recent jobs. */
    public JobBook book() {
        return book;
    }

    /** Returns the row of a job in a list; its id is empty if the job has none. */
    public static Row row(FineTuneJob job) {
        return new Row(Objects.requireNonNullElse(job.idOrUuid(), ""), job.name(), status(job));
    }

    /** Remembers a record that is shown: it is {@code @last} now. */
    public void shown(FineTuneJob job) {
        String id = job.idOrUuid();
        if (id == null || id.isEmpty()) {
            return;
        }
        last = id;
        if (remembers) {
            try {
                book.seen(id, job.name(), status(job), job.updatedAt(), Instant.now());
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Makes the rows of a table {@code @1} to {@code @9}. */
    public void shownRows(List<String> ids) {
        rows = first(ids);
        if (remembers && sharesRows) {
            try {
                book.rows(rows);
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Remembers the jobs of a list and, if the list is complete, its rows as {@link #shownRows} does. */
    public void listed(List<Row> list, boolean complete) {
        if (complete) {
            rows = first(list.stream().map(Row::id).toList());
        }
        if (remembers) {
            try {
                book.listed(list, complete && sharesRows, Instant.now());
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Forgets a job that was deleted, unless a user saved it. */
    public void deleted(String id) {
        if (id.equals(last)) {
            last = null;
        }
        try {
            if (book.entry(id).filter(entry -> entry.savedAt() == null).isPresent()) {
                book.forget(id);
            }
        } catch (IOException e) {
            failed(e);
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

    /**
     * Returns the statuses that a job was seen in, oldest first, up to its present one; empty if nothing is remembered or
     * the book cannot be read.
     */
    public List<StatusObservation> timeline(FineTuneJob job) {
        String id = job.idOrUuid();
        List<StatusObservation> known = id == null || !remembers ? List.of() : timeline(id);
        JobStatus status = job.status();
        if (status == null) {
            return known;
        }
        List<StatusObservation> timeline = new ArrayList<>(known);
        StatusObservation seen = known.isEmpty() ? null : timeline.remove(known.size() - 1);
        if (seen == null || !JobStatus.of(seen.status()).equals(status)) {
            if (seen != null) {
                timeline.add(seen);
            }
            seen = new StatusObservation(status.value(), Instant.now());
        }
        // the status is at least as old as the last update, unless clocks differ, which the order shows
        Instant updated = job.updatedAt();
        boolean inOrder = timeline.isEmpty()
                || (updated != null
                        && updated.isAfter(timeline.get(timeline.size() - 1).at()));
        if (updated != null && inOrder && updated.isBefore(seen.at())) {
            seen = new StatusObservation(seen.status(), updated);
        }
        timeline.add(seen);
        return timeline;
    }

    private List<StatusObservation> timeline(String id) {
        try {
            return book.timeline(id);
        } catch (IOException e) {
            return List.of(); // the warning comes when this job cannot be written
        }
    }

    /**
     * Resolves a user's word for a job.
     *
     * @param word an id, or a reference: {@code @NAME}, {@code @last}, {@code @1} to {@code @9}, {@code @@x} for the id
     *     {@code @x}
     * @param names a sentence that names the command for listing them
     * @return the id, whatever it holds
     * @throws FineTuneException of kind {@code USAGE} if the reference is unknown, {@code LOCAL} if the book cannot be read
     */
    public String resolve(String word, String names) {
        if (!word.startsWith("@")) {
            return word;
        }
        String name = word.substring(1);
        if (name.startsWith("@")) {
            return name;
        }
        try {
            if (name.equals("last")) {
                String own = last;
                Optional<String> shown = own != null || ownOnly ? Optional.ofNullable(own) : book.last();
                return found(shown, word, "no job was shown yet", names);
            }
            if (name.matches("[1-9]")) {
                return found(
                        row(Integer.parseInt(name)),
                        word,
                        "the last list on a terminal has no such row; one in a pipe numbers none",
                        names);
            }
            boolean valid = JobBook.isAlias(name);
            return found(
                    valid ? book.byAlias(name) : Optional.empty(),
                    word,
                    valid
                            ? "no job is saved under this name"
                            : "a name is letters, digits, dots, dashes and underscores",
                    names);
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the job book cannot be read (" + e.getMessage() + ")", null);
        }
    }

    private static String found(Optional<String> id, String word, String otherwise, String names) {
        return id.orElseThrow(() -> FineTuneException.ofJob(
                Kind.USAGE,
                word,
                otherwise,
                names + "; an id that begins with @ is written with a second @ before it"));
    }

    private Optional<String> row(int number) throws IOException {
        List<String> own = rows;
        if (number <= own.size()) {
            return Optional.of(own.get(number - 1));
        }
        return ownOnly || !own.isEmpty() ? Optional.empty() : book.row(number);
    }

    /**
     * Returns the id that is saved under a word without its {@code @}; null if there is none, or the word is an id
     * itself.
     */
    public @Nullable String savedAs(String word) {
        try {
            return JobBook.isAlias(word)
                    ? book.byAlias(word).filter(id -> !id.equals(word)).orElse(null)
                    : null;
        } catch (IOException e) {
            return null; // a book that cannot be read names nothing
        }
    }

    /** Returns the ids of known jobs whose name is this text. */
    public List<String> named(String name) {
        try {
            return book.named(name, ROWS).stream()
                    .filter(entry -> name.equals(entry.jobName()))
                    .map(Entry::id)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Reports the state of the book, such as a damaged line that was set aside. */
    public void report() {
        for (String report : book.reports()) {
            warning.accept(report);
        }
    }

    private void failed(IOException failure) {
        synchronized (this) {
            if (warned) {
                return;
            }
            warned = true;
        }
        warning.accept("this job is not remembered: " + failure.getMessage());
    }

    private static List<String> first(List<String> ids) {
        return List.copyOf(ids.subList(0, Math.min(ROWS, ids.size())));
    }

    private static @Nullable String status(FineTuneJob job) {
        JobStatus status = job.status();
        return status == null ? null : status.value();
    }
}
