package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;

/** One of our commands, as Spring Shell's registry and executor know it: what it takes, and what it does. */
public interface ShellCommand extends Command {
    /** What the parser, help and completion know of it. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @param arguments what was typed, checked against the spec
     * @return the exit code
     */
    int run(CommandLine arguments) throws InterruptedException;

    @Override
    default String getName() {
        return spec().name();
    }

    @Override
    default String getDescription() {
        return spec().summary();
    }

    @Override
    default ExitStatus execute(CommandContext context) throws Exception {
        int code = run(new CommandLine(context.parsedInput()));
        return new ExitStatus(code, getName());
    }
}
