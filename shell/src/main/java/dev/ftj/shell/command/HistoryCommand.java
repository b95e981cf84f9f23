package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.io.IOException;

/** {@code history}: the lines that were typed at the prompt, oldest first. */
public final class HistoryCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named(
                    "history", "show what was typed at the prompt, oldest first")
            .example("history", "Ctrl-R at the prompt searches it")
            .exit(0, "shown, also if there is none")
            .exit(1, "the history file cannot be read")
            .build();

    private final Session session;
    private final Console console;

    public HistoryCommand(Session session, Console console) {
        this.session = session;
        this.console = console;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        try {
            for (String line : session.history().lines()) {
                console.out().println(Sanitizer.oneLine(line));
            }
            return 0;
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the history cannot be read: " + e.getMessage(), null);
        }
    }
}
