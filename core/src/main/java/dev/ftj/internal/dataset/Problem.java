package dev.ftj.internal.dataset;

import java.util.Locale;

/** The kinds of findings, in the order in which they are reported. */
public enum Problem {
    EMPTY_FILE("the file has no data"),
    BYTE_ORDER_MARK("byte order marks"),
    NOT_UTF8("lines that are not UTF-8"),
    EMPTY_LINE("empty lines"),
    LINE_TOO_LONG("lines that are too long"),
    NOT_JSON("lines that are not JSON"),
    NOT_AN_OBJECT("lines that are not JSON objects"),
    REPEATED_KEY("keys that occur twice in a line"),
    MISSING_KEY("keys that only some lines have"),
    HEADER("errors in the header"),
    COLUMN_COUNT("rows with another number of columns than the header"),
    QUOTES("errors in quoting"),
    DUPLICATE("duplicate lines"),
    OVERLAP("evaluation lines that are in the training data");

    private final String plural;

    Problem(String plural) {
        this.plural = plural;
    }

    /** Returns the words that follow a count. */
    public String plural() {
        return plural;
    }

    /** Returns the name in JSON output, such as {@code empty_line}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
