package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.view.Console;

/** {@code clear}: clears the screen of a terminal. */
public record ClearCommand(Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("clear", "clear the screen")
                .exit(0, "always")
                .promptOnly()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        console.clear();
        return 0;
    }
}
