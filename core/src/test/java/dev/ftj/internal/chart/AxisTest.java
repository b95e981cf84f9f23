package dev.ftj.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.chart.Axis.Tick;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    private static List<String> labels(double low, double high, double finest) {
        return new Axis(low, high).ticks(5, finest).stream().map(Tick::label).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(labels(0, 1, 0)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(labels(200, 6000, 1)).containsExactly("2000", "4000", "6000");
        assertThat(labels(-0.03, 0.07, 0)).containsExactly("-0.02", "0", "0.02", "0.04", "0.06");
        assertThat(labels(0, 3e-7, 0)).containsExactly("0", "1e-7", "2e-7", "3e-7");
        assertThat(labels(0, 2e12, 0)).containsExactly("0", "5e11", "1e12", "1.5e12", "2e12");
    }

    @Test
    void stepsAreNotDividedFurtherThanIntoSteps() {
        assertThat(labels(1, 3, 1)).containsExactly("1", "2", "3");
        assertThat(labels(1, 3, 0)).containsExactly("1", "1.5", "2", "2.5", "3");
    }

    @Test
    void anAxisHasThreeTicksAtLeast() {
        assertThat(labels(1, 2, 1)).containsExactly("1", "1.5", "2");
        assertThat(new Axis(0.9, 2.1).ticks(2, 0)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(new Axis(1e300, 1e300 + Math.ulp(1e300) * 4).ticks(5, 0)).hasSize(3);
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20) - 10);
            Axis scale = new Axis(low, low + random.nextDouble() * Math.pow(10, random.nextInt(20) - 10) + 1e-9);
            if (scale.high() - scale.low() > 2 * Math.ulp(scale.high())) {
                assertThat(scale.ticks(1 + random.nextInt(8), random.nextInt(2)))
                        .as("%s", scale)
                        .hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void anyTwoNumbersMakeAnAxisWithTicksInOrderOnIt() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double a = Double.longBitsToDouble(random.nextLong());
            double b = i % 3 == 0 ? a : i % 3 == 1 ? Math.nextUp(a) : Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(a) || !Double.isFinite(b)) {
                continue;
            }
            Axis scale = Axis.around(Math.min(a, b), Math.max(a, b), 0.05);

            assertThat(scale.low()).isLessThan(scale.high());
            assertThat(scale.fraction(a)).isBetween(0.0, 1.0);
            assertThat(scale.fraction(b)).isBetween(0.0, 1.0);
            List<Tick> ticks = scale.ticks(5, 0);
            assertThat(ticks).hasSizeLessThanOrEqualTo(8);
            for (int k = 1; k < ticks.size(); k++) {
                assertThat(ticks.get(k).value()).isGreaterThan(ticks.get(k - 1).value());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.412345,0.4123",
        "0,0",
        "-0.0,0",
        "1,1",
        "0.0002,0.0002",
        "2e-7,2e-7",
        "12345.678,12346",
        "-3.25,-3.25",
        "1e300,1e300",
        "123456789.1,123456789",
        "1234567890,1.235e9",
        "-1.5e-9,-1.5e-9",
        "NaN,NaN",
        "-Infinity,-Infinity"
    })
    void numbersAreShort(double number, String shown) {
        assertThat(NumberText.of(number)).isEqualTo(shown);
    }
}
