package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Metrics of a running job as they come: on a terminal one view that is redrawn, elsewhere a line for each new record.
 */
public final class MetricsFeed {
    /** A view that is redrawn must fit a terminal of the usual height. */
    private static final int MOST_SERIES = 10;

    private static final int PLOT_HEIGHT = 12;

    private final Console console;
    private final Format format;
    private final boolean plot;
    private volatile String drawn = "";
    private int seen;
    private String newest = "";

    public MetricsFeed(Console console, Format format, boolean plot) {
        this.console = console;
        this.format = format;
        this.plot = plot;
    }

    /** Returns whether one view is redrawn. */
    public boolean redraws() {
        return format == Format.TEXT && console.redraws();
    }

    /** Shows the records that are new since the last call. */
    public void show(FineTuneJob job, JobMetrics metrics) {
        if (redraws()) {
            draw(job, metrics);
            return;
        }
        List<String> rows = metrics.rows();
        boolean newestChanged =
                seen > 0 && seen <= rows.size() && !rows.get(seen - 1).equals(newest);
        for (int i = newestChanged ? seen - 1 : Math.min(seen, rows.size()); i < rows.size(); i++) {
            console.out().println(format == Format.JSONL ? JsonText.compact(rows.get(i)) : line(rows.get(i)));
        }
        seen = rows.size();
        newest = rows.isEmpty() ? "" : rows.get(seen - 1);
    }

    /** Leaves the drawn view in place: other output follows it. */
    public void interrupted() {
        drawn = "";
    }

    private void draw(FineTuneJob job, JobMetrics metrics) {
        MetricsRows rows = new MetricsRows(metrics, console.width());
        List<Row> all = new ArrayList<>(rows.head());
        JobStatus status = job.status();
        if (status != null) {
            all.add(new Row("status", List.of(Sanitizer.oneLine(status.value())), Role.STATUS));
        }
        all.addAll(rows.best());
        if (!plot) {
            all.addAll(rows.series(MOST_SERIES));
        }
        String text = CardView.of(all, console.outStyle(), console.width());
        if (plot) {
            int width = Math.min(PlotView.WIDEST, console.width());
            text += PlotView.of(metrics, console.outStyle(), width, PLOT_HEIGHT);
        }
        if (!text.equals(drawn)) {
            int up = lines(drawn);
            console.out().print((up == 0 ? "" : "\u001b[" + up + "A\r\u001b[J") + text);
            drawn = text;
        }
    }

    /** Returns the lines of the terminal that a text takes: it may have become narrower since. */
    private int lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .mapToInt(line -> Math.max(1, (CardView.columns(line) + console.width() - 1) / console.width()))
                .sum();
    }

    private static String line(String row) {
        Map<String, RawJson> members = RawJson.valid(row).fields();
        if (members.isEmpty()) {
            return JsonText.compact(row);
        }
        return members.entrySet().stream()
                .map(member -> Sanitizer.oneLine(member.getKey()) + " " + JsonText.shown(member.getValue()))
                .collect(Collectors.joining("  "));
    }
}
