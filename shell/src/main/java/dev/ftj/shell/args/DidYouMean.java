package dev.ftj.shell.args;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Suggests the valid word that is nearest to a misspelled one, at edit distance 2 or less. */
public final class DidYouMean {
    private static final int FAR = 3;

    /** The most choices that an error message lists. */
    private static final int FEW = 8;

    private DidYouMean() {}

    /** Returns a hint that names the nearest valid word, or all of them; null if there are none. */
    public static @Nullable String hint(String wrong, Collection<String> valid) {
        String nearest = to(wrong, valid);
        if (nearest != null) {
            return "Did you mean " + nearest + "?";
        }
        return valid.isEmpty() ? null : possible(valid);
    }

    /**
     * Returns a hint for a word that is not one of a fixed set of values.
     *
     * @param choices the valid words, at least one
     * @return all of them if they are at most eight; else the nearest, or all if none is near
     */
    public static @Nullable String choice(String wrong, Collection<String> choices) {
        return choices.size() <= FEW ? possible(choices) : hint(wrong, choices);
    }

    /** Returns a hint that names all of the words. */
    static String possible(Collection<String> words) {
        return "Expected one of: " + String.join(", ", words);
    }

    static @Nullable String to(String wrong, Collection<String> valid) {
        String nearest = null;
        int least = FAR;
        for (String candidate : valid) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein); 3 for any greater distance. */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) >= FAR) {
            return FAR;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return Math.min(row[b.length()], FAR);
    }
}
