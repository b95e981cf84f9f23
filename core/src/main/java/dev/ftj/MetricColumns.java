package dev.ftj;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers in rows of metrics, by name: what is no number is not kept, however ragged the rows are. */
final class MetricColumns {
    private static final String STEP = "step";

    /** The numbers of one name, and the rows that they are in. */
    private static final class Column {
        private int[] rows = new int[4];
        private double[] values = new double[4];
        private int size;

        void add(int row, double value) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            rows[size] = row;
            values[size++] = value;
        }
    }

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final double[] steps;

    MetricColumns(List<JsonSlice> rows) {
        steps = new double[rows.size()];
        for (int i = 0; i < steps.length; i++) {
            int row = i;
            steps[row] = row;
            rows.get(row).fields().forEach((name, value) -> cell(row, name, value.number()));
        }
    }

    private void cell(int row, String name, @Nullable Double number) {
        if (number == null) {
            return;
        }
        boolean finite = Double.isFinite(number);
        if (!name.equals(STEP)) {
            Column column = columns.computeIfAbsent(name, unknown -> new Column());
            if (finite) {
                column.add(row, number);
            }
        } else if (finite) {
            steps[row] = number;
        }
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    double[] steps() {
        return steps;
    }

    /** A value for each row, NaN where there is none. */
    double[] values(String name) {
        double[] values = new double[steps.length];
        Arrays.fill(values, Double.NaN);
        Column column = columns.get(name);
        if (column != null) {
            for (int i = 0; i < column.size; i++) {
                values[column.rows[i]] = column.values[i];
            }
        }
        return values;
    }
}
