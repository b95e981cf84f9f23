package dev.ftj.shell.command;

import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.session.Session;
import java.util.List;

/** The command line that resumes an interrupted watch. */
final class ResumeHint {
    /** With more ids the line is too long to copy. */
    private static final int MAX_IDS = 20;

    private ResumeHint() {}

    /** Returns the hint for a line that Ctrl-C ended: how to resume it, or that the simulated API is gone, too. */
    static String of(CommandSpec command, CommandLine given, Session session, List<String> ids) {
        return given.has(Option.SANDBOX) && !session.isInteractive()
                ? "The simulated API ended with this process"
                : "Resume with `"
                        + Sanitizer.oneLine(line(command, given, session.options(), ids, session.isInteractive()))
                        + "`";
    }

    /**
     * Returns a command line with the options of the interrupted one that the command takes, and the jobs that are left.
     *
     * @param given the interrupted line; {@code always} the options of every line of this shell
     * @param atPrompt whether it is typed at the prompt, not to a shell of the system
     */
    private static String line(
            CommandSpec command, CommandLine given, CommandLine always, List<String> ids, boolean atPrompt) {
        StringBuilder line = new StringBuilder(atPrompt ? "" : "ftj ").append(command.name());
        boolean fromList = given.words().isEmpty();
        for (CommandLine.Given option : given.options()) {
            Option known = option.option();
            String value = option.value();
            if (!command.takes(known) || (atPrompt && value.equals(always.value(known)))) {
                continue;
            }
            if (known == Option.STATUS) {
                continue; // the jobs may have another status by then
            }
            line.append(' ').append(known.spelling());
            if (known.takesValue()) {
                line.append(value.startsWith("-") ? "=" : " ").append(ShellLine.quote(value, null));
            }
        }
        if (ids.size() > MAX_IDS) {
            return line.append(fromList ? "" : " JOB...").toString();
        }
        line.append(ids.stream().anyMatch(id -> id.startsWith("-")) ? " --" : "");
        for (String id : ids) {
            line.append(' ').append(ShellLine.quoteId(id));
        }
        return line.toString();
    }
}
