package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.session.Session;

/** {@code exit} and {@code quit}, which are the same. */
public final class ExitCommand implements ShellCommand {
    private final Session session;
    private final CommandSpec spec;

    public ExitCommand(Session session, String name) {
        this.session = session;
        this.spec = CommandSpec.named(name, "leave the shell, or end the script")
                .exit(0, "always")
                .promptOnly()
                .build();
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public int run(CommandLine arguments) {
        session.leave();
        return 0;
    }
}
