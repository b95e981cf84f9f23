package dev.ftj;

import dev.ftj.MetricColumns.Column;
import dev.ftj.internal.chart.NumberText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one name in a job's metrics, in the order of the records. Immutable.
 *
 * @since 0.1.0
 */
public final class MetricSeries {
    /**
     * A value of a series, and its position.
     *
     * @param step the record's {@code step}; NaN if it has none
     * @param value the value
     * @param record the record's number, from 1
     */
    public record Point(double step, double value, int record) {
        /** {@return the position of the value, such as {@code step 600}; {@code record 3} if the record has no step} */
        public String place() {
            return Double.isNaN(step) ? "record " + record : "step " + NumberText.of(step);
        }

        /** {@return the value and its place for people, such as {@code 0.4551 at step 600}} */
        @Override
        public String toString() {
            return NumberText.of(value) + " at " + place();
        }
    }

    /**
     * The end of a series whose newest records hold no finite number under its name.
     *
     * @param instead what they hold: {@code NaN}, {@code Infinity}, {@code -Infinity}, {@code null} or {@code no number};
     *     several of these with a slash between them, the first one first
     * @param since the first of these records; its value is NaN
     * @param last the last finite value before; null if there never was one
     */
    public record Divergence(
            String instead, Point since, @Nullable Point last) {
        /** {@return the divergence for people, such as {@code NaN since step 300, last 1.2 at step 200}} */
        @Override
        public String toString() {
            return instead + " since " + since.place() + (last == null ? "" : ", last " + last);
        }
    }

    private static final Set<String> LOWER_IS_BETTER =
            Set.of("perplexity", "ppl", "err", "error", "errors", "wer", "cer", "mse", "rmse", "mae", "mape");
    private static final Set<String> HIGHER_IS_BETTER = Set.of(
            "accuracy",
            "acc",
            "precision",
            "recall",
            "auc",
            "auroc",
            "f1",
            "bleu",
            "rouge",
            "meteor",
            "score",
            "reward",
            "iou",
            "map",
            "r2");

    private final String name;
    private final MetricColumns table;
    private final Column column;

    MetricSeries(String name, MetricColumns table) {
        this.name = name;
        this.table = table;
        this.column = table.column(name);
    }

    /** {@return the name of the values in the records, as sent, any text} */
    public String name() {
        return name;
    }

    /**
     * {@return the steps of the records, one number a record, NaN if it has no step; a copy} They may repeat and go
     * back, as they do when a training is resumed.
     */
    public double[] steps() {
        return table.steps().dense(table.size());
    }

    /**
     * {@return the positions of the values on the axis of a chart, one number a record: its step, NaN if it has none,
     * or its number if no record has a step; a copy}
     */
    public double[] places() {
        return table.steps().size() > 0
                ? steps()
                : IntStream.rangeClosed(1, table.size()).asDoubleStream().toArray();
    }

    /** {@return the values, one number a record, NaN if it has none; a copy} */
    public double[] values() {
        return column.dense(table.size());
    }

    /**
     * {@return the value in one record, without a copy of the others; NaN if there is none}
     *
     * @param record the record's index, from 0
     */
    public double value(int record) {
        return column.at(record);
    }

    /** {@return the number of values: the records without the gaps} */
    public int count() {
        return column.size();
    }

    /**
     * {@return the newest value, in the last record that has one; null if none has} It is not the present one if there
     * is a {@link #divergence()}.
     */
    public @Nullable Point last() {
        return point(column.size() - 1);
    }

    /**
     * {@return what the newest records have under this name, and since when, if it is not a finite number; null if the
     * newest value is a finite number, or nothing was measured} A record without the name was not measured and does not
     * count.
     */
    public @Nullable Divergence divergence() {
        int row = column.brokenSince();
        return row < 0
                ? null
                : new Divergence(column.broken(), new Point(table.steps().at(row), Double.NaN, row + 1), last());
    }

    /**
     * {@return the best value, the first of several that are as good: the lowest of a loss, an error rate, a
     * perplexity; the highest of an accuracy, an F1, a reward; null if there is no value, or the name does not say
     * which is better}
     */
    public @Nullable Point best() {
        int sign = direction();
        int best = sign == 0 ? -1 : column.size() - 1;
        for (int i = best; i >= 0; i--) {
            best = sign * Double.compare(column.value(i), column.value(best)) >= 0 ? i : best;
        }
        return point(best);
    }

    /**
     * {@return which values are better, by the words of the name: -1 for lower ones of a loss, an error rate or a
     * perplexity; 1 for higher ones of an accuracy, an F1 or a reward; 0 if the name does not say}
     */
    public int direction() {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> words = List.of(lower.split("[^a-z0-9]+"));
        if (lower.contains("loss") || words.stream().anyMatch(LOWER_IS_BETTER::contains)) {
            return -1;
        }
        return words.stream().anyMatch(HIGHER_IS_BETTER::contains) ? 1 : 0;
    }

    private @Nullable Point point(int index) {
        return index < 0
                ? null
                : new Point(table.steps().at(column.row(index)), column.value(index), column.row(index) + 1);
    }

    /** Returns the step of the newest record that has this name; NaN if there is none, or it has no step. */
    double newestStep() {
        int newest = column.newestRow();
        return newest < 0 ? Double.NaN : table.steps().at(newest);
    }

    /** {@return one line for people: the name, the newest and the best value, safe to print} */
    @Override
    public String toString() {
        return MetricsSummary.of(this);
    }
}
