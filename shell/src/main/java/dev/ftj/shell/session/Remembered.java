package dev.ftj.shell.session;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.book.JobBook;
import dev.ftj.book.References;
import dev.ftj.shell.view.Screen;
import dev.ftj.text.Sanitizer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What this session knows of the jobs of one endpoint: the book on disk, and what this shell showed last. A disk that
 * fails is a warning, once: the answer to the command still comes.
 */
public final class Remembered {
    private final JobBook book;
    private final Screen screen;
    private final boolean remembers;
    private final References references;
    private boolean warned;

    /**
     * @param remembers false for {@code FTJ_REMEMBER=off}: what was shown is kept for this process alone
     * @param ownOnly whether {@code @last} and {@code @1} mean what this shell showed, never what another did
     */
    Remembered(JobBook book, Screen screen, boolean remembers, boolean ownOnly) {
        this.book = book;
        this.screen = screen;
        this.remembers = remembers;
        this.references = new References(book, ownOnly);
    }

    /** The saved and recent jobs themselves. */
    public JobBook book() {
        return book;
    }

    /** A record was shown. */
    public void shown(FineTuneJob job) {
        String id = job.id() != null ? job.id() : job.uuid();
        if (id == null) {
            return;
        }
        references.shown(id);
        JobStatus status = job.status();
        if (remembers) {
            quietly(() -> book.seen(id, job.name(), status == null ? null : status.value(), Instant.now()));
        }
    }

    boolean hasShown() {
        return references.last() != null;
    }

    /** Rows were shown; {@code @1} to {@code @9} mean them from now on. */
    public void shownRows(List<String> ids) {
        List<String> rows = references.shownRows(ids);
        if (remembers) {
            quietly(() -> book.rows(rows));
        }
    }

    /**
     * The id that a word means.
     *
     * @param word an id, or a reference: {@code @NAME}, {@code @last}, {@code @1} to {@code @9}, {@code @@x}
     * @throws FineTuneException of kind {@code USAGE} where the reference leads nowhere
     */
    public String resolve(String word) {
        try {
            return references.resolve(word);
        } catch (References.Dangling e) {
            throw FineTuneException.ofJob(
                    Kind.USAGE,
                    word,
                    String.valueOf(e.getMessage()),
                    "See `saved`; an id that begins with @ is written with a second @ before it");
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the job book cannot be read (" + e.getMessage() + ")", null);
        }
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
