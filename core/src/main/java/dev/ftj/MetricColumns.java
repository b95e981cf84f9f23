package dev.ftj;

import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The numbers in rows of metrics, by name. Values that are not finite numbers are not kept, so ragged rows cost nothing. */
final class MetricColumns {
    private static final String STEP = "step";

    /** The numbers of one name, and the rows that they are in. */
    static final class Column {
        private static final int BLOCK = 4096;

        /** Blocks: growing one array of all values by copies would double the memory. */
        private final List<double[]> blocks = new ArrayList<>(1);
        /** Null while the rows are consecutive: then value {@code i} is in row {@code first + i}. */
        private int @Nullable [] rows;

        private int first;
        private int size;
        private int brokenSince = -1;
        private int newestBroken = -1;
        private String broken = "";

        private void add(int row, double value) {
            int place = size % BLOCK;
            if (place == 0) {
                blocks.add(new double[blocks.isEmpty() ? 4 : BLOCK]);
            }
            double[] block = blocks.get(size / BLOCK);
            if (place == block.length) {
                block = Arrays.copyOf(block, 2 * place);
                blocks.set(size / BLOCK, block);
            }
            block[place] = value;
            first = size == 0 ? row : first;
            if (rows == null && row != first + size) {
                rows = IntStream.range(first, first + size).toArray();
            }
            if (rows != null) {
                rows = size < rows.length ? rows : Arrays.copyOf(rows, size + Math.max(4, size >> 1));
                rows[size] = row;
            }
            size++;
            brokenSince = -1;
        }

        /** Notes a row that has the name but no finite number. */
        private void breakOff(int row, String instead) {
            newestBroken = row;
            if (brokenSince < 0) {
                brokenSince = row;
                broken = instead;
            } else if (!List.of(broken.split("/")).contains(instead)) {
                broken += "/" + instead;
            }
        }

        int size() {
            return size;
        }

        int row(int index) {
            return rows == null ? first + index : rows[index];
        }

        double value(int index) {
            return blocks.get(index / BLOCK)[index % BLOCK];
        }

        /** Returns the value in a row, NaN if there is none. */
        double at(int row) {
            int index = rows == null ? row - first : Arrays.binarySearch(rows, 0, size, row);
            return index < 0 || index >= size ? Double.NaN : value(index);
        }

        /** Returns the first row after the last number that has something else under this name; -1 if none has. */
        int brokenSince() {
            return brokenSince;
        }

        /** Returns the last row with this name; -1 if there is none. */
        int newestRow() {
            return Math.max(newestBroken, size == 0 ? -1 : row(size - 1));
        }

        /** Returns what replaces the numbers, such as {@code NaN}; several with a slash between, the first one first. */
        String broken() {
            return broken;
        }

        /** Returns a value for each row, NaN if there is none. */
        double[] dense(int length) {
            double[] dense = new double[length];
            Arrays.fill(dense, Double.NaN);
            IntStream.range(0, size).forEach(i -> dense[row(i)] = value(i));
            return dense;
        }
    }

    private static final Column NONE = new Column();

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Column steps = new Column();
    private int size;

    /** @param rows JSON texts */
    static MetricColumns of(List<String> rows) {
        MetricColumns columns = new MetricColumns();
        rows.forEach(row -> columns.add(RawJson.valid(row)));
        return columns;
    }

    void add(RawJson row) {
        int index = size++;
        row.fields().forEach((name, value) -> cell(index, name, value));
    }

    private void cell(int row, String name, RawJson value) {
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
    private static String word(RawJson value) {
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

    /** Returns the steps of the rows that have one. */
    Column steps() {
        return steps;
    }

    Column column(String name) {
        return columns.getOrDefault(name, NONE);
    }
}
