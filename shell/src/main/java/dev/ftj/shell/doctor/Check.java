package dev.ftj.shell.doctor;

import org.jspecify.annotations.Nullable;

/**
 * The result of one check; not yet safe to print.
 *
 * @param name such as {@code DNS}
 * @param ok whether it works; null if it was not tried, or does not apply
 * @param detail one clause without a full stop
 * @param hint what to do, without a full stop; null if there is nothing to do
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

    /** Not tried, or not applicable. */
    static Check skipped(String name, String why) {
        return new Check(name, null, why, null, 0);
    }
}
