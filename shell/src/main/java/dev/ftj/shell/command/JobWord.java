package dev.ftj.shell.command;

import dev.ftj.shell.line.Words;

/** An id as it is typed: an at sign before one that begins with it, quotes where they are needed. */
final class JobWord {
    private JobWord() {}

    static String of(String id) {
        return Words.quote(id.startsWith("@") ? "@" + id : id, null);
    }
}
