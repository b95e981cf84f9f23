package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.io.IOException;

/** {@code forget NAME|JOB...}: removes jobs from the local job book; the jobs themselves stay. */
public record ForgetCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forBook("forget", "remove saved or recent jobs from the job book")
                .parameters(Parameters.jobs("NAME|JOB...", 1, Parameters.MANY))
                .example("forget best", "remove the saved job of that name; the job itself stays")
                .exit(0, "all of them are removed")
                .exit(1, "one was not in the book, or the book cannot be written")
                .exit(2, "no job, or an unknown reference")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        JobMemory remembered = session.memory(arguments);
        JobBook book = remembered.book();
        ExitCode outcome = new ExitCode(session, console, arguments);
        boolean any = false;
        for (String known : JobIds.of(arguments, session, word -> nameOrId(word, arguments))) {
            any = true;
            try {
                if (!book.forget(known)) {
                    throw FineTuneException.ofJob(
                            Kind.LOCAL,
                            known,
                            "it is neither saved nor recent",
                            "See `" + session.typed(arguments, "saved") + "`");
                }
                console.say("forgot " + Sanitizer.oneLine(known));
            } catch (IOException e) {
                throw FineTuneException.ofJob(Kind.LOCAL, known, "it is not removed: " + e.getMessage(), null);
            } catch (FineTuneException e) {
                outcome.fail(e);
            }
        }
        if (!any) {
            console.say(JobIds.NOTHING);
        }
        return outcome.code();
    }

    /** A name is removed by itself, even if its job is unknown. */
    private String nameOrId(String word, CommandLine arguments) {
        return word.startsWith("@") && JobBook.isAlias(word.substring(1))
                ? word.substring(1)
                : session.names().reference(arguments, word);
    }
}
