package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.completion.CompletionScript;
import dev.ftj.shell.view.Console;
import java.io.IOException;

/** {@code completion SHELL}: a completion script for the user's own shell. */
public record CompletionCommand(Commands commands, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("completion", "print a completion script that knows the saved ids, too")
                .parameters(Parameters.choice(String.join("|", CompletionScript.SHELLS), 1, 1, CompletionScript.SHELLS))
                .example("completion bash > ~/.local/share/bash-completion/completions/ftj", "for bash")
                .exit(0, "printed")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        String shell = arguments.words().get(0);
        try {
            console.out().print(CompletionScript.of(shell, commands));
            return 0;
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the script for " + shell + " cannot be read", "Install ftj again");
        }
    }
}
