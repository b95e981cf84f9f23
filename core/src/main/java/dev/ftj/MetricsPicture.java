package dev.ftj;

import dev.ftj.MetricSeries.Divergence;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.chart.NumberText;
import dev.ftj.internal.chart.PlotSeries;
import dev.ftj.internal.chart.SvgChart;
import dev.ftj.internal.text.HtmlEscaper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Metrics as SVG and HTML. */
final class MetricsPicture {
    static final String EVAL_LOSS = "eval_loss";
    /** The most rows of the table. */
    private static final int MOST_SERIES = 50;

    private static final String STYLE = """
            <style>
            .ftj-metrics{font-family:system-ui,sans-serif;font-size:14px;line-height:1.4}
            .ftj-metrics table{border-collapse:collapse;margin-top:8px}
            .ftj-metrics th,.ftj-metrics td{padding:2px 16px 2px 0;text-align:right;border:0;background:none}
            .ftj-metrics th{font-weight:600}
            .ftj-metrics th:first-child{text-align:left;overflow-wrap:anywhere}
            .ftj-metrics thead th{opacity:.75}
            </style>
            """;

    private MetricsPicture() {}

    static String svg(JobMetrics metrics) {
        List<PlotSeries> curves = new ArrayList<>();
        List<SvgChart.Note> notes = new ArrayList<>();
        for (String name : metrics.losses().stream().limit(MOST_SERIES).toList()) {
            MetricSeries series = metrics.series(name);
            curves.add(PlotSeries.of(name, series.places(), series.values()));
            Divergence divergence = series.divergence();
            if (divergence != null) {
                notes.add(new SvgChart.Note(place(metrics, divergence.since()), name + ": " + divergence));
            }
        }
        return SvgChart.of(title(metrics), metrics.axis(), metrics.valueAxis(), curves, best(metrics), notes);
    }

    private static SvgChart.@Nullable Mark best(JobMetrics metrics) {
        Point best = metrics.series(EVAL_LOSS).best();
        return best == null || Double.isNaN(place(metrics, best))
                ? null
                : new SvgChart.Mark(new PlotSeries.Point(place(metrics, best), best.value()), "best eval_loss " + best);
    }

    /** Returns NaN for a record without a step if others have one. */
    private static double place(JobMetrics metrics, Point point) {
        return counts(metrics) ? point.record() : point.step();
    }

    /** Returns whether the axis counts records. */
    private static boolean counts(JobMetrics metrics) {
        return metrics.axis().equals("record");
    }

    private static String title(JobMetrics metrics) {
        return "Training metrics" + (metrics.jobId() == null ? "" : " of " + metrics.jobId())
                + (metrics.size() == 0 ? ": none yet" : "");
    }

    static String html(JobMetrics metrics) {
        StringBuilder html = new StringBuilder("<div class=\"ftj-metrics\">\n").append(STYLE);
        html.append(svg(metrics));
        List<String> names = metrics.names();
        if (!names.isEmpty()) {
            List<MetricSeries> shown =
                    names.stream().limit(MOST_SERIES).map(metrics::series).toList();
            boolean best = shown.stream().map(MetricSeries::best).anyMatch(Objects::nonNull);
            String at = "<th scope=\"col\">at " + metrics.axis() + "</th>";
            html.append("<table>\n<thead><tr><th scope=\"col\">series</th><th scope=\"col\">last</th>")
                    .append(at)
                    .append(best ? "<th scope=\"col\">best</th>" + at : "")
                    .append("</tr></thead>\n<tbody>\n");
            shown.forEach(series -> row(html, metrics, series, best));
            html.append("</tbody>\n</table>\n");
        }
        if (names.size() > MOST_SERIES) {
            html.append("<p>and " + (names.size() - MOST_SERIES) + " more series</p>\n");
        }
        return html.append("</div>\n").toString();
    }

    private static void row(StringBuilder html, JobMetrics metrics, MetricSeries series, boolean best) {
        html.append("<tr><th scope=\"row\">")
                .append(HtmlEscaper.html(series.name()))
                .append("</th>");
        Divergence divergence = series.divergence();
        if (divergence == null) {
            cells(html, metrics, series.last(), "none");
        } else {
            html.append("<td colspan=\"2\">").append(divergence).append("</td>");
        }
        if (best) {
            cells(html, metrics, series.best(), "");
        }
        html.append("</tr>\n");
    }

    private static void cells(StringBuilder html, JobMetrics metrics, @Nullable Point point, String without) {
        html.append("<td>" + (point == null ? without : NumberText.of(point.value())) + "</td>");
        html.append("<td>" + (point == null ? "" : at(metrics, point)) + "</td>");
    }

    private static String at(JobMetrics metrics, Point point) {
        double place = place(metrics, point);
        return Double.isNaN(place) ? point.place() : NumberText.of(place);
    }
}
