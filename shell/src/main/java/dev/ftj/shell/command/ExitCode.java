package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import java.util.List;

/** The exit code of several jobs or files: that of the gravest failure, each of which is reported when it occurs. */
final class ExitCode {
    private static final List<Integer> GRAVEST_FIRST = List.of(130, 3, 2, 1, 6, 5, 4, 7, 10, 12, 11, 124);

    private final Session session;
    private final Console console;
    private final CommandLine line;
    private int code;

    ExitCode(Session session, Console console, CommandLine line) {
        this.session = session;
        this.console = console;
        this.line = line;
    }

    /** Reports a failure on stderr, and adds its code. */
    void fail(FineTuneException failure) {
        new ErrorView(console, line).show(session.names().explained(line, failure));
        add(failure.kind().exitCode());
    }

    void add(int occurred) {
        code = gravest(code, occurred);
    }

    static int gravest(int one, int other) {
        boolean graver = other != 0 && GRAVEST_FIRST.indexOf(other) < GRAVEST_FIRST.indexOf(one);
        return one == 0 || graver ? other : one;
    }

    int code() {
        return code;
    }
}
