package dev.ftj.shell.command;

import java.util.List;

/** The exit code of several jobs: the gravest that occurred. */
final class Outcome {
    private static final List<Integer> GRAVEST_FIRST = List.of(130, 3, 2, 1, 6, 5, 4, 7, 10, 12, 11, 124);

    private int code;

    void add(int occurred) {
        if (code == 0 || (occurred != 0 && GRAVEST_FIRST.indexOf(occurred) < GRAVEST_FIRST.indexOf(code))) {
            code = occurred;
        }
    }

    int code() {
        return code;
    }
}
