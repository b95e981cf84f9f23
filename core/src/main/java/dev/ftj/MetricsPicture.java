package dev.ftj;

import dev.ftj.JobMetrics.Point;
import dev.ftj.JobMetrics.Series;
import dev.ftj.chart.Curve;
import dev.ftj.chart.Numbers;
import dev.ftj.chart.SvgChart;
import dev.ftj.text.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics as SVG and HTML. */
final class MetricsPicture {
    static final String EVAL_LOSS = "eval_loss";
    /** A table is for reading. */
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
        List<Curve> curves = metrics.losses().stream()
                .map(metrics::series)
                .map(series -> Curve.of(series.name(), series.steps(), series.values()))
                .filter(curve -> curve.size() > 0)
                .limit(MOST_SERIES)
                .toList();
        return SvgChart.of(title(metrics), "step", curves, best(metrics));
    }

    private static SvgChart.@Nullable Mark best(JobMetrics metrics) {
        Point best = metrics.series(EVAL_LOSS).best();
        return best == null
                ? null
                : new SvgChart.Mark(new Curve.Point(best.step(), best.value()), "best eval_loss " + best);
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
            html.append("<table>\n<thead><tr><th scope=\"col\">series</th><th scope=\"col\">last</th>"
                    + "<th scope=\"col\">at step</th><th scope=\"col\">lowest</th><th scope=\"col\">at step</th>"
                    + "</tr></thead>\n<tbody>\n");
            names.stream().limit(MOST_SERIES).map(metrics::series).forEach(series -> row(html, series));
            html.append("</tbody>\n</table>\n");
        }
        if (names.size() > MOST_SERIES) {
            html.append("<p>and " + (names.size() - MOST_SERIES) + " more series</p>\n");
        }
        return html.append("</div>\n").toString();
    }

    private static void row(StringBuilder html, Series series) {
        html.append("<tr><th scope=\"row\">").append(Markup.html(series.name())).append("</th>");
        cells(html, series.last());
        cells(html, series.best());
        html.append("</tr>\n");
    }

    private static void cells(StringBuilder html, @Nullable Point point) {
        html.append("<td>" + (point == null ? "none" : Numbers.shown(point.value())) + "</td>");
        html.append("<td>" + (point == null ? "" : Numbers.shown(point.step())) + "</td>");
    }
}
