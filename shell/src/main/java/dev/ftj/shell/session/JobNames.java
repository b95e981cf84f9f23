package dev.ftj.shell.session;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.Console;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The saved and recent jobs of each endpoint of a session, and the names that a line may use for them. */
public final class JobNames {
    private final Session session;
    private final LocalDirectories directories;
    private final Console console;
    private final Map<Endpoint, JobMemory> memories = new HashMap<>();

    JobNames(Session session, LocalDirectories directories, Console console) {
        this.session = session;
        this.directories = directories;
        this.console = console;
    }

    /** Returns the saved and recent jobs of a line's endpoint. */
    JobMemory memory(CommandLine line) {
        Endpoint endpoint = session.endpoint(line);
        JobMemory known = memories.get(endpoint);
        if (known == null) {
            boolean inMemory = line.has(Option.SANDBOX);
            boolean atPrompt = session.isInteractive();
            // if there is no directory for the history either, the prompt has already warned
            boolean remembers = directories.remembers() && (inMemory || !atPrompt || directories.state() != null);
            JobBook book = inMemory ? JobBook.inMemory() : directories.book(endpoint.toString());
            known = new JobMemory(
                    book,
                    remembers,
                    atPrompt,
                    console.terminals().out(),
                    report -> console.say("ftj: warning: " + Sanitizer.oneLine(report)));
            memories.put(endpoint, known);
        }
        return known;
    }

    void report() {
        for (JobMemory memory : memories.values()) {
            memory.report();
        }
    }

    /**
     * Resolves an id or a reference of a line; sends no request.
     *
     * @throws FineTuneException of kind {@code USAGE} if it is an unknown reference
     */
    public String reference(CommandLine line, String word) {
        String hint = line.has(Option.SANDBOX) && !session.isInteractive()
                ? "A sandbox inside the process forgets its jobs when the process ends: use the prompt (`ftj --sandbox`) or"
                        + " a served one (`ftj sandbox`)"
                : "See `" + session.typed(line.without(Option.API_KEY_FILE), "saved") + "`";
        return memory(line).resolve(word, hint);
    }

    /**
     * Resolves a word of a line to a job's id, as {@link #reference} does. The name of a saved job may stand without its
     * {@code @} if the server has no job with that id.
     *
     * @throws FineTuneException of kind {@code USAGE} if it is an unknown reference
     */
    public String resolve(CommandLine line, String word) {
        String id = reference(line, word);
        if (!id.equals(word) || memory(line).savedAs(word) == null) {
            return id;
        }
        try {
            session.client(line).job(id);
            return id;
        } catch (FineTuneException e) {
            String saved = e.kind() == Kind.NOT_FOUND ? savedAs(line, word) : null;
            return saved == null ? id : saved;
        }
    }

    /** Returns the id that is saved under a word without its {@code @}, and says so on stderr; null if there is none. */
    public @Nullable String savedAs(CommandLine line, String word) {
        String saved = memory(line).savedAs(word);
        if (saved != null) {
            console.say(Sanitizer.oneLine("ftj: no job has the id " + word + ": using @" + word + " (" + saved + ")"));
        }
        return saved;
    }

    /** Adds the id to use to a "not found" of a word that is the name of a known job. */
    public FineTuneException explained(CommandLine line, FineTuneException failure) {
        String id = failure.jobId();
        if (failure.kind() != Kind.NOT_FOUND || id == null) {
            return failure;
        }
        List<String> named = memory(line).named(id);
        String saved = memory(line).savedAs(id);
        if (saved != null) {
            return failure.withHint("It is a saved name: use @" + id + " (" + saved + ")");
        }
        return named.isEmpty()
                ? failure
                : failure.withHint(
                        "It is the name of " + (named.size() == 1 ? "a job: use its id " : "jobs: use an id of ")
                                + String.join(", ", named));
    }
}
