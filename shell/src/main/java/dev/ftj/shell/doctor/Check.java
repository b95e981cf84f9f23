package dev.ftj.shell.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What came of one piece of the way to an answer; not yet safe to print.
 *
 * @param name such as {@code DNS}
 * @param ok whether it works; null where it was not tried, or is not on this way
 * @param detail one clause without a full stop
 * @param hint what to do, without a full stop; null where nothing is to be done
 * @param exitCode 0, but for a failure
 */
public record Check(
        String name,
        @Nullable Boolean ok,
        String detail,
        @Nullable String hint,
        int exitCode) {
    static Check works(String name, String detail) {
        return new Check(name, true, detail, null, 0);
    }

    static Check fails(String name, String detail, @Nullable String hint, int exitCode) {
        return new Check(name, false, detail, hint == null ? null : hint.replaceFirst("\\.$", ""), exitCode);
    }

    /** Neither a success nor a failure. */
    static Check open(String name, String why) {
        return new Check(name, null, why, null, 0);
    }
}
