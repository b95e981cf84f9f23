package dev.ftj;

import dev.ftj.MetricColumns.Column;
import dev.ftj.internal.chart.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The training metrics of one job, as {@code GET /v0.5/fine-tune/jobs/{job_id}/metrics} returns them: free-form records,
 * one a checkpoint step.
 *
 * <p>The records stay the server's own text ({@link #rows()}); a {@link Series} holds the numbers of one name out of all
 * of them. Nothing about a record is taken for granted: a value that is missing, null, a text, NaN or infinite is a gap,
 * and nothing here fails because of it; where the newest records have such a value, every display says so. Immutable; a
 * million records are fine.
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
     * @param step the record's {@code step}; NaN where it has none
     * @param value the value
     * @param record the record's number, from 1
     */
    public record Point(double step, double value, int record) {
        /**
         * Where the value is.
         *
         * @return such as {@code step 600}; {@code record 3} where the record has no step
         */
        public String place() {
            return Double.isNaN(step) ? "record " + record : "step " + Numbers.shown(step);
        }

        /**
         * For people.
         *
         * @return such as {@code 0.4551 at step 600}
         */
        @Override
        public String toString() {
            return Numbers.shown(value) + " at " + place();
        }
    }

    /**
     * What became of a series whose newest records hold no finite number under its name.
     *
     * @param instead what they hold: {@code NaN}, {@code Infinity}, {@code -Infinity}, {@code null} or {@code no number};
     *     several of these with a slash between them, the first one first
     * @param since the first of these records; its value is NaN
     * @param last the last finite value before; null where there never was one
     */
    public record Divergence(
            String instead, Point since, @Nullable Point last) {
        /**
         * For people.
         *
         * @return such as {@code NaN since step 300, last 1.2 at step 200}
         */
        @Override
        public String toString() {
            return instead + " since " + since.place() + (last == null ? "" : ", last " + last);
        }
    }

    /**
     * Takes metrics as they arrive; see {@link FineTuneClient#metrics(String, Sink)}.
     */
    @FunctionalInterface
    public interface Sink {
        /**
         * A member of the answer that stands beside the records.
         *
         * @param json the name in quotes, a colon and the value, such as {@code "last_checkpoint_step": 600}
         */
        default void member(String json) {}

        /**
         * The next record.
         *
         * @param json the server's own text
         * @return false to have no more of them
         */
        boolean row(String json);
    }

    /** The numbers of one name, in the order of the records. Immutable. */
    public static final class Series {
        private final String name;
        private final MetricColumns table;
        private final Column column;

        private Series(String name, MetricColumns table) {
            this.name = name;
            this.table = table;
            this.column = table.column(name);
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
         * The steps of the records, which may repeat and go back, as they do when a training is resumed.
         *
         * @return one number a record, NaN where it has no step; a copy
         */
        public double[] steps() {
            return table.steps().dense(table.size());
        }

        /**
         * Where the values are on the axis of a chart: the steps of the records; where no record has one, their numbers.
         *
         * @return one number a record, NaN where the others have a step and it has none; a copy
         */
        public double[] places() {
            return table.steps().size() > 0
                    ? steps()
                    : IntStream.rangeClosed(1, table.size()).asDoubleStream().toArray();
        }

        /**
         * The values.
         *
         * @return one number a record, {@code NaN} where there is none; a copy
         */
        public double[] values() {
            return column.dense(table.size());
        }

        /**
         * The value in one record, for reading many without a copy.
         *
         * @param record the record's index, from 0
         * @return the value; NaN where there is none
         */
        public double value(int record) {
            return column.at(record);
        }

        /**
         * How many values there are.
         *
         * @return the records without the gaps
         */
        public int count() {
            return column.size();
        }

        /**
         * The newest value. It is not the present one where there is a {@link #divergence()}.
         *
         * @return the value in the last record that has one; null where none has
         */
        public @Nullable Point last() {
            return point(column.size() - 1);
        }

        /**
         * Whether the newest records have something else under this name: NaN, null, Infinity. A record without the name
         * is not measured, and says nothing.
         *
         * @return what they hold, and since when; null where the newest value is a finite number, or none was measured
         */
        public @Nullable Divergence divergence() {
            int row = column.brokenSince();
            return row < 0
                    ? null
                    : new Divergence(column.broken(), new Point(table.steps().at(row), Double.NaN, row + 1), last());
        }

        /**
         * The best value: the lowest where lower is better (a loss, an error rate, a perplexity), the highest where higher
         * is better (an accuracy, an F1, a reward), by the name.
         *
         * @return the first of several that are as good; null where there is no value, or the name does not say which is
         *     better
         */
        public @Nullable Point best() {
            Goal goal = Goal.of(name);
            if (goal == null) {
                return null;
            }
            int best = column.size() - 1;
            for (int i = column.size() - 1; i >= 0; i--) {
                int compared = Double.compare(column.value(i), column.value(best));
                best = compared == 0 || (goal == Goal.LOWEST ? compared < 0 : compared > 0) ? i : best;
            }
            return point(best);
        }

        private @Nullable Point point(int index) {
            return index < 0
                    ? null
                    : new Point(table.steps().at(column.row(index)), column.value(index), column.row(index) + 1);
        }

        /** The place of the newest record that has this name; NaN where none has, or it has no step. */
        double newestStep() {
            int newest = Math.max(column.newestBroken(), column.size() == 0 ? -1 : column.row(column.size() - 1));
            return newest < 0 ? Double.NaN : table.steps().at(newest);
        }

        /**
         * One line for people.
         *
         * @return the name, the newest and the best value, safe to print
         */
        @Override
        public String toString() {
            return MetricsSummary.of(this);
        }
    }

    /** Whether a series is to fall or to rise, as far as its name says. */
    enum Goal {
        LOWEST("perplexity", "ppl", "err", "error", "errors", "wer", "cer", "mse", "rmse", "mae", "mape"),
        HIGHEST(
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

        private final Set<String> words;

        Goal(String... words) {
            this.words = Set.of(words);
        }

        static @Nullable Goal of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.contains("loss")) {
                return LOWEST;
            }
            List<String> parts = List.of(lower.split("[^a-z0-9]+"));
            return Stream.of(values())
                    .filter(goal -> parts.stream().anyMatch(goal.words::contains))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final @Nullable String jobId;
    private final Map<String, JsonSlice> head;
    /** Null where only the numbers were kept. */
    private final @Nullable CompactRows rows;

    private volatile @Nullable MetricColumns columns;

    private JobMetrics(
            @Nullable String jobId,
            Map<String, JsonSlice> head,
            @Nullable CompactRows rows,
            @Nullable MetricColumns columns) {
        this.jobId = jobId;
        this.head = head;
        this.rows = rows;
        this.columns = columns;
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
        return new JobMetrics(jobId, head, CompactRows.of(rows), null);
    }

    /** Metrics without the text of their records. */
    static JobMetrics of(@Nullable String jobId, Map<String, JsonSlice> head, MetricColumns columns) {
        return new JobMetrics(jobId, head, null, columns);
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
        return rows == null ? columns().size() : rows.size();
    }

    /**
     * What the axis of a chart counts.
     *
     * @return {@code step}; {@code record} where no record has a {@code step}
     */
    public String axis() {
        return columns().steps().size() > 0 || size() == 0 ? "step" : "record";
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
     * What the value axis of a chart of the {@link #losses()} measures.
     *
     * @return the name of the only one; {@code loss} for several of them
     */
    public String valueAxis() {
        List<String> losses = losses();
        return losses.size() == 1 ? losses.get(0) : "loss";
    }

    /**
     * The numbers of one name.
     *
     * @param name such as {@code loss} or {@code eval_loss}
     * @return nothing but gaps where no record has such a number
     */
    public Series series(String name) {
        return new Series(name, columns());
    }

    /**
     * The records themselves, whatever they are.
     *
     * @return the server's JSON text of each, every digit as sent; an unmodifiable list that makes them as they are asked
     *     for
     * @throws IllegalStateException where only the numbers were kept
     */
    public List<String> rows() {
        return kept().texts();
    }

    /**
     * Hands the records on as {@link FineTuneClient#metrics(String, Sink)} does, the members beside them first.
     *
     * @param sink takes them, until it wants no more
     * @throws IllegalStateException where only the numbers were kept
     */
    public void into(Sink sink) {
        CompactRows texts = kept();
        head.forEach((name, value) -> sink.member(member(name, value)));
        for (int i = 0; i < texts.size() && sink.row(texts.get(i).raw()); i++) {}
    }

    static String member(String name, JsonSlice value) {
        return JsonSlice.string(name).raw() + ": " + value.raw();
    }

    private CompactRows kept() {
        if (rows == null) {
            throw new IllegalStateException("only the numbers of these metrics were kept");
        }
        return rows;
    }

    /**
     * The server's JSON: its object with all members as sent, {@code metrics} the last of them. What stood between the
     * records and members, white space that is, is not kept.
     *
     * @return a JSON object
     * @throws IllegalStateException where only the numbers were kept
     */
    public String json() {
        CompactRows texts = kept();
        StringBuilder json = new StringBuilder("{");
        head.forEach((name, value) -> json.append(member(name, value)).append(", "));
        json.append("\"metrics\": [");
        for (int i = 0; i < texts.size(); i++) {
            json.append(i == 0 ? "" : ", ").append(texts.get(i).raw());
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
     * The same chart above a table of the newest and the best value of each series.
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
            known = MetricColumns.of(kept());
            columns = known;
        }
        return known;
    }
}
