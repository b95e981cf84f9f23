package dev.ftj.shell.command;

import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Commands;
import dev.ftj.shell.line.Help;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.view.Screen;
import java.util.List;

/** {@code help [COMMAND]}. */
public final class HelpCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("help", "show all commands, or all of one command")
            .operands(new Operands("[COMMAND]", 0, 1, false, List.of()))
            .example("help get", "its options, arguments, examples and exit codes")
            .exit(2, "there is no such command")
            .build();

    private final Screen screen;
    private Commands commands = new Commands(List.of(), List.of());

    public HelpCommand(Screen screen) {
        this.screen = screen;
    }

    /** All commands, this one included, which is therefore told last. */
    public void about(Commands all) {
        commands = all;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(Arguments arguments) {
        Help help = new Help(commands);
        int width = screen.readingWidth();
        screen.out()
                .print(
                        arguments.words().isEmpty()
                                ? help.overview(width)
                                : help.page(arguments.words().get(0), width));
        return 0;
    }
}
