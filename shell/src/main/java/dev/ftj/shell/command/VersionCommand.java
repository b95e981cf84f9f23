package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.view.Console;

/** {@code version}. */
public final class VersionCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("version", "show the version of ftj and of its Java")
            .exit(0, "shown")
            .build();

    private final Console console;

    public VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        console.out().println("ftj " + FineTuneClient.version() + " (Java " + System.getProperty("java.version") + ")");
        return 0;
    }
}
