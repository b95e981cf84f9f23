package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A typed line cut into words as a POSIX shell cuts it: single quotes, double quotes, backslash. Nothing is expanded, except
 * a {@code ~} of a line to run.
 *
 * @param list the words, in order
 * @param open the reason why the line is incomplete: {@code '}, {@code "} or a trailing {@code \}; null if complete
 * @param syntax the first unquoted shell operator ({@code | > < ; &} or a line break between words), null if none
 */
public record ShellLine(
        List<Token> list,
        @Nullable Character open,
        @Nullable Character syntax) {

    /**
     * One word and its position.
     *
     * @param start its first offset in the line as typed, quotes included
     * @param end its last offset, exclusive
     * @param value its text, without quotes
     * @param openQuote the quote (or the trailing backslash) that is open at its end; null if none is
     * @param tilde the offset in the value of the {@code ~} that stands for the home directory; -1 if there is none
     */
    public record Token(
            int start, int end, String value, @Nullable Character openQuote, int tilde) {
        private String expanded(String home) {
            return tilde < 0 ? value : value.substring(0, tilde) + home + value.substring(tilde + 1);
        }
    }

    public ShellLine {
        list = List.copyOf(list);
    }

    /** Splits a line. No input fails: {@link #open} and {@link #syntax} report its errors. */
    public static ShellLine of(String raw) {
        return new Tokenizer(raw).words();
    }

    /** Returns false if the prompt should ask for another line. */
    public boolean isComplete() {
        return open == null;
    }

    /** Returns the texts of the words, without quotes. */
    public List<String> values() {
        List<String> values = new ArrayList<>(list.size());
        for (Token word : list) {
            values.add(word.value());
        }
        return values;
    }

    /**
     * Returns the texts of the words of a line to run.
     *
     * @param home the home directory, in place of {@code ~}
     * @throws FineTuneException of kind {@code USAGE} if a quote is open, or for an operator of a shell
     */
    List<String> complete(String home) {
        if (syntax != null) {
            boolean lines = syntax == '\n';
            String what = syntax == '|' ? "pipes are not supported" : syntax + " is not supported";
            throw FineTuneException.of(
                    Kind.USAGE,
                    lines
                            ? "several lines: write one command a line, or quote the line break"
                            : what + "; quote '" + syntax + "'",
                    lines ? null : "To pipe or redirect, run ftj from your own shell");
        }
        if (open != null) {
            String what = open == '\\' ? "the line ends in a backslash" : "the quote " + open + " is not closed";
            throw FineTuneException.of(Kind.USAGE, what, null);
        }
        List<String> values = new ArrayList<>(list.size());
        for (Token word : list) {
            values.add(word.expanded(home));
        }
        return values;
    }

    /** Returns the word that the cursor is in or right after; an empty one if the cursor is between words. */
    public Token at(int cursor) {
        for (Token word : list) {
            if (word.start() <= cursor && cursor <= word.end()) {
                return word;
            }
        }
        return new Token(cursor, cursor, "", null, -1);
    }

    /**
     * A whole word of a line, quotes included, that means the value.
     *
     * @param openQuote the quote that the user has opened, to be kept; null for as few quotes as possible
     */
    public static String quote(String value, @Nullable Character openQuote) {
        if (openQuote != null && openQuote == '"') {
            return doubleQuoted(value);
        }
        if (openQuote != null && openQuote == '\'') {
            return "'" + value.replace("'", "'\\''") + "'";
        }
        if (isPlain(value)) {
            return value;
        }
        return value.indexOf('\'') < 0 ? "'" + value + "'" : doubleQuoted(value);
    }

    /** Returns an id as it is typed: with an at sign before one that begins with it, in quotes if they are needed. */
    public static String quoteId(String id) {
        return quote(id.startsWith("@") ? "@" + id : id, null);
    }

    private static String doubleQuoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '"' || c == '$' || c == '`') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Plain in every POSIX shell, too, so that a line copied from here means the same there. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isLetterOrDigit(c) && "-._/:=@%+,".indexOf(c) < 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
