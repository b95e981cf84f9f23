package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.MetricSeries;
import dev.ftj.MetricSeries.Divergence;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.chart.NumberText;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;

/** The loss as one row of a job's card. */
public final class LossRow {
    private static final int BLOCKS = 16;

    private LossRow() {}

    /** Returns one row. */
    public static List<Row> of(JobMetrics metrics) {
        List<String> losses = metrics.losses();
        if (losses.isEmpty()) {
            String none = metrics.size() == 0 ? "none yet" : "no number in " + metrics.size() + " records";
            return List.of(new Row("metrics", List.of(none), Role.OTHER));
        }
        MetricSeries loss = metrics.series(losses.contains("loss") ? "loss" : losses.get(0));
        Point last = loss.last();
        Point best = metrics.series("eval_loss").best();
        Divergence divergence = loss.divergence();
        String newest =
                divergence != null ? divergence.toString() : last == null ? "no number" : NumberText.of(last.value());
        String value = (Sparkline.of(metrics.size(), loss::value, BLOCKS).strip() + " " + newest).strip()
                + (best == null ? "" : " (best eval " + best + ")");
        return List.of(new Row(Sanitizer.oneLine(loss.name()), List.of(value), Role.OTHER));
    }
}
