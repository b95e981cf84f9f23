package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobId;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.io.IOException;
import java.time.Instant;

/** {@code save JOB}: keeps an id in the local job book; sends no request. */
public record SaveCommand(Session session, Console console) implements ShellCommand {
    static final String FORGETS = "a sandbox inside the process forgets with it. What keeps a job: the prompt"
            + " (`ftj --sandbox`), or a served sandbox (`ftj sandbox`)";

    @Override
    public CommandSpec spec() {
        return CommandSpec.forBook("save", "keep a job's id, under a name if you like")
                .parameters(Parameters.jobs("JOB", 1, 1))
                .options(Option.AS, Option.NOTE)
                .example("save ftj-1 --as best", "then: get @best")
                .example("save @last --note 'lr 2e-4'", "the job that was shown last, with a note")
                .exit(0, "it is on disk")
                .exit(1, "the job book cannot be written")
                .exit(2, "a bad id or name")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        JobMemory remembered = session.memory(arguments);
        JobId id = JobId.of(JobIds.referenced(arguments, session).single());
        String name = arguments.value(Option.AS);
        if (name != null && name.startsWith("@")) {
            name = name.substring(1);
        }
        if (name != null && !JobBook.isAlias(name)) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "not a name for a job: " + (name.isEmpty() ? "''" : name),
                    "Use a letter or digit, then letters, digits, dots, dashes, underscores; not `last`, not a number");
        }
        try {
            JobBook.Replaced replaced =
                    remembered.book().save(id.value(), name, arguments.value(Option.NOTE), Instant.now());
            if (replaced.owner() != null) {
                console.say(Sanitizer.oneLine("@" + name + " pointed to " + replaced.owner() + " until now"));
            }
            if (replaced.alias() != null) {
                console.say("@" + replaced.alias() + " was removed: a job has one name");
            }
        } catch (IOException e) {
            throw FineTuneException.ofJob(
                    Kind.LOCAL,
                    id.value(),
                    "it is not saved: " + e.getMessage(),
                    "Check the free space and the permissions, or set FTJ_HOME to another directory");
        }
        console.say("saved " + id + (name == null ? "" : " as @" + name)
                + (forgets(arguments, session) ? " until this process ends: " + FORGETS : ""));
        return 0;
    }

    /** Whether the job book is gone when the process is. */
    static boolean forgets(CommandLine line, Session session) {
        return line.has(Option.SANDBOX) && !session.isInteractive();
    }
}
