package dev.ftj.shell.command;

import dev.ftj.internal.json.RawJson;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Help;
import dev.ftj.shell.args.HelpData;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.view.Console;
import java.util.List;

/** {@code help [COMMAND]}. */
public record HelpCommand(Commands commands, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("help", "show all commands, or one command")
                .parameters(new Parameters("[COMMAND]", 0, 1, false, List.of()))
                .option(Option.OUTPUT, "text", "json")
                .example("help get", "its options, arguments, examples and exit codes")
                .example("help -o json", "commands, arguments, options and exit codes as data")
                .exit(0, "shown")
                .exit(2, "there is no such command")
                .build();
    }

    @Override
    public int run(CommandLine line) {
        String name = line.words().isEmpty() ? null : line.words().get(0);
        if ("json".equals(line.value(Option.OUTPUT))) {
            HelpData data = new HelpData(commands);
            RawJson json = name == null ? data.overview() : data.page(name);
            console.out().println(console.terminals().out() ? json.indented() : json.raw());
            return 0;
        }
        Help help = new Help(commands);
        int width = console.readingWidth();
        console.out().print(name == null ? help.overview(width) : help.page(name, width));
        return 0;
    }
}
