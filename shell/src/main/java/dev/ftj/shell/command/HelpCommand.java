package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Help;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.view.Screen;
import java.util.List;

/** {@code help [COMMAND]}. */
public final class HelpCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("help", "show all commands, or all of one command")
            .parameters(new Parameters("[COMMAND]", 0, 1, false, List.of()))
            .example("help get", "its options, arguments, examples and exit codes")
            .exit(2, "there is no such command")
            .build();

    private final Screen screen;
    private final Commands commands;

    public HelpCommand(Commands commands, Screen screen) {
        this.commands = commands;
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
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
