package dev.ftj.shell.view;

import dev.ftj.JobMetrics;
import dev.ftj.MetricSeries;
import dev.ftj.MetricSeries.Divergence;
import dev.ftj.internal.chart.Axis;
import dev.ftj.internal.chart.Axis.Tick;
import dev.ftj.internal.chart.PlotSeries;
import dev.ftj.internal.chart.PlotSeries.Point;
import dev.ftj.internal.text.Sanitizer;
import java.util.Arrays;
import java.util.List;

/** The losses as a chart of characters: axes with their numbers, a colour and a sign for each series, a dot for a lone value. */
final class PlotView {
    static final int MOST_CURVES = 4;
    static final int WIDEST = 100;
    private static final int NARROWEST = 8;

    private final String valueAxis;
    private final String axis;
    private final List<PlotSeries> curves;
    private final Style style;
    private final int width;
    private final int height;
    private final StringBuilder text = new StringBuilder();

    private PlotView(List<PlotSeries> curves, String valueAxis, String axis, Style style, int width, int height) {
        this.valueAxis = valueAxis;
        this.axis = axis;
        this.curves = curves;
        this.style = style;
        this.width = width;
        this.height = height;
    }

    /** Returns lines that end in a line feed; a message if there is nothing to draw. */
    static String of(JobMetrics metrics, Style style, int width, int height) {
        List<MetricSeries> series = metrics.losses().stream()
                .limit(MOST_CURVES)
                .map(metrics::series)
                .toList();
        List<PlotSeries> curves = series.stream()
                .map(one -> PlotSeries.of(one.name(), one.places(), one.values()))
                .toList();
        StringBuilder plot = new StringBuilder(of(curves, metrics.valueAxis(), metrics.axis(), style, width, height));
        for (MetricSeries one : series) {
            Divergence divergence = one.divergence();
            if (divergence != null) {
                for (String line : CardView.wrapped(Sanitizer.oneLine(one.name() + ": " + divergence), width)) {
                    plot.append(style.error(line)).append('\n');
                }
            }
        }
        return plot.toString();
    }

    /** Returns a chart of the first curves that have values; a line that says so if none has. */
    static String of(List<PlotSeries> curves, String valueAxis, String axis, Style style, int width, int height) {
        List<PlotSeries> drawn = curves.stream()
                .filter(curve -> curve.size() > 0)
                .limit(MOST_CURVES)
                .toList();
        return drawn.isEmpty()
                ? "nothing to plot yet\n"
                : new PlotView(drawn, valueAxis, axis, style, width, height).draw();
    }

    private String draw() {
        Axis places = PlotSeries.places(curves);
        Axis values = PlotSeries.values(curves);
        String[] labels = new String[height];
        Arrays.fill(labels, "");
        for (Tick tick : values.ticks(Math.max(2, height / 3), 0)) {
            labels[row(values.fraction(tick.value()))] = tick.label();
        }
        int column = Arrays.stream(labels).mapToInt(String::length).max().orElse(0);
        text.append(style.dim(Table.cut(Sanitizer.oneLine(valueAxis), width))).append('\n');
        int columns = Math.max(NARROWEST, width - column - 2);
        PlotGrid grid = new PlotGrid(columns, height);
        for (int i = 0; i < curves.size(); i++) {
            for (List<Point> piece : curves.get(i).segments(places, grid.dots(i))) {
                grid.draw(
                        i,
                        piece.stream()
                                .mapToDouble(point -> places.fraction(point.x()))
                                .toArray(),
                        piece.stream()
                                .mapToDouble(point -> values.fraction(point.y()))
                                .toArray());
            }
        }
        for (int row = 0; row < height; row++) {
            text.append(" ".repeat(column - labels[row].length()))
                    .append(style.dim(labels[row] + (labels[row].isEmpty() ? " \u2502" : " \u2524")))
                    .append(grid.line(row, style))
                    .append('\n');
        }
        axis(places, column + 1, columns);
        legend();
        return text.toString();
    }

    private int row(double part) {
        return (int) Math.round((1 - part) * (height - 1));
    }

    private void axis(Axis places, int indent, int columns) {
        StringBuilder line = new StringBuilder("\u2514" + "\u2500".repeat(columns));
        StringBuilder labels = new StringBuilder();
        for (Tick tick : places.ticks(Math.max(2, columns / 12), 1)) {
            int at = (int) Math.round(places.fraction(tick.value()) * (columns - 1)) + 1;
            String label = tick.label();
            int start = Math.max(0, Math.min(at - label.length() / 2, columns + 1 - label.length()));
            if (labels.isEmpty() || start > labels.length()) {
                line.setCharAt(at, '\u252c');
                labels.append(" ".repeat(start - labels.length())).append(label);
            }
        }
        text.append(" ".repeat(indent)).append(style.dim(line.toString())).append('\n');
        text.append(" ".repeat(indent)).append(style.dim(labels.toString())).append('\n');
        text.append(" ".repeat(indent + Math.max(0, (columns - axis.length()) / 2)))
                .append(style.dim(axis))
                .append('\n');
    }

    /** Writes the legend on one line if it fits, otherwise a line for each series. */
    private void legend() {
        List<String> entries = curves.stream()
                .map(curve -> Table.cut(Sanitizer.oneLine(curve.name()), width - 4))
                .toList();
        int all = entries.stream().mapToInt(name -> CardView.columns(name) + 7).sum();
        String separator = "";
        for (int i = 0; i < entries.size(); i++) {
            text.append(separator)
                    .append(style.curve(i, PlotGrid.sample(i)))
                    .append(' ')
                    .append(entries.get(i));
            separator = all <= width ? "   " : "\n";
        }
        text.append('\n');
    }
}
