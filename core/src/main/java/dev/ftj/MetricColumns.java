package dev.ftj;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers in rows of metrics, by name: a value that is not a finite number is not kept, however ragged the rows are. */
final class MetricColumns {
    private static final String STEP = "step";

    /** The numbers of one name, and the rows that they are in. */
    static final class Column {
        private static final int BLOCK = 4096;

        /** Full blocks, and one that grows: a copy of all values at each growth would double the memory. */
        private final List<double[]> blocks = new ArrayList<>(0);

        private double[] open = new double[4];
        /** Null while no row is left out: then value {@code i} is in row {@code first + i}. */
        private int @Nullable [] rows;

        private int first;
        private int size;
        private int brokenSince = -1;
        private int newestBroken = -1;
        private String broken = "";

        private void add(int row, double value) {
            if (size == 0) {
                first = row;
            }
            int place = size - blocks.size() * BLOCK;
            if (place == BLOCK) {
                blocks.add(open);
                open = new double[BLOCK];
                place = 0;
            } else if (place == open.length) {
                open = Arrays.copyOf(open, 2 * place);
            }
            int[] sparse = rows;
            if (sparse == null && row != first + size) {
                sparse = new int[larger(size)];
                for (int i = 0; i < size; i++) {
                    sparse[i] = first + i;
                }
            }
            if (sparse != null) {
                sparse = size == sparse.length ? Arrays.copyOf(sparse, larger(size)) : sparse;
                sparse[size] = row;
            }
            rows = sparse;
            open[place] = value;
            size++;
            brokenSince = -1;
        }

        /** The row has the name, and no finite number for it. */
        private void breakOff(int row, String instead) {
            newestBroken = row;
            if (brokenSince < 0) {
                brokenSince = row;
                broken = instead;
            } else if (!List.of(broken.split("/")).contains(instead)) {
                broken += "/" + instead;
            }
        }

        private static int larger(int size) {
            return size + Math.max(4, size >> 1);
        }

        int size() {
            return size;
        }

        int row(int index) {
            int[] sparse = rows;
            return sparse == null ? first + index : sparse[index];
        }

        double value(int index) {
            int block = index / BLOCK;
            return block < blocks.size() ? blocks.get(block)[index % BLOCK] : open[index - blocks.size() * BLOCK];
        }

        /** The value in a row, NaN where there is none. */
        double at(int row) {
            int[] sparse = rows;
            int index = sparse == null ? row - first : Arrays.binarySearch(sparse, 0, size, row);
            return index < 0 || index >= size ? Double.NaN : value(index);
        }

        /** The first row after the last number that has something else under this name; -1 where none has. */
        int brokenSince() {
            return brokenSince;
        }

        int newestBroken() {
            return newestBroken;
        }

        /** What stands there, such as {@code NaN}; several, the first one first, with a slash between. */
        String broken() {
            return broken;
        }

        /** A value for each row, NaN where there is none. */
        double[] dense(int length) {
            double[] dense = new double[length];
            Arrays.fill(dense, Double.NaN);
            for (int i = 0; i < size; i++) {
                dense[row(i)] = value(i);
            }
            return dense;
        }
    }

    private static final Column NONE = new Column();

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Column steps = new Column();
    private int size;

    static MetricColumns of(Iterable<JsonSlice> rows) {
        MetricColumns columns = new MetricColumns();
        rows.forEach(columns::add);
        return columns;
    }

    void add(JsonSlice row) {
        int index = size++;
        row.fields().forEach((name, value) -> cell(index, name, value));
    }

    private void cell(int row, String name, JsonSlice value) {
        Double number = value.number();
        if (name.equals(STEP)) {
            if (number != null && Double.isFinite(number)) {
                steps.add(row, number);
            }
            return;
        }
        // a name is a series from its first number on, NaN included
        Column column = number == null ? columns.get(name) : columns.computeIfAbsent(name, unknown -> new Column());
        if (column == null) {
            return;
        }
        if (number != null && Double.isFinite(number)) {
            column.add(row, number);
        } else {
            column.breakOff(row, number == null ? word(value) : Double.toString(number));
        }
    }

    /** JSON has no NaN: some servers send null for it, others its name in quotes. */
    private static String word(JsonSlice value) {
        String text = value.text();
        return switch (text == null ? value.raw() : text.strip().toLowerCase(Locale.ROOT)) {
            case "null" -> "null";
            case "nan", "+nan", "-nan" -> "NaN";
            case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> "no number";
        };
    }

    int size() {
        return size;
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** The rows that have a step. */
    Column steps() {
        return steps;
    }

    Column column(String name) {
        return columns.getOrDefault(name, NONE);
    }
}
