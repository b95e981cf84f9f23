package dev.ftj.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Words that are looked through at a keystroke, in one piece of memory, in lower case and a line each: 100,000 strings that
 * lie anywhere take 40 ms, most of them spent on waiting for memory, and this takes 5.
 */
final class Words {
    private final StringBuilder lines = new StringBuilder("\n");
    private final List<String> words = new ArrayList<>();
    private int[] starts = new int[1024];

    /**
     * The words that fit.
     *
     * @param first the first of them, as they were added
     * @param count of all
     * @param beginning what all of them begin with, in any case, as the first one has it
     */
    record Found(List<String> first, int count, String beginning) {
        /** What these and others begin with. */
        String commonBeginning(Found others) {
            if (count == 0 || others.count == 0) {
                return count == 0 ? others.beginning : beginning;
            }
            int length = 0;
            while (length < Math.min(beginning.length(), others.beginning.length())
                    && beginning.regionMatches(true, length, others.beginning, length, 1)) {
                length++;
            }
            return beginning.substring(0, length);
        }
    }

    void add(String word) {
        if (word.indexOf('\n') >= 0) {
            return; // nobody can type it
        }
        if (words.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[words.size()] = lines.length();
        words.add(word);
        lines.append(word.toLowerCase(Locale.ROOT)).append('\n');
    }

    /**
     * Those that begin with a text, in any case, in the order in which they were added.
     *
     * @param anywhere those that hold it, too
     * @param most that are handed out; the others are counted
     */
    Found find(String text, boolean anywhere, int most) {
        if (text.indexOf('\n') >= 0) {
            return new Found(List.of(), 0, "");
        }
        boolean inside = anywhere && !text.isEmpty();
        String wanted = (inside ? "" : "\n") + text.toLowerCase(Locale.ROOT);
        List<String> first = new ArrayList<>();
        int count = 0;
        int firstStart = 0;
        int common = 0;
        int number = 0;
        int at = lines.indexOf(wanted);
        while (at >= 0 && number < words.size()) {
            int place = Arrays.binarySearch(starts, number, words.size(), inside ? at : at + 1);
            number = place >= 0 ? place : -place - 2;
            if (count < most) {
                first.add(words.get(number));
            }
            if (count++ == 0) {
                firstStart = starts[number];
                common = words.get(number).length();
            }
            common = common(firstStart, starts[number], common);
            number++;
            at = number < words.size() ? lines.indexOf(wanted, starts[number] - 1) : -1;
        }
        return new Found(first, count, first.isEmpty() ? "" : first.get(0).substring(0, common));
    }

    private int common(int one, int other, int most) {
        int length = 0;
        while (length < most && lines.charAt(one + length) == lines.charAt(other + length)) {
            length++;
        }
        return length;
    }
}
