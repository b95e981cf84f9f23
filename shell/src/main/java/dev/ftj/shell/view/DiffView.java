package dev.ftj.shell.view;

import dev.ftj.JobMetrics;
import dev.ftj.MetricSeries;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.chart.PlotSeries;
import dev.ftj.internal.chart.SvgChart;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.HtmlEscaper;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.view.JobDiff.Field;
import dev.ftj.shell.view.JobDiff.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs side by side: as a table, as JSON, as a chart of one metric, and as an HTML page. */
public final class DiffView {
    private static final int PLOT_HEIGHT = 16;
    private static final String LEGEND = "* best of these jobs";
    private static final String GAP = "  ";
    private static final String STYLE = """
            <style>
            .ftj-diff{font-family:system-ui,sans-serif;font-size:14px;line-height:1.4}
            .ftj-diff table{border-collapse:collapse;margin-top:8px}
            .ftj-diff th,.ftj-diff td{padding:2px 16px 2px 0;text-align:left;vertical-align:top;border:0;background:none}
            .ftj-diff td{overflow-wrap:anywhere}
            .ftj-diff .best{font-weight:600}
            </style>
            """;

    /** A line of the table: one value a job, safe to print; the best ones are marked. */
    private record Line(String label, List<String> values, List<Boolean> best) {
        Line(String label, List<String> values) {
            this(label, values, values.stream().map(value -> false).toList());
        }
    }

    private final Console console;
    private final JobDiff diff;
    private final boolean all;

    /** @param all whether to show equal values, too */
    public DiffView(Console console, JobDiff diff, boolean all) {
        this.console = console;
        this.diff = diff;
        this.all = all;
    }

    /** Shows the comparison in a format other than csv. */
    public void show(Format format) {
        RecordWriter writer = RecordWriter.of(format, console, false);
        writer.write(diff.json(all), format == Format.TEXT ? text() : "");
        writer.end();
    }

