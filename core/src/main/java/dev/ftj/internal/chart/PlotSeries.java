package dev.ftj.internal.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A series of points to draw, in segments that are interrupted by missing values. Immutable.
 *
 * <p>A series may be measured less often than others, such as every tenth step: a gap is an interval longer than the
 * series' usual one. A segment also ends if the axis goes back, as it does when a training is resumed.
 */
public final class PlotSeries {
    /** Fewer points have no usual interval: they are joined. */
    private static final int RHYTHMICAL = 3;

    /** A value at its position. */
    public record Point(double x, double y) {}

    private final String name;
    private final double[] x;
    private final double[] y;
    /** Of each segment, the index of its first point. */
    private final int[] starts;

    /** The first and the last place, with a value or without. */
    private final double[] ends;

    private PlotSeries(String name, double[] x, double[] y, int[] starts, double[] ends) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.starts = starts;
        this.ends = ends;
    }

    /** {@return a series to draw; a value is missing unless it and its place are finite} */
    public static PlotSeries of(String name, double[] places, double[] values) {
        int[] at = IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]) && Double.isFinite(places[i]))
                .toArray();
        int rhythm = rhythm(at);
        int[] starts = IntStream.range(0, at.length)
                .filter(i -> i == 0 || 2 * (at[i] - at[i - 1]) > 3 * rhythm || places[at[i]] < places[at[i - 1]])
                .toArray();
        return new PlotSeries(
                name,
                Arrays.stream(at).mapToDouble(i -> places[i]).toArray(),
                Arrays.stream(at).mapToDouble(i -> values[i]).toArray(),
                starts,
                new double[] {
                    Arrays.stream(places).filter(Double::isFinite).min().orElse(0),
                    Arrays.stream(places).filter(Double::isFinite).max().orElse(0)
                });
    }

    /** Returns the usual interval between values: the lower quartile. */
    private static int rhythm(int[] at) {
        if (at.length < RHYTHMICAL) {
            return Integer.MAX_VALUE / 3;
        }
        int[] distances =
                IntStream.range(1, at.length).map(i -> at[i] - at[i - 1]).toArray();
        Arrays.sort(distances);
        return distances[(distances.length - 1) / 4];
    }

    /** {@return the name as it was given, any text} */
    public String name() {
        return name;
    }

    /** {@return the number of values; 0 if all are missing} */
    public int size() {
        return y.length;
    }

    /**
     * {@return the axis of positions that holds all of these series, from the first position to the last, those without a value included; one of them has a point}
     */
    public static Axis places(List<PlotSeries> curves) {
        return scale(curves.stream().map(curve -> curve.ends).toList(), 0);
    }

    /** {@return the axis of values that holds all of these series, with a little room; one of them has a point} */
    public static Axis values(List<PlotSeries> curves) {
        return scale(curves.stream().map(curve -> curve.y).toList(), 0.05);
    }

    private static Axis scale(List<double[]> numbers, double margin) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] some : numbers) {
            for (double number : some) {
                least = Math.min(least, number);
                most = Math.max(most, number);
            }
        }
        return Axis.around(least, most, margin);
    }

    /**
     * {@return the segments, of one point or more; beyond two points a column of the drawing, only the lowest and the highest of each column are kept}
     */
    public List<List<Point>> segments(Axis axis, int columns) {
        if (y.length > 2 * columns) {
            return extremes(axis, columns);
        }
        List<List<Point>> segments = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : y.length;
            List<Point> segment = new ArrayList<>(end - starts[i]);
            for (int k = starts[i]; k < end; k++) {
                segment.add(new Point(x[k], y[k]));
            }
            segments.add(segment);
        }
        return segments;
    }

    private List<List<Point>> extremes(Axis axis, int columns) {
        int[] low = new int[columns];
        int[] high = new int[columns];
        boolean[] joined = new boolean[columns];
        Arrays.fill(low, -1);
        int segment = 0;
        int before = -1;
        for (int i = 0; i < y.length; i++) {
            boolean starts = segment < this.starts.length && this.starts[segment] == i;
            segment += starts ? 1 : 0;
            int column = (int) Math.min(columns - 1, axis.fraction(x[i]) * columns);
            if (low[column] < 0) {
                low[column] = i;
                high[column] = i;
            }
            low[column] = y[i] < y[low[column]] ? i : low[column];
            high[column] = y[i] > y[high[column]] ? i : high[column];
            joined[column] |= !starts && column != before;
            before = column;
        }
        List<List<Point>> segments = new ArrayList<>();
        int last = -1;
        for (int column = 0; column < columns; column++) {
            if (low[column] < 0) {
                continue;
            }
            if (last < 0 || (!joined[column] && column > last + 1)) {
                segments.add(new ArrayList<>());
            }
            List<Point> current = segments.get(segments.size() - 1);
            int first = Math.min(low[column], high[column]);
            int second = Math.max(low[column], high[column]);
            current.add(new Point(x[first], y[first]));
            if (second != first) {
                current.add(new Point(x[second], y[second]));
            }
            last = column;
        }
        return segments;
    }
}
