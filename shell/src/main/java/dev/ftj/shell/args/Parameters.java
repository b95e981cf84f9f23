package dev.ftj.shell.args;

import java.util.List;

/**
 * The arguments that a command takes, its own name not counted.
 *
 * @param usage as help shows them, such as {@code JOB...}; empty if there are none
 * @param min how many there must be
 * @param max how many there may be
 * @param jobs whether they name jobs: ids, references, a lone {@code -}
 * @param choices the allowed values; empty if any text is allowed
 */
public record Parameters(String usage, int min, int max, boolean jobs, List<String> choices) {
    /** As many as one likes. */
    public static final int MANY = Integer.MAX_VALUE;

    public Parameters {
        choices = List.copyOf(choices);
    }

    /** No argument at all. */
    public static Parameters none() {
        return new Parameters("", 0, 0, false, List.of());
    }

    /** Arguments that name jobs. */
    public static Parameters jobs(String usage, int min, int max) {
        return new Parameters(usage, min, max, true, List.of());
    }

    /** Arguments that name files on this machine. */
    public static Parameters files(String usage, int min, int max) {
        return new Parameters(usage, min, max, false, List.of());
    }

    /** Arguments out of a fixed list. */
    public static Parameters choice(String usage, int min, int max, List<String> choices) {
        return new Parameters(usage, min, max, false, choices);
    }
}
