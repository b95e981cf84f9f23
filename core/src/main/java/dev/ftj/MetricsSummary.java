package dev.ftj;

import dev.ftj.JobMetrics.Point;
import dev.ftj.JobMetrics.Series;
import dev.ftj.chart.Numbers;
import dev.ftj.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Metrics in a line. */
final class MetricsSummary {
    /** A line of more is none. */
    private static final int MOST_LOSSES = 4;

    private MetricsSummary() {}

    static String of(JobMetrics metrics) {
        List<String> parts = new ArrayList<>();
        parts.add(metrics.size() == 1 ? "1 record" : metrics.size() + " records");
        List<String> values = new ArrayList<>();
        double newest = Double.NEGATIVE_INFINITY;
        for (String loss : metrics.losses().stream().limit(MOST_LOSSES).toList()) {
            Point last = metrics.series(loss).last();
            if (last != null) {
                newest = Math.max(newest, last.step());
                values.add(loss + " " + Numbers.shown(last.value()));
            }
        }
        if (!values.isEmpty()) {
            parts.add("step " + Numbers.shown(newest));
            parts.addAll(values);
        }
        Point best = metrics.series(MetricsPicture.EVAL_LOSS).best();
        if (best != null) {
            parts.add("best eval_loss " + best);
        }
        String whose = metrics.jobId() == null ? "" : metrics.jobId() + ": ";
        return Sanitizer.oneLine(whose + (metrics.size() == 0 ? "no metrics yet" : String.join(", ", parts)));
    }

    static String of(Series series) {
        Point last = series.last();
        Point best = series.best();
        return Sanitizer.oneLine(series.name() + ": "
                + (last == null || best == null
                        ? "no value"
                        : Numbers.shown(last.value()) + ", lowest " + best + ", " + series.count() + " values"));
    }
}
