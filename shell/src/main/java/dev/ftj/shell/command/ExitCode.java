package dev.ftj.shell.command;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exit code of several jobs: the gravest that occurred. */
final class ExitCode {
    private static final List<Integer> GRAVEST_FIRST = List.of(130, 3, 2, 1, 6, 5, 4, 7, 10, 12, 11, 124);

    private int code;

    void add(int occurred) {
        if (code == 0 || (occurred != 0 && GRAVEST_FIRST.indexOf(occurred) < GRAVEST_FIRST.indexOf(code))) {
            code = occurred;
        }
    }

    /**
     * How a watched job ended.
     *
     * @param until the awaited status; null for the end, which should be COMPLETED
     */
    static int of(@Nullable JobStatus status, @Nullable JobStatus until) {
        if (status == null || (until == null ? status.equals(JobStatus.COMPLETED) : status.hasReached(until))) {
            return 0;
        }
        if (status.equals(JobStatus.FAILED)) {
            return 10;
        }
        if (status.equals(JobStatus.STOPPED)) {
            return 11;
        }
        return status.equals(JobStatus.CANCELLED) ? 12 : Kind.LOCAL.exitCode();
    }

    int code() {
        return code;
    }
}
