package dev.ftj.shell.view;

import dev.ftj.internal.chart.Axis;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A series on one line: a block a value, or a block for the mean of several if there is no room; gaps are blanks. */
final class Sparkline {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int MIDDLE = 3;

    private Sparkline() {}

    /** @param value gives the value of each of {@code length} records, NaN for none */
    static String of(int length, IntToDoubleFunction value, int width) {
        int columns = Math.min(length, width);
        double[] means = new double[columns];
        for (int i = 0; i < columns; i++) {
            int from = (int) ((long) i * length / columns);
            int to = (int) ((i + 1L) * length / columns);
            means[i] = mean(value, from, to);
        }
        double least = Arrays.stream(means).filter(Double::isFinite).min().orElse(0);
        double most = Arrays.stream(means).filter(Double::isFinite).max().orElse(0);
        StringBuilder line = new StringBuilder(columns);
        for (double mean : means) {
            if (!Double.isFinite(mean)) {
                line.append(' ');
            } else {
                line.append(BLOCKS.charAt(least == most ? MIDDLE : level(new Axis(least, most).fraction(mean))));
            }
        }
        return line.toString();
    }

    private static int level(double part) {
        return (int) Math.min(BLOCKS.length() - 1, part * BLOCKS.length());
    }

    private static double mean(IntToDoubleFunction value, int from, int to) {
        long count = IntStream.range(from, to)
                .mapToDouble(value)
                .filter(Double::isFinite)
                .count();
        return count == 0
                ? Double.NaN
                : IntStream.range(from, to)
                        .mapToDouble(value)
                        .filter(Double::isFinite)
                        .map(one -> one / count)
                        .sum();
    }
}
