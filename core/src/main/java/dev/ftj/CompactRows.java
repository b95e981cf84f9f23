package dev.ftj;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Very many small pieces of JSON in little more memory than their text: they stand together in blocks. */
final class CompactRows extends AbstractList<JsonSlice> {
    private static final int ROWS = 64;

    private final List<String> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    /** Where each row ends in its block. */
    private int[] ends = new int[16];

    private int size;

    static CompactRows of(Iterable<JsonSlice> rows) {
        if (rows instanceof CompactRows compact) {
            return compact;
        }
        CompactRows compact = new CompactRows();
        rows.forEach(compact::add);
        return compact;
    }

    @Override
    public boolean add(JsonSlice row) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + (size >> 1));
        }
        open.append(row.raw());
        ends[size++] = open.length();
        if (size % ROWS == 0) {
            blocks.add(open.toString());
            open.setLength(0);
        }
        modCount++;
        return true;
    }

    @Override
    public JsonSlice get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int start = index % ROWS == 0 ? 0 : ends[index - 1];
        int block = index / ROWS;
        return new JsonSlice(
                block < blocks.size()
                        ? blocks.get(block).substring(start, ends[index])
                        : open.substring(start, ends[index]));
    }

    @Override
    public int size() {
        return size;
    }

    /** The rows as they were sent, made as they are asked for. */
    List<String> texts() {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return CompactRows.this.get(index).raw();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
