package dev.ftj.internal.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Remembers lines by 64-bit checksums, in at most 48 MB: the first 3,145,728 different lines. Later lines are compared
 * with those only. Two different lines have the same checksum with a probability of 1 in 4 million even at that size.
 */
final class LineIndex {
    static final int MAX_LINES = 3 << 20;

    private static final int FIRST_CAPACITY = 1 << 10;

    /** The checksums of lines, with linear probing; 0 is a free slot. */
    private long[] sums = new long[FIRST_CAPACITY];
    /** The number of the line among all lines of the index, counted from 1. */
    private int[] ordinals = new int[FIRST_CAPACITY];

    private final int maxLines;
    private final List<Start> starts = new ArrayList<>();
    private int size;
    private boolean full;

    LineIndex() {
        this(MAX_LINES);
    }

    LineIndex(int maxLines) {
        this.maxLines = maxLines;
    }

    /** The lines of a file follow those of the files before. */
    private record Start(Path file, long before) {}

    /** The first position of a line. */
    record Place(Path file, long line) {}

    /** Computes the checksum of a line that comes in pieces. Both halves are computed by the processor: 1 ms a MB. */
    static final class Sum {
        private final CRC32 high = new CRC32();
        private final CRC32C low = new CRC32C();

        void reset() {
            high.reset();
            low.reset();
        }

        void update(byte[] bytes, int length) {
            high.update(bytes, 0, length);
            low.update(bytes, 0, length);
        }

        long value() {
            long sum = high.getValue() << 32 | low.getValue();
            return sum == 0 ? 1 : sum;
        }
    }

    /** Begins a file; line numbers count from its start. */
    void begin(Path file) {
        starts.add(new Start(file, starts.isEmpty() ? 0 : last));
    }

    private long last;

    /**
     * Adds a line of the current file.
     *
     * @return the earlier position of the same line; null if it is new
     */
    @Nullable
    Place add(long sum, long line) {
        long before = starts.get(starts.size() - 1).before();
        last = Math.max(last, before + line);
        int slot = slot(sum);
        if (sums[slot] != 0) {
            return place(ordinals[slot]);
        }
        if (size >= maxLines || last > Integer.MAX_VALUE) {
            full = true;
            return null;
        }
        sums[slot] = sum;
        ordinals[slot] = (int) (before + line);
        size++;
        if (size > sums.length / 4 * 3) {
            grow();
        }
        return null;
    }

    /** Returns the position of the line; null if it was not. */
    @Nullable
    Place find(long sum) {
        int slot = slot(sum);
        return sums[slot] == 0 ? null : place(ordinals[slot]);
    }

    /** Returns whether lines were left out because there were too many. */
    boolean isFull() {
        return full;
    }

    int maxLines() {
        return maxLines;
    }

    private int slot(long sum) {
        int mask = sums.length - 1;
        int slot = (int) (sum ^ sum >>> 32) & mask;
        while (sums[slot] != 0 && sums[slot] != sum) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldSums = sums;
        int[] oldOrdinals = ordinals;
        sums = new long[oldSums.length * 2];
        ordinals = new int[sums.length];
        for (int i = 0; i < oldSums.length; i++) {
            if (oldSums[i] != 0) {
                int slot = slot(oldSums[i]);
                sums[slot] = oldSums[i];
                ordinals[slot] = oldOrdinals[i];
            }
        }
    }

    private Place place(int ordinal) {
        for (int i = starts.size() - 1; ; i--) {
            Start start = starts.get(i);
            if (start.before() < ordinal) {
                return new Place(start.file(), ordinal - start.before());
            }
        }
    }
}
