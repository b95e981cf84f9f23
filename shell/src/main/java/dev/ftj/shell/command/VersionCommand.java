package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.view.Console;

/** {@code version}. */
public record VersionCommand(Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("version", "show the version of ftj and of its Java")
                .exit(0, "shown")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        console.out().println("ftj " + FineTuneClient.version() + " (Java " + System.getProperty("java.version") + ")");
        return 0;
    }
}
