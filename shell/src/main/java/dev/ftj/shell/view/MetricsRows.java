package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.JobMetrics.Point;
import dev.ftj.JobMetrics.Series;
import dev.ftj.chart.Numbers;
import dev.ftj.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Metrics as labelled rows for a width: what is known of all of them, and a row with a sparkline for each series. */
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

    /** The best {@code eval_loss}; none where there is no such loss. */
    List<Row> best() {
        Point best = metrics.series("eval_loss").best();
        return best == null ? List.of() : List.of(row("best eval_loss", best.toString(), Role.NAME));
    }

    /** A row for each of the first series, and one that tells how many there are besides. */
    List<Row> series(int most) {
        List<Series> shown =
                metrics.names().stream().limit(most).map(metrics::series).toList();
        List<String> values = shown.stream().map(MetricsRows::last).toList();
        int digits = values.stream().mapToInt(String::length).max().orElse(0);
        int label = shown.stream()
                .mapToInt(series -> CardView.columns(label(series.name())))
                .max()
                .orElse(0);
        int indent = width < CardView.NARROW ? 2 : Math.min(label, CardView.WIDEST_LABEL) + 2;
        int blocks = Math.max(SHORTEST_SPARKLINE, Math.min(LONGEST_SPARKLINE, width - indent - digits - 3));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            String value = values.get(i);
            String line = value
                    + " ".repeat(digits - value.length() + 2)
                    + Sparkline.of(shown.get(i).values(), blocks).stripTrailing();
            rows.add(row(label(shown.get(i).name()), line.stripTrailing(), Role.FIELD));
        }
        int more = metrics.names().size() - shown.size();
        if (more > 0) {
            rows.add(row("more series", Integer.toString(more), Role.OTHER));
        }
        return rows;
    }

    private static String last(Series series) {
        Point last = series.last();
        return last == null ? "none" : Numbers.shown(last.value());
    }

    private String label(String name) {
        return Table.cut(Sanitizer.oneLine(name), width);
    }

    private static Row row(String label, String value, Role role) {
        return new Row(label, List.of(Sanitizer.oneLine(value)), role);
    }
}
