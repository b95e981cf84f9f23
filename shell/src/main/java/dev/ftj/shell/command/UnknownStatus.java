package dev.ftj.shell.command;

import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.view.Screen;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of each status that ftj does not know, once, that it is not taken for an end. */
final class UnknownStatus {
    private final Screen screen;
    private final @Nullable String option;
    private final Set<JobStatus> told = new HashSet<>();

    /** @param option the option that ends the wait at a status; null where the command has none */
    UnknownStatus(Screen screen, @Nullable String option) {
        this.screen = screen;
        this.option = option;
    }

    /** @return whether anything was said */
    boolean tell(String id, @Nullable JobStatus status) {
        if (status == null || status.isDocumented() || !told.add(status)) {
            return false;
        }
        String end = option == null ? "" : " (" + option + " " + ShellLine.quote(status.value(), null) + " ends there)";
        screen.say(Sanitizer.oneLine(
                "ftj: " + id + ": status " + status.value() + " is not one that ftj knows: waiting goes on" + end));
        return true;
    }
}
