package dev.ftj.shell.session;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.JobBook.Row;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.store.JobReferences;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.script.JobReference;
import dev.ftj.shell.view.Screen;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this session knows of the jobs of one endpoint: the book on disk, and what this shell showed last. A disk that
 * fails is a warning, once: the answer to the command still comes.
 */
public final class Remembered {
    private final JobBook book;
    private final Screen screen;
    private final boolean remembers;
    private final JobReferences references;
    private boolean warned;

    /**
     * @param remembers false for {@code FTJ_REMEMBER=off}: what was shown is kept for this process alone
     * @param ownOnly whether {@code @last} and {@code @1} mean what this shell showed, never what another did
     */
    Remembered(JobBook book, Screen screen, boolean remembers, boolean ownOnly) {
        this.book = book;
        this.screen = screen;
        this.remembers = remembers;
        this.references = new JobReferences(book, ownOnly);
    }

    /** The saved and recent jobs themselves. */
    public JobBook book() {
        return book;
    }

    /** Reads on another core what {@link #timeline} will read, while a request is under way: the first time is the slow one. */
    public void prepare() {
        if (remembers) {
            onAnotherCore(() -> timeline(""));
        }
    }

    /** Reads the whole book on another core, while a person still types: a large one would be felt at the first completion. */
    public void open() {
        onAnotherCore(() -> {
            try {
                book.match("", 1);
            } catch (IOException e) {
                // whoever needs the book will say so
            }
        });
    }

    private static void onAnotherCore(Runnable reading) {
        Thread reader = new Thread(reading, "ftj-book");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * The statuses that a job was seen in, up to the one that it has now; none where nothing is to be remembered, or the
     * book cannot be read.
     */
    public List<StatusObservation> timeline(FineTuneJob job) {
        String id = id(job);
        return timeline(id == null || !remembers ? List.of() : timeline(id), job);
    }

    private static List<StatusObservation> timeline(List<StatusObservation> known, FineTuneJob job) {
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
        // a job does not change its status after its last update, unless the clocks differ, which the order shows
        Instant updated = job.updatedAt();
        if (updated != null
                && updated.isBefore(seen.at())
                && (timeline.isEmpty()
                        || updated.isAfter(timeline.get(timeline.size() - 1).at()))) {
            seen = new StatusObservation(seen.status(), updated);
        }
        timeline.add(seen);
        return timeline;
    }

    private List<StatusObservation> timeline(String id) {
        try {
            return book.timeline(id);
        } catch (IOException e) {
            return List.of(); // the warning comes when this job cannot be written down
        }
    }

    /** A record was shown. */
    public void shown(FineTuneJob job) {
        String id = id(job);
        if (id == null || id.isEmpty()) {
            return;
        }
        references.shown(id);
        JobStatus status = job.status();
        if (remembers) {
            String shown = status == null ? null : status.value();
            quietly(() -> book.seen(id, job.name(), shown, job.updatedAt(), Instant.now()));
        }
    }

    private static @Nullable String id(FineTuneJob job) {
        return job.id() != null ? job.id() : job.uuid();
    }

    /** What {@code @last} means in this process; null where nothing was shown. */
    public @Nullable String last() {
        return references.last();
    }

    /** What {@code @1} to {@code @9} mean in this process. */
    public List<String> rows() {
        return references.rows();
    }

    /**
     * Makes rows that were shown {@code @1} to {@code @9} from now on; for other processes only if they were shown at a
     * terminal.
     */
    public void shownRows(List<String> ids) {
        List<String> rows = references.shownRows(ids);
        if (remembers && screen.terminals().out()) {
            quietly(() -> book.rows(rows));
        }
    }

    /** Remembers the jobs of a list, and, if it is complete, its rows as {@link #shownRows} does. */
    public void listed(List<Row> list, boolean complete) {
        if (complete) {
            references.shownRows(list.stream().map(Row::id).toList());
        }
        if (remembers) {
            quietly(() -> book.listed(list, complete && screen.terminals().out(), Instant.now()));
        }
    }

    /** A job is gone; what a user saved of it stays until it is forgotten. */
    public void deleted(String id) {
        quietly(() -> references.deleted(id));
    }

    /**
     * The id that a word means.
     *
     * @param word an id, or a reference: {@code @NAME}, {@code @last}, {@code @1} to {@code @9}, {@code @@x}
     * @param names where the user finds the names, as the beginning of a sentence
     * @throws FineTuneException of kind {@code USAGE} where the reference leads nowhere
     */
    String resolve(String word, String names) {
        return JobReference.resolve(references, word, names);
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
