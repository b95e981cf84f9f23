package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;

/** Limits the records of a job that are kept in memory to be sorted: a server can send them without end. */
final class SortLimit {
    private static final int MOST = 100_000;
    private static final int MOST_CHARACTERS = 64 << 20;

    private final String id;
    private final String what;
    private final String hint;
    private int count;
    private long characters;

    /** @param what the plural of the records */
    SortLimit(String id, String what, String hint) {
        this.id = id;
        this.what = what;
        this.hint = hint;
    }

    /**
     * Counts one more record.
     *
     * @throws FineTuneException of kind {@code LOCAL} if there are more than 100,000, or more than 64 Mi characters
     */
    void add(String json) {
        characters += json.length();
        if (++count > MOST || characters > MOST_CHARACTERS) {
            throw FineTuneException.ofJob(Kind.LOCAL, id, "too many " + what + " to be sorted in memory", hint);
        }
    }
}