    private String text() {
        List<Line> lines = lines();
        int label = widest(lines.stream().map(Line::label).toList());
        int[] widths = new int[diff.sides().size()];
        int width = label;
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] =
                    widest(lines.stream().map(line -> line.values().get(column)).toList()) + 2;
            width += GAP.length() + widths[i];
        }
        boolean stacked = console.terminals().out() && width > console.width();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < diff.sides().size(); i++) {
            text.append(letter(i))
                    .append(GAP)
                    .append(Sanitizer.oneLine(diff.sides().get(i).id()))
                    .append('\n');
        }
        text.append('\n');
        Style style = console.outStyle();
        if (!stacked) {
            List<String> letters = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                letters.add(letter(i));
            }
            text.append(style.dim(row("", letters, widths, label))).append('\n');
        }
        for (Line line : lines) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                values.add(line.values().get(i) + (line.best().get(i) ? " *" : ""));
            }
            if (stacked) {
                text.append(line.label()).append('\n');
                for (int i = 0; i < widths.length; i++) {
                    text.append(GAP)
                            .append(style.dim(letter(i)))
                            .append(GAP)
                            .append(values.get(i))
                            .append('\n');
                }
            } else {
                text.append(row(line.label(), values, widths, label)).append('\n');
            }
        }
        if (diff.fields(false).isEmpty()) {
            text.append("\nThe configurations are the same.\n");
        }
        if (hasBest(lines)) {
            text.append('\n').append(LEGEND).append('\n');
        }
        return text.toString();
    }

    private static boolean hasBest(List<Line> lines) {
        return lines.stream().anyMatch(line -> line.best().contains(true));
    }

    private static String row(String label, List<String> values, int[] widths, int labelWidth) {
        StringBuilder row = new StringBuilder(padded(label, labelWidth));
        for (int i = 0; i < widths.length; i++) {
            row.append(GAP).append(padded(values.get(i), widths[i]));
        }
        return row.toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - CardView.columns(text)));
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(CardView::columns).max().orElse(0);
    }

    /** A, B, ... Z, then numbers. */
    private static String letter(int side) {
        return side < 26 ? String.valueOf((char) ('A' + side)) : String.valueOf(side + 1);
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(line("name", side -> side.job().name()));
        lines.add(line("status", side -> Objects.toString(side.job().status(), null)));
        lines.add(line("took", side -> {
            Duration took = side.took();
            return took == null ? null : DurationText.exact(took);
        }));
        for (Field field : diff.fields(all)) {
            lines.add(new Line(
                    Sanitizer.oneLine(field.path()),
                    field.values().stream().map(DiffView::shown).toList()));
        }
        for (String name : diff.metricNames()) {
            String label = Sanitizer.oneLine(name);
            lines.add(new Line(label + ", last", cells(name, DiffView::last)));
            int direction = diff.direction(name);
            if (direction != 0) {
                Double best = diff.best(name);
                lines.add(new Line(
                        label + (direction > 0 ? ", highest" : ", lowest"),
                        cells(name, series -> Objects.toString(series.best(), "")),
                        diff.sides().stream()
                                .map(side -> side.series(name))
                                .map(series -> series == null ? null : series.best())
                                .map(point -> best != null && point != null && point.value() == best)
                                .toList()));
            }
        }
        return lines;
    }

    private Line line(String label, Function<Side, @Nullable String> value) {
        return new Line(
                label,
                diff.sides().stream()
                        .map(side -> Sanitizer.oneLine(Objects.requireNonNullElse(value.apply(side), "-")))
                        .toList());
    }

    private List<String> cells(String name, Function<MetricSeries, String> value) {
        return diff.sides().stream()
                .map(side -> side.series(name))
                .map(series -> series == null ? "-" : value.apply(series))
                .toList();
    }

    private static String last(MetricSeries series) {
        if (series.divergence() != null) {
            return series.divergence().toString();
        }
        Point last = series.last();
        return last == null ? "-" : last.toString();
    }

    private static String shown(@Nullable RawJson value) {
        return value == null ? "-" : Sanitizer.oneLine(value.shown());
    }

    /** Draws one series of every job over the others, for a person. */
    public void plot(String series) {
        int width = Math.min(PlotView.WIDEST, console.readingWidth());
        console.out().print(PlotView.of(curves(series), series, axis(), console.outStyle(), width, PLOT_HEIGHT));
        if (curves(series).size() > PlotView.MOST_CURVES) {
            console.say("the chart shows the first " + PlotView.MOST_CURVES + " jobs that have "
                    + Sanitizer.oneLine(series));
        }
    }

    /** Returns the same chart as an SVG element; at most six jobs are drawn. */
    public String svg(String series) {
        return SvgChart.of(
                series + " of " + diff.sides().size() + " jobs", axis(), series, curves(series), null, List.of());
    }

    /** Returns the chart and the table as a page for a browser. */
    public String html(@Nullable String series) {
        StringBuilder html = new StringBuilder("<div class=\"ftj-diff\">\n").append(STYLE);
        html.append(series == null ? "" : svg(series)).append("<table>\n<thead><tr><th></th>");
        for (Side side : diff.sides()) {
            html.append("<th scope=\"col\">")
                    .append(HtmlEscaper.html(side.id()))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        List<Line> lines = lines();
        for (Line line : lines) {
            html.append("<tr><th scope=\"row\">")
                    .append(HtmlEscaper.html(line.label()))
                    .append("</th>");
            for (int i = 0; i < line.values().size(); i++) {
                html.append(line.best().get(i) ? "<td class=\"best\">" : "<td>")
                        .append(HtmlEscaper.html(line.values().get(i)))
                        .append(line.best().get(i) ? " *" : "")
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n");
        html.append(hasBest(lines) ? "<p>" + LEGEND + "</p>\n" : "").append("</div>\n");
        return HtmlPage.of("Comparison of " + diff.sides().size() + " fine-tune jobs", html.toString());
    }

    private List<PlotSeries> curves(String name) {
        List<PlotSeries> curves = new ArrayList<>();
        for (Side side : diff.sides()) {
            MetricSeries series = side.series(name);
            if (series != null && series.count() > 0) {
                curves.add(PlotSeries.of(side.id(), series.places(), series.values()));
            }
        }
        return curves;
    }

    private String axis() {
        return diff.sides().stream()
                .map(Side::metrics)
                .filter(Objects::nonNull)
                .map(JobMetrics::axis)
                .findFirst()
                .orElse("step");
    }
}
