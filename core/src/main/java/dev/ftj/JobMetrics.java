package dev.ftj;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The training metrics of one job, as {@code GET /v0.5/fine-tune/jobs/{job_id}/metrics} returns them: free-form records,
 * one a checkpoint step.
 *
 * <p>The records stay the server's own text ({@link #rows()}); a {@link MetricSeries} holds the numbers of one name in all
 * of them. A value that is missing, null, a text, NaN or infinite is a gap, and nothing here fails because of it; if the
 * newest records have such a value, every display says so. Immutable; a hundred thousand records are fine.
 *
 * <pre>{@code
 * JobMetrics metrics = client.metrics("ftj-my-finetune-run-3de60a5c");
 * System.out.println(metrics.series("eval_loss").best());
 * Files.writeString(Path.of("loss.svg"), metrics.toSvg());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class JobMetrics {
    static final String LAST_CHECKPOINT_STEP = "last_checkpoint_step";
    private static final double LARGEST_EXACT = 1L << 53;

    /** Receives metrics while they arrive; see {@link FineTuneClient#metrics(String, Sink)}. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Receives a member of the response that stands beside the records.
         *
         * @param json the name in quotes, a colon and the value, such as {@code "last_checkpoint_step": 600}
         */
        default void member(String json) {}

        /**
         * Receives the next record.
         *
         * @param json the server's own text
         * @return false to have no more of them
         */
        boolean row(String json);
    }

    private final @Nullable String jobId;
    private final Map<String, RawJson> head;
    /** Null if only the numbers were kept. */
    private final @Nullable List<String> rows;

    private volatile @Nullable MetricColumns columns;

    /**
     * @param jobId the job's id; null if it is not known
     * @param head the response's members other than the records
     * @param rows the text of each record
     */
    JobMetrics(@Nullable String jobId, Map<String, RawJson> head, List<String> rows) {
        this.jobId = jobId;
        this.head = head;
        this.rows = Collections.unmodifiableList(rows);
    }

    /** Metrics without the text of their records. */
    JobMetrics(@Nullable String jobId, Map<String, RawJson> head, MetricColumns columns) {
        this.jobId = jobId;
        this.head = head;
        this.rows = null;
        this.columns = columns;
    }

    /**
     * {@return the metrics that were kept as text}
     *
     * @param text the API's response: a JSON object with {@code metrics}; an array of records is accepted, too
     * @throws FineTuneException of kind {@code UNREADABLE} if the text is anything else
     */
    public static JobMetrics fromJson(String text) {
        return MetricsBody.parse(text);
    }

    /** {@return the id that was asked for; null for metrics that were read from a text} */
    public @Nullable String jobId() {
        return jobId;
    }

    /**
     * {@return the API's {@code last_checkpoint_step}, the step of the newest checkpoint; null if there is none yet, or
     * the server sent no whole number}
     */
    public @Nullable Long lastCheckpointStep() {
        RawJson step = head.get(LAST_CHECKPOINT_STEP);
        return step == null ? null : wholeNumber(step);
    }

    /** Returns the value of a whole number; null for any other value. */
    static @Nullable Long wholeNumber(RawJson json) {
        Double number = json.number();
        if (number == null || number != Math.rint(number) || Math.abs(number) > LARGEST_EXACT) {
            return null;
        }
        return number.longValue();
    }

    /** {@return the number of records; 0 if a job has no metrics yet} */
    public int size() {
        return rows == null ? columns().size() : rows.size();
    }

    /** {@return the unit of a chart's axis: {@code step}, or {@code record} if no record has a {@code step}} */
    public String axis() {
        return columns().steps().size() > 0 || size() == 0 ? "step" : "record";
    }

    /**
     * {@return the names that have numbers, NaN included, as sent, in the order in which they first have one; without
     * {@code step}, which is the axis}
     */
    public List<String> names() {
        return columns().names();
    }

    /**
     * {@return the {@link #names()} that a chart shows: those that contain {@code loss}, or the first name if none
     * does; may be empty}
     */
    public List<String> losses() {
        List<String> names = names();
        List<String> losses = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("loss"))
                .toList();
        return losses.isEmpty() ? names.subList(0, Math.min(1, names.size())) : losses;
    }

    /**
     * {@return the label of the value axis in a chart of the {@link #losses()}: the name of the only one, {@code loss}
     * for several of them}
     */
    public String valueAxis() {
        List<String> losses = losses();
        return losses.size() == 1 ? losses.get(0) : "loss";
    }

    /**
     * {@return the numbers of one name; only gaps if no record has such a number}
     *
     * @param name such as {@code loss} or {@code eval_loss}
     */
    public MetricSeries series(String name) {
        return new MetricSeries(name, columns());
    }

    /**
     * {@return the server's JSON text of each record, whatever it is, every digit as sent; unmodifiable}
     *
     * @throws IllegalStateException if only the numbers were kept
     */
    public List<String> rows() {
        if (rows == null) {
            throw new IllegalStateException("only the numbers of these metrics were kept");
        }
        return rows;
    }

    /**
     * Hands the records on as {@link FineTuneClient#metrics(String, Sink)} does, the members beside them first.
     *
     * @param sink receives them until it wants no more
     * @throws IllegalStateException if only the numbers were kept
     */
    public void into(Sink sink) {
        List<String> texts = rows();
        head.forEach((name, value) -> sink.member(member(name, value)));
        for (int i = 0; i < texts.size() && sink.row(texts.get(i)); i++) {}
    }

    static String member(String name, RawJson value) {
        return JsonWriter.string(name).raw() + ": " + value.raw();
    }

    /**
     * {@return the server's JSON object with all members as sent, {@code metrics} the last of them, without the white
     * space between records and members}
     *
     * @throws IllegalStateException if only the numbers were kept
     */
    public String json() {
        StringBuilder json = new StringBuilder("{");
        head.forEach((name, value) -> json.append(member(name, value)).append(", "));
        return json.append("\"metrics\": [")
                .append(String.join(", ", rows()))
                .append("]}")
                .toString();
    }

    /**
     * {@return one line for people: the number of records, the newest losses and the best {@code eval_loss}, safe to
     * print}
     */
    @Override
    public String toString() {
        return MetricsSummary.of(this);
    }

    /**
     * Draws the losses as a line chart, with the best {@code eval_loss} marked. Lines have gaps if values are missing, and
     * a lone value is a dot.
     *
     * @return an {@code <svg>} element of less than 200 KB without scripts or links, for dark and light pages
     */
    public String toSvg() {
        return MetricsPicture.svg(this);
    }

    /**
     * {@return the same chart above a table of the newest and the best value of each series: an escaped HTML fragment
     * without scripts or links, readable without its styles}
     */
    public String toHtml() {
        return MetricsPicture.html(this);
    }

    private MetricColumns columns() {
        MetricColumns known = columns;
        if (known == null) {
            // two threads at once compute the same
            known = MetricColumns.of(rows());
            columns = known;
        }
        return known;
    }
}
