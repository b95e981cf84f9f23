package dev.ftj.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.chart.PlotSeries.Point;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotSeriesTest {
    private static final double GAP = Double.NaN;

    private static List<List<Point>> pieces(double... values) {
        double[] places = IntStream.range(0, values.length).asDoubleStream().toArray();
        return PlotSeries.of("c", places, values).segments(new Axis(0, values.length), 100);
    }

    @Test
    void aMissingValueEndsAPiece() {
        assertThat(pieces(1, 2, GAP, 4, 5)).hasSize(2);
        assertThat(pieces(1, 2, 3, GAP, 5)).hasSize(2);
        assertThat(pieces(GAP, 1, GAP)).containsExactly(List.of(new Point(1, 1)));
        assertThat(pieces(GAP, Double.POSITIVE_INFINITY)).isEmpty();
    }

    @Test
    void twoValuesAreJoined() {
        assertThat(pieces(GAP, 1, GAP, GAP, 3, GAP)).hasSize(1);
    }

    @Test
    void theAxisReachesToPlacesWithoutAValueAndLeavesOutWhatHasNoPlace() {
        PlotSeries curve = PlotSeries.of("c", new double[] {10, 20, GAP, 40}, new double[] {1, 2, 3, GAP});

        assertThat(PlotSeries.places(List.of(curve))).isEqualTo(new Axis(10, 40));
        assertThat(curve.size()).isEqualTo(2);
    }

    @Test
    void aSeriesThatIsMeasuredLessOftenHasNoGapsForThat() {
        assertThat(pieces(1, GAP, GAP, 2, GAP, GAP, 3, GAP, GAP, 4)).hasSize(1);
    }

    @Test
    void butItHasOneWhereItMissesItsRhythm() {
        assertThat(pieces(1, GAP, 2, GAP, 3, GAP, GAP, GAP, 5, GAP, 6)).hasSize(2);
    }

    @Test
    void aPieceEndsWhereTheAxisGoesBack() {
        PlotSeries resumed = PlotSeries.of("c", new double[] {1, 2, 3, 2, 3, 4}, new double[] {6, 5, 4, 5, 4, 3});

        assertThat(resumed.segments(new Axis(1, 4), 100)).hasSize(2);
    }

    @Test
    void beyondTwoPointsAColumnOnlyTheExtremesStay() {
        int many = 10_000;
        double[] places = IntStream.range(0, many).asDoubleStream().toArray();
        double[] values = new Random(1).doubles(many).toArray();
        values[1234] = 50;
        values[8765] = -50;
        PlotSeries curve = PlotSeries.of("c", places, values);

        List<List<Point>> pieces = curve.segments(PlotSeries.places(List.of(curve)), 80);

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0))
                .hasSizeLessThanOrEqualTo(160)
                .contains(new Point(1234, 50), new Point(8765, -50))
                .isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
    }

    @Test
    void aGapThatIsWiderThanAColumnStaysOne() {
        double[] places = IntStream.range(0, 10_000).asDoubleStream().toArray();
        double[] values = new double[10_000];
        for (int i = 4_000; i < 6_000; i++) {
            values[i] = GAP;
        }
        PlotSeries curve = PlotSeries.of("c", places, values);

        assertThat(curve.segments(PlotSeries.places(List.of(curve)), 80)).hasSize(2);
    }

    @Test
    void aLineIsDrawnOnAcrossColumnsThatLieBetweenItsPoints() {
        double[] places = IntStream.range(0, 1_000)
                .mapToDouble(i -> i < 999 ? i / 1e6 : 100)
                .toArray();
        PlotSeries curve = PlotSeries.of("c", places, new double[1_000]);

        assertThat(curve.segments(PlotSeries.places(List.of(curve)), 80)).hasSize(1);
    }

    @Test
    void stepsInNoOrderAreDrawnWithoutMorePoints() {
        Random random = new Random(2);
        double[] places = random.doubles(50_000).toArray();
        PlotSeries curve = PlotSeries.of("c", places, random.doubles(50_000).toArray());

        assertThat(curve.segments(PlotSeries.places(List.of(curve)), 80).stream()
                        .mapToInt(List::size)
                        .sum())
                .isLessThanOrEqualTo(160);
    }
}
