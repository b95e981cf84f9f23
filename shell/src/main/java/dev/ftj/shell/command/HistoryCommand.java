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
public record HistoryCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("history", "show what was typed at the prompt, oldest first")
                .example("history", "Ctrl-R at the prompt searches it")
                .exit(0, "shown, also if there is none")
                .exit(1, "the history file cannot be read")
                .build();
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
