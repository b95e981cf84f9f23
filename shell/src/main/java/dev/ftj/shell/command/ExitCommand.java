package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.session.Session;

/** {@code exit} and {@code quit}, which are the same. */
public record ExitCommand(Session session, String name) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named(name, "leave the shell, or end the script")
                .exit(0, "always")
                .promptOnly()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        session.leave();
        return 0;
    }
}
