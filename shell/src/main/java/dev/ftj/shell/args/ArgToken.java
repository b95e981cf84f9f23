package dev.ftj.shell.args;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a word, or a letter of {@code -vvh}, says by itself: since an option means the same everywhere, no command need
 * be known.
 *
 * @param index the word that it is, or begins in
 * @param kind its kind
 * @param option the option, if it is a known one
 * @param text an argument; an option's value ({@code true} for a flag); an unknown option as typed, without its value
 */
record ArgToken(int index, Kind kind, @Nullable Option option, String text) {
    enum Kind {
        ARGUMENT,
        OPTION,
        /** {@code --}: all that follows is an argument. */
        END,
        UNKNOWN,
        VALUE_MISSING,
        VALUE_SURPLUS,
        /** {@code -output}: a long name behind a single dash. */
        ONE_DASH
    }

    /** Reads all words. No input fails: completion must read unfinished lines, too. */
    static List<ArgToken> scan(List<String> words) {
        List<ArgToken> tokens = new ArrayList<>(words.size());
        boolean ended = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (ended || !word.startsWith("-") || word.equals("-")) {
                tokens.add(new ArgToken(i, Kind.ARGUMENT, null, word));
            } else if (word.equals("--")) {
                tokens.add(new ArgToken(i, Kind.END, null, word));
                ended = true;
            } else if (word.startsWith("--")) {
                i += scanLong(words, i, tokens);
            } else {
                i += scanShort(words, i, tokens);
            }
        }
        return tokens;
    }

    /** Returns how many further words it took. */
    private static int scanLong(List<String> words, int i, List<ArgToken> tokens) {
        String word = words.get(i);
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Option.ofLongName(name.substring(2));
        if (option == null) {
            tokens.add(new ArgToken(i, Kind.UNKNOWN, null, name));
        } else if (!option.takesValue()) {
            tokens.add(new ArgToken(i, equals < 0 ? Kind.OPTION : Kind.VALUE_SURPLUS, option, "true"));
        } else if (equals >= 0) {
            tokens.add(new ArgToken(i, Kind.OPTION, option, word.substring(equals + 1)));
        } else {
            return scanValue(words, i, option, tokens);
        }
        return 0;
    }

    private static int scanShort(List<String> words, int i, List<ArgToken> tokens) {
        String word = words.get(i);
        int equals = word.indexOf('=');
        Option meant = Option.ofLongName(word.substring(1, equals < 0 ? word.length() : equals));
        if (meant != null) {
            tokens.add(new ArgToken(i, Kind.ONE_DASH, meant, word));
            return 0;
        }
        for (int at = 1; at < word.length(); ) {
            int letter = word.codePointAt(at);
            int next = at + Character.charCount(letter);
            Option option = Option.ofShortName(letter);
            if (option == null) {
                tokens.add(new ArgToken(i, Kind.UNKNOWN, null, "-" + Character.toString(letter)));
                return 0;
            }
            if (option.takesValue()) {
                if (next == word.length()) {
                    return scanValue(words, i, option, tokens);
                }
                int from = word.charAt(next) == '=' ? next + 1 : next;
                tokens.add(new ArgToken(i, Kind.OPTION, option, word.substring(from)));
                return 0;
            }
            if (next < word.length() && word.charAt(next) == '=') {
                tokens.add(new ArgToken(i, Kind.VALUE_SURPLUS, option, "true"));
                return 0;
            }
            tokens.add(new ArgToken(i, Kind.OPTION, option, "true"));
            at = next;
        }
        return 0;
    }

    private static int scanValue(List<String> words, int i, Option option, List<ArgToken> tokens) {
        String next = i + 1 < words.size() ? words.get(i + 1) : null;
        // "--field -o json" forgot the path: taking "-o" for it would make "json" a job.
        if (next == null || (isOption(next) && !option.choices().contains(option.choice(next)))) {
            tokens.add(new ArgToken(i, Kind.VALUE_MISSING, option, ""));
            return 0;
        }
        tokens.add(new ArgToken(i, Kind.OPTION, option, next));
        return 1;
    }

    private static boolean isOption(String word) {
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            return word.equals("--") || Option.ofLongName(name) != null;
        }
        return word.startsWith("-") && word.length() > 1 && Option.ofShortName(word.codePointAt(1)) != null;
    }
}
