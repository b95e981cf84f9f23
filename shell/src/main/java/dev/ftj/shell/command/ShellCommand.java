package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;

/** A command. */
public interface ShellCommand {
    /** Returns its spec, for the parser, help and completion. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @param line checked against the spec
     * @return the exit code
     */
    int run(CommandLine line) throws InterruptedException;
}
