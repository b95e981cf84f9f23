package dev.ftj.internal.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An axis: from its lowest to its highest number, which is more, both finite. */
public record Axis(double low, double high) {
    /** Beyond this many steps from zero two ticks may be the same double. */
    private static final double COUNTABLE = 1e15;

    private static final double FINEST_SPAN = 1e-290;

    /** Two ticks do not show the scale. */
    private static final int FEWEST = 3;

    /** A labelled position on the axis. */
    public record Tick(double value, String label) {}

    /**
     * {@return an axis of a positive length that holds both finite numbers; margin is the fraction of the span that is free at each end}
     */
    public static Axis around(double least, double most, double margin) {
        double half = most / 2 - least / 2;
        double room = half > FINEST_SPAN ? half * 2 * margin : Math.abs(least) / 10;
        if (half <= FINEST_SPAN && room <= FINEST_SPAN) {
            room = 1;
        }
        Axis axis = new Axis(finite(least - room), finite(most + room));
        return axis.low < axis.high ? axis : new Axis(Math.min(least, 0) - 1, Math.max(most, 0) + 1);
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** {@return the position of a finite number on the axis: 0 at the start, 1 at the end} */
    public double fraction(double value) {
        // halved, since the span of two large numbers is more than a double holds
        return (value / 2 - low / 2) / (high / 2 - low / 2);
    }

    /**
     * {@return round numbers on the axis, ascending and evenly spaced: at least three, if so many distinct doubles lie
     * between its ends}
     *
     * @param most how many steps there may be about, at least 1
     * @param finest the least difference between two of them, if three are possible with it; 0 for any
     */
    public List<Tick> ticks(int most, double finest) {
        Step step = Step.of(Math.max(high / most - low / most, finest));
        List<Tick> ticks = multiples(step);
        for (int i = 0; i < FEWEST && ticks.size() < FEWEST; i++) {
            step = step.finer();
            ticks = multiples(step);
        }
        if (ticks.size() >= FEWEST) {
            return ticks;
        }
        double middle = low / 2 + high / 2;
        return low < middle && middle < high
                ? List.of(tick(low), tick(middle), tick(high))
                : List.of(tick(low), tick(high));
    }

    /** A round number: {@code digit} is 1, 2 or 5. */
    private record Step(int digit, int exponent) {
        /** Returns the next round number that is not less. */
        static Step of(double least) {
            int exponent = (int) Math.floor(Math.log10(Math.max(least, FINEST_SPAN)));
            double lead = least / Math.pow(10, exponent);
            int digit = lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10;
            return digit == 10 ? new Step(1, exponent + 1) : new Step(digit, exponent);
        }

        Step finer() {
            return digit == 1 ? new Step(5, exponent - 1) : new Step(digit / 2, exponent);
        }

        double size() {
            return digit * Math.pow(10, exponent);
        }
    }

    private static Tick tick(double value) {
        return new Tick(value, NumberText.of(value));
    }

    /** Returns no ticks if doubles are too coarse for them. */
    private List<Tick> multiples(Step step) {
        double size = step.size();
        if (size < FINEST_SPAN || Math.max(Math.abs(low), Math.abs(high)) / size > COUNTABLE) {
            return List.of();
        }
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / size); i <= (long) Math.floor(high / size); i++) {
            BigDecimal exact = BigDecimal.valueOf(i * step.digit()).scaleByPowerOfTen(step.exponent());
            ticks.add(new Tick(exact.doubleValue(), NumberText.of(exact)));
        }
        return ticks;
    }
}
