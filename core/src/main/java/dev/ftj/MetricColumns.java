package dev.ftj;

import dev.ftj.internal.json.RawJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers in rows of metrics, by name. Values that are not finite numbers are not kept, so ragged rows cost nothing. */
final class MetricColumns {
    private static final String STEP = "step";

    /** The numbers of one name, and the rows that they are in. */
    static final class Column {
        private double[] values = {};
        private int[] rows = {};
        private int size;
        private int brokenSince = -1;
        private int newestBroken = -1;
        private String broken = "";

        private void add(int row, double value) {
            if (size == rows.length) {
                values = Arrays.copyOf(values, Math.max(4, 2 * size));
                rows = Arrays.copyOf(rows, values.length);
            }
            values[size] = value;
            rows[size++] = row;
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
            return rows[index];
        }

        double value(int index) {
            return values[index];
        }

        /** Returns the value in a row, NaN if there is none. */
        double at(int row) {
            int index = Arrays.binarySearch(rows, 0, size, row);
            return index < 0 ? Double.NaN : values[index];
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
            for (int i = 0; i < size; i++) {
                dense[rows[i]] = values[i];
            }
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
        return name.equals(STEP) ? steps : columns.getOrDefault(name, NONE);
    }
}
