package dev.ftj.internal.chart;

import dev.ftj.internal.chart.Axis.Tick;
import dev.ftj.internal.chart.PlotSeries.Point;
import dev.ftj.internal.text.HtmlEscaper;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Series as a self-contained SVG picture without scripts or links. It has its own light background, so it is readable on
 * dark pages, too; curves differ in colour and in dashes.
 */
public final class SvgChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 72;
    private static final int RIGHT = WIDTH - 24;
    private static final int BOTTOM = HEIGHT - 48;
    private static final int LINE = 20;
    /** Up to this many points each has a mark. */
    private static final int FEW = 40;

    /** The width of a sample line in the legend. */
    private static final int SAMPLE = 32;

    private static final int LONGEST_NAME = 44;
    private static final int LONGEST_TITLE = 80;
    private static final double CHARACTER = 7.2;

    private static final List<String> COLOURS =
            List.of("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#57606a");
    private static final List<String> DASHES = List.of("", "7 4", "2 4", "10 3 2 3", "4 2", "1 3");
    private static final String INK = "#24292f";
    private static final String FAINT = "#59636e";
    private static final String WARNING = "#b42318";

    /** A highlighted point, on one of the curves. */
    public record Mark(Point point, String label) {}

    /** A note about a curve that cannot be drawn; its place is NaN if it is not on the axis. */
    public record Note(double place, String text) {}

    private final StringBuilder svg = new StringBuilder();
    private final List<PlotSeries> curves;
    private final Axis places;
    private final Axis values;
    private int top = 16 + LINE;

    private SvgChart(List<PlotSeries> curves) {
        this.curves = curves;
        boolean empty = curves.isEmpty();
        places = empty ? new Axis(0, 1) : PlotSeries.places(curves);
        values = empty ? new Axis(0, 1) : PlotSeries.values(curves);
    }

    /**
     * {@return an {@code <svg>} element, less than 200 KB, with the first six curves that have a point, and the first six notes}
     *
     * @param title any text, as the names are
     * @param axis the name of the axis of positions
     * @param valueAxis the name of the axis of values
     * @param mark the point that matters most; null for none
     */
    public static String of(
            String title,
            String axis,
            String valueAxis,
            List<PlotSeries> curves,
            @Nullable Mark mark,
            List<Note> notes) {
        List<PlotSeries> drawn = curves.stream()
                .filter(curve -> curve.size() > 0)
                .limit(COLOURS.size())
                .toList();
        List<Note> shown = notes.subList(0, Math.min(COLOURS.size(), notes.size()));
        return new SvgChart(drawn).draw(title, axis, valueAxis, mark, shown);
    }

    private String draw(String title, String axis, String valueAxis, @Nullable Mark mark, List<Note> notes) {
        String shown = cut(title, LONGEST_TITLE);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH + " " + HEIGHT + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\"")
                .append(" role=\"img\" style=\"max-width:100%;height:auto\"")
                .append(" font-family=\"system-ui,sans-serif\" font-size=\"13\">\n<title>")
                .append(HtmlEscaper.escaped(shown))
                .append("</title>\n<rect x=\"0.5\" y=\"0.5\" width=\"" + (WIDTH - 1) + "\" height=\"" + (HEIGHT - 1))
                .append("\" rx=\"8\" fill=\"#ffffff\" stroke=\"#8c959f\"/>\n");
        text(LEFT, 26, "start", INK, " font-weight=\"600\"", HtmlEscaper.svg(shown));
        legend(mark);
        for (Note note : notes) {
            text(
                    LEFT,
                    top + 4,
                    "start",
                    WARNING,
                    " font-weight=\"600\"",
                    HtmlEscaper.svg(cut(note.text(), LONGEST_TITLE)));
            top += LINE;
        }
        if (curves.isEmpty()) {
            text(WIDTH / 2.0, HEIGHT / 2.0, "middle", FAINT, "", "nothing to draw yet");
        } else {
            axes(HtmlEscaper.svg(cut(axis, LONGEST_NAME)), HtmlEscaper.svg(cut(valueAxis, LONGEST_NAME)));
            notes.stream().filter(note -> Double.isFinite(note.place())).forEach(note -> end(note.place()));
            for (int i = 0; i < curves.size(); i++) {
                curve(curves.get(i), i);
            }
            if (mark != null) {
                ring(x(mark.point().x()), y(mark.point().y()));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(@Nullable Mark mark) {
        double x = LEFT;
        for (int i = 0; i < curves.size(); i++) {
            x = entry(x, curves.get(i).name());
            svg.append("<path d=\"M" + at(x) + " " + (top + 8) + "h26\"" + stroke(i) + "/>\n");
            x += width(curves.get(i).name());
        }
        if (mark != null && !curves.isEmpty()) {
            x = entry(x, mark.label());
            ring(x + 13, top + 8);
        }
        top += LINE + 10;
    }

    /** Writes a name, on the next line if this one is full; returns the position of its sample. */
    private double entry(double x, String name) {
        double start = x;
        if (x > LEFT && x + width(name) > RIGHT) {
            start = LEFT;
            top += LINE;
        }
        text(start + SAMPLE, top + 12, "start", INK, "", HtmlEscaper.svg(cut(name, LONGEST_NAME)));
        return start;
    }

    private static double width(String name) {
        return SAMPLE + 24 + cut(name, LONGEST_NAME).length() * CHARACTER;
    }

    private void ring(double x, double y) {
        svg.append("<circle cx=\"" + at(x) + "\" cy=\"" + at(y) + "\" r=\"7\" fill=\"none\" stroke=\"" + INK
                + "\" stroke-width=\"1.5\"/>\n");
    }

    /** Marks the position after which a curve has no values. */
    private void end(double place) {
        svg.append("<path d=\"M" + at(x(place)) + " " + top + "V" + BOTTOM + "\" fill=\"none\" stroke=\"" + WARNING
                + "\" stroke-dasharray=\"3 3\"/>\n");
    }

    private void axes(String name, String valueName) {
        for (Tick tick : values.ticks(6, 0)) {
            double y = y(tick.value());
            svg.append("<path d=\"M" + LEFT + " " + at(y) + "H" + RIGHT + "\" stroke=\"#d8dee4\"/>\n");
            text(LEFT - 8, y + 4, "end", FAINT, "", tick.label());
        }
        for (Tick tick : places.ticks(8, 1)) {
            double x = x(tick.value());
            svg.append("<path d=\"M" + at(x) + " " + BOTTOM + "v5\" stroke=\"" + FAINT + "\"/>\n");
            text(x, BOTTOM + 20, "middle", FAINT, "", tick.label());
        }
        svg.append("<path d=\"M" + LEFT + " " + top + "V" + BOTTOM + "H" + RIGHT + "\" fill=\"none\" stroke=\"" + FAINT
                + "\"/>\n");
        text((LEFT + RIGHT) / 2.0, BOTTOM + 38, "middle", FAINT, "", name);
        double middle = (top + BOTTOM) / 2.0;
        text(18, middle, "middle", FAINT, " transform=\"rotate(-90 18 " + at(middle) + ")\"", valueName);
    }

    private void curve(PlotSeries curve, int index) {
        StringBuilder line = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (List<Point> piece : curve.segments(places, RIGHT - LEFT)) {
            char to = 'M';
            for (Point point : piece) {
                String place = at(x(point.x())) + " " + at(y(point.y()));
                if (piece.size() > 1) {
                    line.append(to).append(place);
                    to = 'L';
                }
                if (piece.size() == 1 || curve.size() <= FEW) {
                    dots.append('M').append(place).append("h0");
                }
            }
        }
        if (!line.isEmpty()) {
            svg.append("<path d=\"").append(line).append("\" stroke-linejoin=\"round\"" + stroke(index) + "/>\n");
        }
        if (!dots.isEmpty()) {
            svg.append("<path d=\"").append(dots);
            svg.append("\" fill=\"none\" stroke-width=\"6\" stroke-linecap=\"round\" stroke=\"" + COLOURS.get(index)
                    + "\"/>\n");
        }
    }

    private void text(double x, double y, String anchor, String colour, String more, String escaped) {
        svg.append("<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" text-anchor=\"" + anchor + "\" fill=\"" + colour
                + "\"" + more + ">");
        svg.append(escaped).append("</text>\n");
    }

    private static String stroke(int index) {
        String dashes = DASHES.get(index);
        return " fill=\"none\" stroke-width=\"2\" stroke=\"" + COLOURS.get(index) + "\""
                + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    private double x(double place) {
        return LEFT + places.fraction(place) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - values.fraction(value) * (BOTTOM - top);
    }

    /** Rounds to a tenth of a pixel. */
    private static String at(double pixels) {
        long tenths = Math.round(pixels * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }

    /** Shortens the text as shown: an escape is longer than its character. */
    private static String cut(String any, int most) {
        String text = Sanitizer.oneLine(any);
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }
}
