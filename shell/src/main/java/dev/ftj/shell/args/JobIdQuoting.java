package dev.ftj.shell.args;

/** An id as it is typed: an at sign before one that begins with it, quotes if they are needed. */
public final class JobIdQuoting {
    private JobIdQuoting() {}

    /** @param id any id that can be one */
    public static String of(String id) {
        return ShellLine.quote(id.startsWith("@") ? "@" + id : id, null);
    }
}
