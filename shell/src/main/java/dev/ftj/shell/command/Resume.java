package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.JobIdQuoting;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import java.util.List;

/** The line that takes up again what was broken off. */
final class Resume {
    /** A line of more is no line to copy. */
    private static final int MOST = 20;

    private Resume() {}

    /**
     * A command with the options of this line that it takes, for the jobs that are left.
     *
     * @param given what this line had; {@code always} what every line of this shell has
     * @param atPrompt whether it is typed at the prompt, not to a shell of the system
     */
    static String line(CommandSpec command, CommandLine given, CommandLine always, List<String> ids, boolean atPrompt) {
        StringBuilder line = new StringBuilder(atPrompt ? "" : "ftj ").append(command.name());
        for (CommandLine.Given option : given.options()) {
            Option known = option.option();
            String value = option.value();
            if (!command.takes(known) || (atPrompt && value.equals(always.value(known)))) {
                continue;
            }
            line.append(' ').append(known.spelling());
            if (known.takesValue()) {
                line.append(value.startsWith("-") ? "=" : " ").append(ShellLine.quote(value, null));
            }
        }
        if (ids.size() > MOST) {
            return line.append(" JOB...").toString();
        }
        line.append(ids.stream().anyMatch(id -> id.startsWith("-")) ? " --" : "");
        for (String id : ids) {
            line.append(' ').append(JobIdQuoting.of(id));
        }
        return line.toString();
    }
}
