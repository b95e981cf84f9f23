package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;

/** A command: what it takes, and what it does. */
public interface ShellCommand {
    /** Returns what the parser, help and completion know of it. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @param line checked against the spec
     * @return the exit code
     */
    int run(CommandLine line) throws InterruptedException;
}
