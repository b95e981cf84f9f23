package dev.ftj.shell.args;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words that look like an API key: never kept in a history, never repeated in an error. */
public final class SecretDetector {
    private static final Pattern KEY = Pattern.compile("(?<![^\\s'\"=:,(])-{0,2}sk_\\S*");
    private static final Pattern AFTER_BEARER =
            Pattern.compile("(?<![\\p{L}\\p{N}_])(bearer[\\s:=]+)\\S+", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDS_WITH_BEARER =
            Pattern.compile("(?<![\\p{L}\\p{N}_])bearer[\\s:=]*$", Pattern.CASE_INSENSITIVE);
    private static final String HIDDEN = "[key]";

    private SecretDetector() {}

    /** Whether a typed line holds a word that begins with {@code sk_} or follows {@code Bearer}, quoted or not. */
    public static boolean mayHold(String line) {
        return looksLikeKey(line)
                || (isQuoted(line)
                        && looksLikeKey(String.join(" ", ShellLine.of(line).values())));
    }

    /** The text with {@code [key]} in place of every such word. */
    public static String hide(String text) {
        if (!looksLikeKey(text)) {
            return text;
        }
        String shown = AFTER_BEARER.matcher(text).replaceAll("$1" + HIDDEN);
        return KEY.matcher(shown).replaceAll(HIDDEN);
    }

    /** The same for a part of one word, with the word before it. */
    static String hide(String part, List<String> words, int index) {
        boolean afterBearer =
                index > 0 && ENDS_WITH_BEARER.matcher(words.get(index - 1)).find();
        return afterBearer ? HIDDEN : hide(part);
    }

    /** Other names are ordinary words. */
    private static boolean isQuoted(String line) {
        return line.indexOf('\'') >= 0 || line.indexOf('"') >= 0 || line.indexOf('\\') >= 0;
    }

    /**
     * The plain tests come first: a shell that begins asks this of 10,000 lines, and patterns would take 50 ms for
     * them.
     */
    private static boolean looksLikeKey(String text) {
        return (text.contains("sk_") && KEY.matcher(text).find())
                || (text.toLowerCase(Locale.ROOT).contains("bearer")
                        && AFTER_BEARER.matcher(text).find());
    }
}
