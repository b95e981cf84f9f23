package dev.ftj;

import dev.ftj.chart.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The training metrics of one job, as {@code GET /v0.5/fine-tune/jobs/{job_id}/metrics} returns them: free-form records,
 * one a checkpoint step.
 *
 * <p>The records stay the server's own text ({@link #rows()}); a {@link Series} holds the numbers of one name out of all
 * of them. Nothing about a record is taken for granted: a value that is missing, null, a text, NaN or infinite is a gap,
 * and nothing here fails because of it. Immutable; a million records are fine.
 *
 * <pre>{@code
 * JobMetrics metrics = client.metrics("ftj-my-finetune-run-3de60a5c");
 * System.out.println(metrics.series("eval_loss").best());
 * Files.writeString(Path.of("loss.svg"), metrics.toSvg());
 * }</pre>
 */
public final class JobMetrics {
    static final String LAST_CHECKPOINT_STEP = "last_checkpoint_step";
    private static final double LARGEST_EXACT = 1L << 53;

    /**
     * A value of a series, and where it is.
     *
     * @param step the record's {@code step}; where it has none, its place among the records, from 0
     * @param value the value, finite
     */
    public record Point(double step, double value) {
        /**
         * For people.
         *
         * @return such as {@code 0.4551 at step 600}
         */
        @Override
        public String toString() {
            return Numbers.shown(value) + " at step " + Numbers.shown(step);
        }
    }

    /** The numbers of one name, in the order of the records: one for each of them, or a gap. Immutable. */
    public static final class Series {
        private final String name;
        private final double[] steps;
        private final double[] values;

        private Series(String name, double[] steps, double[] values) {
            this.name = name;
            this.steps = steps;
            this.values = values;
        }

        /**
         * The name under which the values stand in the records.
         *
         * @return the name as sent, any text
         */
        public String name() {
            return name;
        }

        /**
         * Where the values are: each record's {@code step}, which may repeat and go back, as it does when a training
         * is resumed.
         *
         * @return one finite number a record, its place among the records where it has no step; a copy
         */
        public double[] steps() {
            return steps.clone();
        }

        /**
         * The values.
         *
         * @return one number a record, {@code NaN} where there is none; a copy
         */
        public double[] values() {
            return values.clone();
        }

        /**
         * How many values there are.
         *
         * @return the records without the gaps
         */
        public int count() {
            return (int) Arrays.stream(values).filter(Double::isFinite).count();
        }

        /**
         * The newest value.
         *
         * @return the value in the last record that has one; null where none has
         */
        public @Nullable Point last() {
            return point(IntStream.range(0, values.length)
                    .filter(i -> Double.isFinite(values[i]))
                    .reduce((earlier, later) -> later)
                    .orElse(-1));
        }

        /**
         * The lowest value, which is the best one of a loss.
         *
         * @return the first of several that are as low; null where there is no value
         */
        public @Nullable Point best() {
            return point(IntStream.range(0, values.length)
                    .filter(i -> Double.isFinite(values[i]))
                    .reduce((best, other) -> values[other] < values[best] ? other : best)
                    .orElse(-1));
        }

        private @Nullable Point point(int row) {
            return row < 0 ? null : new Point(steps[row], values[row]);
        }

        /**
         * One line for people.
         *
         * @return the name, the newest and the lowest value, safe to print
         */
        @Override
        public String toString() {
            return MetricsSummary.of(this);
        }
    }

    private final @Nullable String jobId;
    private final Map<String, JsonSlice> head;
    private final CompactRows rows;
    private volatile @Nullable MetricColumns columns;

    private JobMetrics(@Nullable String jobId, Map<String, JsonSlice> head, CompactRows rows) {
        this.jobId = jobId;
        this.head = head;
        this.rows = rows;
    }

    /**
     * Metrics that were kept as text.
     *
     * @param text the API's answer: a JSON object with {@code metrics}; an array of records alone is tolerated
     * @return the metrics
     * @throws FineTuneException of kind {@code UNREADABLE} where the text is anything else
     */
    public static JobMetrics fromJson(String text) {
        return MetricsReader.read(text, null);
    }

