package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static final double GAP = Double.NaN;

    private static String of(double[] values, int width) {
        return Sparkline.of(values.length, i -> values[i], width);
    }

    @Test
    void aValueIsABlockAndAGapABlank() {
        assertThat(of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 20)).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(of(new double[] {2, GAP, 1, Double.POSITIVE_INFINITY, 2}, 20))
                .isEqualTo("█ ▁ █");
    }

    @Test
    void valuesThatAreAllTheSameAreInTheMiddle() {
        assertThat(of(new double[] {3, 3, 3}, 20)).isEqualTo("▄▄▄");
        assertThat(of(new double[] {0}, 20)).isEqualTo("▄");
    }

    @Test
    void nothingIsNothing() {
        assertThat(of(new double[0], 20)).isEmpty();
        assertThat(of(new double[] {GAP, GAP}, 20)).isBlank();
    }

    @Test
    void moreValuesThanColumnsAreMeansOfSome() {
        double[] falling = IntStream.range(0, 1000).mapToDouble(i -> 1000 - i).toArray();

        assertThat(of(falling, 8)).isEqualTo("█▇▆▅▄▃▂▁");
    }

    @Test
    void noNumberIsTooLarge() {
        assertThat(of(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, 1e308}, 2))
                .hasSize(2);
    }
}
