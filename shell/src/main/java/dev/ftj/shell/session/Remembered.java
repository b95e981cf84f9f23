package dev.ftj.shell.session;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.book.JobBook;
import dev.ftj.book.JobBook.Row;
import dev.ftj.book.JobBook.Sighting;
import dev.ftj.shell.view.Screen;
import dev.ftj.text.Sanitizer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this session knows of the jobs of one endpoint: the book on disk, and what this shell showed last. A disk that
 * fails is a warning, once: the answer to the command still comes.
 */
public final class Remembered {
    private final JobBook book;
    private final Screen screen;
    private final boolean remembers;
    private final boolean ownOnly;
    private @Nullable String last;
    private List<String> rows = List.of();
    private boolean warned;

    /**
     * @param remembers false for {@code FTJ_REMEMBER=off}: what was shown is kept for this process alone
     * @param ownOnly whether {@code @last} and {@code @1} mean what this shell showed, never what another did
     */
    Remembered(JobBook book, Screen screen, boolean remembers, boolean ownOnly) {
        this.book = book;
        this.screen = screen;
        this.remembers = remembers;
        this.ownOnly = ownOnly;
    }

    /** The saved and recent jobs themselves. */
    public JobBook book() {
        return book;
    }

    /** Reads on another core what {@link #timeline} will read, while a request is under way: the first time is the slow one. */
    public void prepare() {
        if (remembers) {
            Thread reader = new Thread(() -> timeline(""), "ftj-book");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /**
     * The statuses that a job was seen in, up to the one that it has now; none where nothing is to be remembered, or the
     * book cannot be read.
     */
    public List<Sighting> timeline(FineTuneJob job) {
        String id = id(job);
        JobStatus status = job.status();
        List<Sighting> timeline = id == null || !remembers ? List.of() : timeline(id);
        if (status == null
                || (!timeline.isEmpty()
                        && timeline.get(timeline.size() - 1).status().equals(status.value()))) {
            return timeline;
        }
        List<Sighting> longer = new ArrayList<>(timeline);
        longer.add(new Sighting(status.value(), Instant.now()));
        return longer;
    }

    private List<Sighting> timeline(String id) {
        try {
            return book.timeline(id);
        } catch (IOException e) {
            return List.of(); // the warning comes when this job cannot be written down
        }
    }

    /** A record was shown. */
    public void shown(FineTuneJob job) {
        String id = id(job);
        if (id == null) {
            return;
        }
        last = id;
        JobStatus status = job.status();
        if (remembers) {
            quietly(() -> book.seen(id, job.name(), status == null ? null : status.value(), Instant.now()));
        }
    }

    private static @Nullable String id(FineTuneJob job) {
        return job.id() != null ? job.id() : job.uuid();
    }

    boolean hasShown() {
        return last != null;
    }

    /** Rows were shown; {@code @1} to {@code @9} mean them from now on. */
    public void shownRows(List<String> ids) {
        rows = List.copyOf(ids.subList(0, Math.min(9, ids.size())));
        if (remembers) {
            quietly(() -> book.rows(rows));
        }
    }

    /** A list was shown; its jobs are known, and {@code @1} to {@code @9} mean its rows, from now on. */
    public void listed(List<Row> list) {
        rows = list.stream().limit(9).map(Row::id).toList();
        if (remembers) {
            quietly(() -> book.listed(list, Instant.now()));
        }
    }

    /** A job is gone; what a user saved of it stays until it is forgotten. */
    public void deleted(String id) {
        last = id.equals(last) ? null : last;
        quietly(() -> {
            if (book.entry(id).filter(entry -> entry.savedAt() == null).isPresent()) {
                book.forget(id);
            }
        });
    }

    /**
     * The id that a word means.
     *
     * @param word an id, or a reference: {@code @NAME}, {@code @last}, {@code @1} to {@code @9}, {@code @@x}
     * @throws FineTuneException of kind {@code USAGE} where the reference leads nowhere
     */
    public String resolve(String word) {
        if (!word.startsWith("@")) {
            return word;
        }
        if (word.startsWith("@@")) {
            return word.substring(1);
        }
        String name = word.substring(1);
        try {
            if (name.equals("last")) {
                return last != null || ownOnly ? known(last, word, "no job was shown yet") : fromBook(word);
            }
            if (name.matches("[1-9]")) {
                int number = Integer.parseInt(name);
                return number <= rows.size()
                        ? rows.get(number - 1)
                        : known(
                                ownOnly || !rows.isEmpty()
                                        ? null
                                        : book.row(number).orElse(null),
                                word,
                                "the last list has no such row");
            }
            if (!JobBook.isAlias(name)) {
                throw nowhere(word, "a name is letters, digits, dots, dashes and underscores");
            }
            return known(book.byAlias(name).orElse(null), word, "no job is saved under this name");
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the job book cannot be read (" + e.getMessage() + ")", null);
        }
    }

    private String fromBook(String word) throws IOException {
        Optional<String> id = book.last();
        return known(id.orElse(null), word, "no job was shown yet");
    }

    private static String known(@Nullable String id, String word, String otherwise) {
        if (id == null) {
            throw nowhere(word, otherwise);
        }
        return id;
    }

    private static FineTuneException nowhere(String word, String why) {
        return FineTuneException.ofJob(
                Kind.USAGE, word, why, "See `saved`; an id that begins with @ is written with a second @ before it");
    }

    /** Tells what the book has to report, such as a damaged line that was set aside. */
    void report() {
        book.reports().forEach(this::warn);
    }

    private void quietly(BookWork work) {
        try {
            work.run();
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                warn("this job is not remembered: " + e.getMessage());
            }
        }
    }

    private void warn(String what) {
        screen.say("ftj: warning: " + Sanitizer.oneLine(what));
    }

    private interface BookWork {
        void run() throws IOException;
    }
}
