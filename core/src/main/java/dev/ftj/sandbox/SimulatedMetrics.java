package dev.ftj.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generates training metrics from a job's id: a noisy falling loss, a warm-up and decay of the learning rate, an
 * evaluation every few checkpoints. The simulated training takes most of an hour, whatever the job's speed.
 */
final class SimulatedMetrics {
    private static final int CHECKPOINTS = 28;
    private static final int EVAL_EVERY = 4;
    private static final int WARM_UP = 3;
    private static final double PEAK_RATE = 2e-4;

    private final Random random;
    private final int stepsApart;
    private final boolean nullsForEval;
    private final double first;
    private final double last;
    private final double decay;
    private final double secondsApart;

    /**
     * A row of metrics.
     *
     * @param json the row as JSON text, which usually holds the step
     */
    record Checkpoint(int step, String json) {}

    private SimulatedMetrics(String id) {
        // java.util.Random is specified: the same numbers on every JDK.
        random = new Random(id.hashCode());
        stepsApart = 50 * (1 + random.nextInt(4));
        nullsForEval = random.nextBoolean();
        first = 1.8 + random.nextDouble();
        last = 0.4 + random.nextDouble() / 2;
        decay = 3 + 2 * random.nextDouble();
        secondsApart = 85 + 40 * random.nextDouble();
    }

    /** Returns all checkpoints of a complete training, in order. */
    static List<Checkpoint> checkpoints(String id) {
        SimulatedMetrics metrics = new SimulatedMetrics(id);
        List<Checkpoint> rows = new ArrayList<>(CHECKPOINTS);
        for (int number = 1; number <= CHECKPOINTS; number++) {
            rows.add(metrics.row(number));
        }
        return rows;
    }

    private Checkpoint row(int number) {
        double passed = (double) number / CHECKPOINTS;
        double loss = last + (first - last) * Math.exp(-decay * passed);
        int step = number * stepsApart;
        StringBuilder row = new StringBuilder("{\"step\": ").append(step);
        row.append(", \"loss\": ").append(rounded(loss + noise(0.05), 4));
        String eval = rounded(loss * (1.03 + 0.09 * passed) + noise(0.02), 4);
        if (number % EVAL_EVERY == 0) {
            row.append(", \"eval_loss\": ").append(eval);
        } else if (nullsForEval) {
            row.append(", \"eval_loss\": null");
        }
        row.append(", \"learning_rate\": ").append(rounded(rate(number), 8));
        row.append(", \"wall_time_sec\": ").append(rounded(number * secondsApart + noise(2), 1));
        return new Checkpoint(step, row.append('}').toString());
    }

    private double noise(double size) {
        return size * (2 * random.nextDouble() - 1);
    }

    private static double rate(int number) {
        return number < WARM_UP
                ? PEAK_RATE * number / WARM_UP
                : PEAK_RATE * (1 + Math.cos(Math.PI * (number - WARM_UP) / CHECKPOINTS)) / 2;
    }

    private static String rounded(double number, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(Math.round(number * Math.pow(10, digits)), digits);
        return rounded.stripTrailingZeros().toPlainString();
    }
}
