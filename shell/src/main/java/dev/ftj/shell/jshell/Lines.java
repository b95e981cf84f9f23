package dev.ftj.shell.jshell;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which line of a text an offset is on. */
final class Lines {
    private final int[] starts;

    Lines(String text) {
        starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** The line of an offset, counted from 1. */
    int of(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
