package dev.ftj.shell.command;

import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.view.Console;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports each status that ftj does not know, once: it is not taken for an end. */
final class UnknownStatusNotice {
    private final Console console;
    private final @Nullable String option;
    private final Set<JobStatus> reported = new HashSet<>();

    /** @param option the option that ends the wait at a status; null if the command has none */
    UnknownStatusNotice(Console console, @Nullable String option) {
        this.console = console;
        this.option = option;
    }

    /** @return whether a line was printed */
    boolean report(String id, @Nullable JobStatus status) {
        if (status == null || status.isDocumented() || !reported.add(status)) {
            return false;
        }
        String end = option == null ? "" : " (" + option + " " + ShellLine.quote(status.value(), null) + " ends there)";
        console.say(Sanitizer.oneLine(
                "ftj: " + id + ": status " + status.value() + " is not one that ftj knows: waiting goes on" + end));
        return true;
    }
}
