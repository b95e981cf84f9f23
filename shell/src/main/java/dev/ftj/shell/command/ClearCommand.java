package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.view.Screen;

/** {@code clear}: clears the screen of a terminal. */
public final class ClearCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("clear", "clear the screen")
            .exit(0, "always")
            .promptOnly()
            .build();

    private final Screen screen;

    public ClearCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        screen.clear();
        return 0;
    }
}
