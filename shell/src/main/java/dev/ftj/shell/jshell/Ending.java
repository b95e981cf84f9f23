package dev.ftj.shell.jshell;

import java.util.List;

/**
 * How a script ended.
 *
 * @param code the exit code
 * @param lines what is said of it on stderr; none if it went well
 */
record Ending(int code, List<String> lines) {
    static final Ending WELL = new Ending(0, List.of());
}
