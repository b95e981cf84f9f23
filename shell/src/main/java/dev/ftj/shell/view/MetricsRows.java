package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.MetricSeries;
import dev.ftj.MetricSeries.Divergence;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.chart.NumberText;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Metrics as labelled rows for a width: a head, and a row with a sparkline for each series. */
final class MetricsRows {
    private static final int LONGEST_SPARKLINE = 40;
    private static final int SHORTEST_SPARKLINE = 4;

    private final JobMetrics metrics;
    private final int width;

    MetricsRows(JobMetrics metrics, int width) {
        this.metrics = metrics;
        this.width = width;
    }

    List<Row> head() {
        List<Row> rows = new ArrayList<>();
        if (metrics.jobId() != null) {
            rows.add(row("job", metrics.jobId(), Role.ID));
        }
        rows.add(row("records", Integer.toString(metrics.size()), Role.FIELD));
        if (metrics.lastCheckpointStep() != null) {
            rows.add(row("last checkpoint", "step " + metrics.lastCheckpointStep(), Role.FIELD));
        }
        return rows;
    }

    /** Returns the best {@code eval_loss}; no row if there is none. */
    List<Row> best() {
        Point best = metrics.series("eval_loss").best();
        return best == null ? List.of() : List.of(row("best eval_loss", best.toString(), Role.NAME));
    }

    /** Returns a row for each of the first series, and one with the number of the others. */
    List<Row> series(int most) {
        List<String> names = metrics.names();
        List<String> shown = names.subList(0, Math.min(most, names.size()));
        int digits = shown.stream()
                .mapToInt(name -> newest(metrics.series(name)).length())
                .max()
                .orElse(0);
        int label = shown.stream()
                .mapToInt(name -> CardView.columns(label(name)))
                .max()
                .orElse(0);
        int indent = width < CardView.NARROW ? 2 : Math.min(label, CardView.WIDEST_LABEL) + 2;
        int blocks = Math.max(SHORTEST_SPARKLINE, Math.min(LONGEST_SPARKLINE, width - indent - digits - 3));
        List<Row> rows = new ArrayList<>();
        for (String name : shown) {
            MetricSeries series = metrics.series(name);
            String value = newest(series);
            String line = value
                    + " ".repeat(digits - value.length() + 2)
                    + Sparkline.of(metrics.size(), series::value, blocks).stripTrailing();
            List<String> lines = new ArrayList<>(List.of(line.stripTrailing()));
            Divergence divergence = series.divergence();
            if (divergence != null) {
                lines.add(divergence.toString());
            }
            rows.add(new Row(label(name), lines, Role.FIELD));
        }
        int more = names.size() - shown.size();
        if (more > 0) {
            rows.add(row("more series", Integer.toString(more), Role.OTHER));
        }
        return rows;
    }

    private static String newest(MetricSeries series) {
        Divergence divergence = series.divergence();
        Point last = series.last();
        return divergence != null ? divergence.instead() : last == null ? "none" : NumberText.of(last.value());
    }

    private String label(String name) {
        return Table.cut(Sanitizer.oneLine(name), width);
    }

    private static Row row(String label, String value, Role role) {
        return new Row(label, List.of(Sanitizer.oneLine(value)), role);
    }
}
