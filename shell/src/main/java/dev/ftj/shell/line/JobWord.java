package dev.ftj.shell.line;

/** An id as it is typed: an at sign before one that begins with it, quotes where they are needed. */
public final class JobWord {
    private JobWord() {}

    /** @param id any id that can be one */
    public static String of(String id) {
        return Words.quote(id.startsWith("@") ? "@" + id : id, null);
    }
}
