package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.view.Console;

/** {@code clear}: clears the screen of a terminal. */
public final class ClearCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("clear", "clear the screen")
            .exit(0, "always")
            .promptOnly()
            .build();

    private final Console console;

    public ClearCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        console.clear();
        return 0;
    }
}
