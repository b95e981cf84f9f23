package dev.ftj.shell.line;

import java.util.List;

/**
 * The arguments that a command takes, its own name not counted.
 *
 * @param usage as help shows them, such as {@code JOB...}; empty where there are none
 * @param min how many there must be
 * @param max how many there may be
 * @param jobs whether they name jobs: ids, references, a lone {@code -}
 * @param choices the only values there are; empty where any text may be one
 */
public record Operands(String usage, int min, int max, boolean jobs, List<String> choices) {
    /** As many as one likes. */
    public static final int MANY = Integer.MAX_VALUE;

    public Operands {
        choices = List.copyOf(choices);
    }

    /** No argument at all. */
    public static Operands none() {
        return new Operands("", 0, 0, false, List.of());
    }

    /** Arguments that name jobs. */
    public static Operands jobs(String usage, int min, int max) {
        return new Operands(usage, min, max, true, List.of());
    }

    /** Arguments out of a fixed list. */
    public static Operands choice(String usage, int min, int max, List<String> choices) {
        return new Operands(usage, min, max, false, choices);
    }
}
