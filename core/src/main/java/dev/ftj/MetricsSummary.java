package dev.ftj;

import dev.ftj.MetricSeries.Divergence;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.chart.NumberText;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes metrics on one line. */
final class MetricsSummary {
    /** The most losses on one line. */
    private static final int MOST_LOSSES = 4;

    private MetricsSummary() {}

    static String of(JobMetrics metrics) {
        List<String> parts = new ArrayList<>();
        parts.add(metrics.size() == 1 ? "1 record" : metrics.size() + " records");
        List<String> values = new ArrayList<>();
        double newest = Double.NEGATIVE_INFINITY;
        for (String loss : metrics.losses().stream().limit(MOST_LOSSES).toList()) {
            MetricSeries series = metrics.series(loss);
            double step = series.newestStep();
            newest = Double.isNaN(step) ? newest : Math.max(newest, step);
            String value = newest(series);
            if (value != null) {
                values.add(loss + " " + value);
            }
        }
        if (Double.isFinite(newest)) {
            parts.add("step " + NumberText.of(newest));
        }
        parts.addAll(values);
        Point best = metrics.series(MetricsPicture.EVAL_LOSS).best();
        if (best != null) {
            parts.add("best eval_loss " + best);
        }
        String whose = metrics.jobId() == null ? "" : metrics.jobId() + ": ";
        return Sanitizer.oneLine(whose + (metrics.size() == 0 ? "no metrics yet" : String.join(", ", parts)));
    }

    static String of(MetricSeries series) {
        String newest = newest(series);
        Point best = series.best();
        return Sanitizer.oneLine(series.name() + ": "
                + (newest == null ? "no value" : newest)
                + (best == null ? "" : ", best " + best)
                + (series.count() == 0 ? "" : ", " + series.count() + (series.count() == 1 ? " value" : " values")));
    }

    /** Returns the newest value or its replacement; null if nothing was measured. */
    private static @Nullable String newest(MetricSeries series) {
        Divergence divergence = series.divergence();
        Point last = series.last();
        return divergence != null ? divergence.toString() : last == null ? null : NumberText.of(last.value());
    }
}