    /**
     * Metrics whose parts were read already.
     *
     * @param jobId whose they are; null where nobody knows
     * @param head the answer's members other than the records
     * @param rows the records; kept as they are where they are compact already
     */
    static JobMetrics of(@Nullable String jobId, Map<String, JsonSlice> head, List<JsonSlice> rows) {
        return new JobMetrics(jobId, head, CompactRows.of(rows));
    }

    /**
     * Whose metrics these are.
     *
     * @return the id that was asked for; null for metrics made of a text
     */
    public @Nullable String jobId() {
        return jobId;
    }

    /**
     * The API's {@code last_checkpoint_step}: the step of the newest checkpoint.
     *
     * @return the step; null where there is no checkpoint yet, or the server sent no whole number
     */
    public @Nullable Long lastCheckpointStep() {
        JsonSlice step = head.get(LAST_CHECKPOINT_STEP);
        Double number = step == null ? null : step.number();
        if (number == null || number != Math.rint(number) || Math.abs(number) > LARGEST_EXACT) {
            return null;
        }
        return number.longValue();
    }

    /**
     * How many records there are.
     *
     * @return 0 where a job has no metrics yet
     */
    public int size() {
        return rows.size();
    }

    /**
     * The names that have numbers, {@code step} not among them: it is the axis.
     *
     * @return the names as sent, in the order in which they first have one; one whose numbers are all NaN is here, too
     */
    public List<String> names() {
        return columns().names();
    }

    /**
     * The losses, which is what a picture shows: the names with {@code loss} in them; the first name where none has it.
     *
     * @return some of {@link #names()}; empty where that is empty
     */
    public List<String> losses() {
        List<String> names = names();
        List<String> losses = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("loss"))
                .toList();
        return losses.isEmpty() ? names.subList(0, Math.min(1, names.size())) : losses;
    }

    /**
     * The numbers of one name.
     *
     * @param name such as {@code loss} or {@code eval_loss}
     * @return a series as long as there are records; nothing but gaps where no record has such a number
     */
    public Series series(String name) {
        MetricColumns table = columns();
        return new Series(name, table.steps(), table.values(name));
    }

    /**
     * The records themselves, whatever they are.
     *
     * @return the server's JSON text of each, every digit as sent; an unmodifiable list that makes them as they are asked
     *     for
     */
    public List<String> rows() {
        return rows.texts();
    }

    /**
     * The server's JSON: its object with all members as sent, {@code metrics} the last of them. What stood between the
     * records and members, white space that is, is not kept.
     *
     * @return a JSON object
     */
    public String json() {
        StringBuilder json = new StringBuilder("{");
        head.forEach((name, value) -> json.append(JsonSlice.string(name).raw())
                .append(": ")
                .append(value.raw())
                .append(", "));
        json.append("\"metrics\": [");
        for (int i = 0; i < rows.size(); i++) {
            json.append(i == 0 ? "" : ", ").append(rows.get(i).raw());
        }
        return json.append("]}").toString();
    }

    /**
     * One line for people.
     *
     * @return how many records there are, the newest losses and the best {@code eval_loss}, safe to print
     */
    @Override
    public String toString() {
        return MetricsSummary.of(this);
    }

    /**
     * The losses as a line chart, the best {@code eval_loss} marked. The picture stands alone, with no script and nothing
     * to fetch; lines are broken where values are missing, and a lone value is a dot.
     *
     * @return an {@code <svg>} element of less than 200 KB, for a dark page as well as a light one
     */
    public String toSvg() {
        return MetricsPicture.svg(this);
    }

    /**
     * The same chart above a table of the newest and the lowest value of each series.
     *
     * @return an HTML fragment that stands alone: escaped, no script, styles for itself only, readable without them
     */
    public String toHtml() {
        return MetricsPicture.html(this);
    }

    private MetricColumns columns() {
        MetricColumns known = columns;
        if (known == null) {
            // two threads at once make the same twice
            known = new MetricColumns(rows);
            columns = known;
        }
        return known;
    }
}
