package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import java.util.ArrayList;
import java.util.List;

/** Runs a command line; any failure becomes an error message and an exit code. */
final class LineExecutor {
    private final SpringShell shell;
    private final Commands commands;
    private final Session session;
    private final Console console;
    private boolean reported;

    LineExecutor(CommandTable table, Session session, Console console) {
        this.shell = new SpringShell(table, console.out());
        this.commands = table.commands();
        this.session = session;
        this.console = console;
    }

    /**
     * Parses and runs a line of the prompt or of a script.
     *
     * @return the exit code
     */
    int run(String line) {
        CommandLine parsed;
        try {
            parsed = commands.parse(line);
            if (parsed.command().isEmpty()) {
                throw FineTuneException.of(Kind.USAGE, "options without a command", "Type help");
            }
        } catch (FineTuneException e) {
            return failed(e, session.options());
        }
        return run(parsed);
    }

    /**
     * Runs a parsed line.
     *
     * @return the exit code
     */
    int run(CommandLine parsed) {
        CommandSpec spec = commands.find(parsed.command());
        CommandLine line = session.withOptions(parsed, spec);
        try {
            console.colour(line.value(Option.COLOR));
            refuseKey(line);
            if (spec != null && !spec.versions().isEmpty()) {
                session.requireVersion(line, spec.name(), spec.versions().get(0));
            }
            int code = shell.run(line);
            session.report();
            return console.flush() ? code : 0;
        } catch (FineTuneException e) {
            return failed(e, line);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(ErrorView.unforeseen(e), line);
        } finally {
            console.colour(session.options().value(Option.COLOR));
        }
    }

    /** A key that was pasted into a line is neither sent nor kept. */
    private void refuseKey(CommandLine line) {
        List<String> typed = new ArrayList<>(line.words());
        for (CommandLine.Given given : line.options()) {
            typed.add(given.value());
        }
        for (String word : typed) {
            if (!session.keys().redact(word).equals(word)) {
                throw FineTuneException.of(
                        Kind.USAGE,
                        "a word of this line is the API key",
                        "Nothing was sent or kept; the key is never an argument");
            }
        }
    }

    /**
     * Reports that a line was cancelled, unless it reported a failure itself. For the thread of a signal: the one that runs
     * the line may be blocked.
     */
    synchronized void reportCancelled(CommandLine line) {
        if (!reported) {
            reported = true;
            console.abandonData();
            FineTuneException cancelled = FineTuneException.of(Kind.CANCELLED, "cancelled", null);
            new ErrorView(console, line).show(cancelled);
        }
    }

    private synchronized int failed(FineTuneException failure, CommandLine line) {
        reported = true;
        try {
            if (!console.flush()) {
                return 0;
            }
        } catch (FineTuneException e) {
            // the failure to show is the first one, or this one
        }
        new ErrorView(console, line).show(session.names().explained(line, failure));
        return failure.kind().exitCode();
    }
}
