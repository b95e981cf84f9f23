package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.MetricSeries.Point;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMetricsTest {
    private static final double GAP = Double.NaN;
    private static final String DOCUMENTED = "{\"last_checkpoint_step\": 600, \"metrics\": ["
            + "{\"step\": 200, \"loss\": 1.842, \"eval_loss\": 1.901, \"learning_rate\": 0.0002, \"wall_time_sec\": 312.4}, "
            + "{\"step\": 400, \"loss\": 1.2, \"eval_loss\": 1.31, \"learning_rate\": 0.0001, \"wall_time_sec\": 624.9}, "
            + "{\"step\": 600, \"loss\": 1.10, \"eval_loss\": 1.4, \"learning_rate\": 0, \"wall_time_sec\": 937.0}]}";

    private static JobMetrics rows(String rows) {
        return JobMetrics.fromJson("{\"metrics\": [" + rows + "]}");
    }

    @Test
    void theDocumentedAnswerIsRead() {
        JobMetrics metrics = JobMetrics.fromJson(DOCUMENTED);

        assertThat(metrics.lastCheckpointStep()).isEqualTo(600);
        assertThat(metrics.size()).isEqualTo(3);
        assertThat(metrics.names()).containsExactly("loss", "eval_loss", "learning_rate", "wall_time_sec");
        assertThat(metrics.losses()).containsExactly("loss", "eval_loss");
        MetricSeries loss = metrics.series("loss");
        assertThat(loss.steps()).containsExactly(200, 400, 600);
        assertThat(loss.values()).containsExactly(1.842, 1.2, 1.1);
        assertThat(loss.last()).isEqualTo(new Point(600, 1.1, 3));
        assertThat(metrics.series("eval_loss").best()).isEqualTo(new Point(400, 1.31, 2));
        assertThat(metrics.jobId()).isNull();
    }

    @Test
    void theServersTextIsKeptDigitForDigit() {
        JobMetrics metrics = JobMetrics.fromJson(DOCUMENTED);

        assertThat(metrics.json()).isEqualTo(DOCUMENTED);
        assertThat(metrics.rows().get(2)).contains("\"loss\": 1.10,").contains("937.0");
        String odd =
                "{\"a \\\" \\u0001\": [1.0E+2, NaN], \"metrics\": [{\"step\": 1e400, \"x\": -0, \"x\": 1.50}, \"\\/\"]}";
        assertThat(JobMetrics.fromJson(odd).json()).isEqualTo(odd);
    }

    @Test
    void anArrayOfRecordsAloneIsTolerated() {
        JobMetrics metrics = JobMetrics.fromJson(" [{\"step\": 1, \"loss\": 2}] ");

        assertThat(metrics.series("loss").last()).isEqualTo(new Point(1, 2, 1));
        assertThat(metrics.json()).isEqualTo("{\"metrics\": [{\"step\": 1, \"loss\": 2}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"last_checkpoint_step\": null, \"metrics\": []}",
                "{\"last_checkpoint_step\": null, \"metrics\": null}",
                "{\"metrics\": []}",
                "{\"last_checkpoint_step\": 0}",
                "[]"
            })
    void beforeTheFirstRecordThereIsNothingAndNothingFails(String text) {
        JobMetrics metrics = JobMetrics.fromJson(text);

        assertThat(metrics.size()).isZero();
        assertThat(metrics.names()).isEmpty();
        assertThat(metrics.losses()).isEmpty();
        assertThat(metrics.rows()).isEmpty();
        assertThat(metrics.series("loss").last()).isNull();
        assertThat(metrics.series("loss").best()).isNull();
        assertThat(metrics.toString()).isEqualTo("no metrics yet");
        assertThat(metrics.toSvg()).contains("nothing to draw yet");
        assertThat(metrics.toHtml()).contains("none yet").doesNotContain("<table>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "null",
                "\"metrics\"",
                "{}",
                "{\"detail\": \"Not here\"}",
                "{\"metrics\": {}}",
                "{\"metrics\": \"soon\"}",
                "{\"metrics\": [",
                "{\"metrics\": []} {}",
                "<html>"
            })
    void anythingElseIsUnreadable(String text) {
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> JobMetrics.fromJson(text));

        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.getMessage()).startsWith("the answer is ");
    }

    @Test
    void whatIsNoFiniteNumberIsAGap() {
        JobMetrics metrics =
                rows("{\"step\":1,\"v\":1},{\"step\":2},{\"step\":3,\"v\":null},{\"step\":4,\"v\":\"0.5\"},"
                        + "{\"step\":5,\"v\":NaN},{\"step\":6,\"v\":-Infinity},{\"step\":7,\"v\":1e400},{\"step\":8,\"v\":[2]},"
                        + "{\"step\":9,\"v\":true},{\"step\":10,\"v\":-2.5e1}");
        MetricSeries series = metrics.series("v");

        assertThat(series.values()).containsExactly(1, GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, -25);
        assertThat(series.count()).isEqualTo(2);
        assertThat(series.last()).isEqualTo(new Point(10, -25, 10));
        assertThat(series.best()).isNull();
        assertThat(series.divergence()).isNull();
        assertThat(series.toString()).isEqualTo("v: -25, 2 values");
    }

    @Test
    void aRecordThatIsNoObjectIsAGapInEverySeriesAndKeptAsItIs() {
        JobMetrics metrics = rows("{\"loss\": 1}, null, 5, \"text\", [1], {\"loss\": 2}");

        assertThat(metrics.series("loss").values()).containsExactly(1, GAP, GAP, GAP, GAP, 2);
        assertThat(metrics.rows()).containsExactly("{\"loss\": 1}", "null", "5", "\"text\"", "[1]", "{\"loss\": 2}");
    }

    @Test
    void aRecordWithoutAStepHasNoPlaceAmongTheSteps() {
        JobMetrics metrics = rows("{\"loss\":5},{\"step\":\"2\",\"loss\":4},{\"step\":null,\"loss\":3},"
                + "{\"step\":NaN,\"loss\":2},{\"step\":4.5,\"loss\":1},{\"loss\":0.5}");

        assertThat(metrics.axis()).isEqualTo("step");
        assertThat(metrics.series("loss").steps()).containsExactly(GAP, GAP, GAP, GAP, 4.5, GAP);
        assertThat(metrics.series("loss").places()).containsExactly(GAP, GAP, GAP, GAP, 4.5, GAP);
        assertThat(metrics.series("loss").best()).hasToString("0.5 at record 6");
        assertThat(metrics).hasToString("6 records, loss 0.5");
    }

    @Test
    void whereNoRecordHasAStepRecordsAreCounted() {
        JobMetrics metrics = rows("{\"eval_loss\":5},{\"eval_loss\":4},{\"eval_loss\":4.5},{\"eval_loss\":NaN}");
        MetricSeries loss = metrics.series("eval_loss");

        assertThat(metrics.axis()).isEqualTo("record");
        assertThat(loss.places()).containsExactly(1, 2, 3, 4);
        assertThat(loss.steps()).containsExactly(GAP, GAP, GAP, GAP);
        assertThat(loss)
                .hasToString("eval_loss: NaN since record 4, last 4.5 at record 3, best 4 at record 2, 3 values");
        assertThat(metrics)
                .hasToString(
                        "4 records, eval_loss NaN since record 4, last 4.5 at record 3, best eval_loss 4 at record 2");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "null, null",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "1e400, Infinity",
        "'\"NaN\"', NaN",
        "'\"-inf\"', -Infinity",
        "'\"soon\"', no number",
        "{}, no number"
    })
    void aRunThatDivergedSaysSoWhateverTheServerSendsForIt(String sent, String told) {
        JobMetrics metrics = rows("{\"step\":100,\"loss\":1.5},{\"step\":200,\"loss\":1.2},{\"step\":300,\"loss\":"
                + sent + "},{\"step\":400,\"loss\":" + sent + "},{\"step\":500,\"lr\":1}");
        MetricSeries loss = metrics.series("loss");

        assertThat(loss.divergence()).hasToString(told + " since step 300, last 1.2 at step 200");
        assertThat(loss.last()).isEqualTo(new Point(200, 1.2, 2));
        assertThat(metrics).hasToString("5 records, step 400, loss " + told + " since step 300, last 1.2 at step 200");
        assertThat(metrics.toSvg()).contains("loss: " + told + " since step 300, last 1.2 at step 200", ">500<");
        assertThat(metrics.toHtml())
                .contains("<td colspan=\"2\">" + told + " since step 300, last 1.2 at step 200</td>");
    }

    @Test
    void whatIsNotMeasuredOrHasRecoveredHasNotDiverged() {
        JobMetrics metrics =
                rows("{\"step\":1,\"loss\":2,\"eval_loss\":3},{\"step\":2,\"loss\":NaN},{\"step\":3,\"loss\":1},"
                        + "{\"step\":4},5");

        assertThat(metrics.series("loss").divergence()).isNull();
        assertThat(metrics.series("eval_loss").divergence()).isNull();
        assertThat(metrics.series("none").divergence()).isNull();
    }

    @Test
    void differentWaysToDivergeAreNamedInTheirOrder() {
        MetricSeries loss =
                rows("{\"step\":1,\"loss\":Infinity},{\"step\":2,\"loss\":NaN},{\"step\":3,\"loss\":Infinity}")
                        .series("loss");

        assertThat(loss.divergence()).hasToString("Infinity/NaN since step 1");
    }

    @ParameterizedTest
    @CsvSource({
        "loss, 1",
        "train/lossRate, 1",
        "eval_perplexity, 1",
        "val-WER, 1",
        "eval_accuracy, 3",
        "macro.f1, 3",
        "reward, 3",
        "learning_rate,",
        "grad_norm,",
        "epoch,",
        "size_of_heat_maps,"
    })
    void theBestIsTheLowestOrTheHighestByTheNameAndElseUnknown(String name, Double best) {
        Point found = rows("{\"" + name + "\":2},{\"" + name + "\":1},{\"" + name + "\":3},{\"" + name + "\":1}")
                .series(name)
                .best();

        assertThat(found == null ? null : found.value()).isEqualTo(best);
    }

    @Test
    void theNumbersAloneAnswerEverythingButTheText() {
        String text = "[{\"step\":100,\"loss\":1.5,\"eval_loss\":2},{\"loss\":1.25},{\"step\":300,\"eval_loss\":NaN}]";
        JobMetrics whole = JobMetrics.fromJson(text);
        JobMetrics numbers = new JobMetrics(null, Map.of(), MetricColumns.of(whole.rows()));

        assertThat(numbers.size()).isEqualTo(3);
        assertThat(numbers).hasToString(whole.toString());
        assertThat(numbers.toHtml()).isEqualTo(whole.toHtml());
        assertThatThrownBy(numbers::rows).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(numbers::json).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stepsMayRepeatAndGoBack() {
        MetricSeries loss = rows("{\"step\":4,\"loss\":1},{\"step\":2,\"loss\":1},{\"step\":2,\"loss\":0.5}")
                .series("loss");

        assertThat(loss.steps()).containsExactly(4, 2, 2);
        assertThat(loss.last()).isEqualTo(new Point(2, 0.5, 3));
    }

    @Test
    void textsMakeNoSeriesAndNumbersThatAreAllNaNDo() {
        JobMetrics metrics = rows("{\"step\":1,\"phase\":\"train\",\"loss\":NaN,\"none\":null,\"x\":1}");

        assertThat(metrics.names()).containsExactly("loss", "x");
        assertThat(metrics.series("loss").toString()).isEqualTo("loss: NaN since step 1");
    }

    @Test
    void theNameOfNoSeriesIsASeriesOfGaps() {
        MetricSeries none =
                rows("{\"step\":1,\"loss\":2},{\"step\":2,\"loss\":1}").series("nothing");

        assertThat(none.values()).containsExactly(GAP, GAP);
        assertThat(none.count()).isZero();
    }

    @Test
    void theStepsAreASeriesAsWell() {
        assertThat(rows("{\"step\":1,\"loss\":2},{\"loss\":1},{\"step\":3}")
                        .series("step")
                        .values())
                .containsExactly(1, GAP, 3);
    }

    @Test
    void theFirstSeriesStandsForLossesWhereThereAreNone() {
        assertThat(rows("{\"step\":1,\"accuracy\":0.5,\"f1\":0.4}").losses()).containsExactly("accuracy");
    }

    @ParameterizedTest
    @CsvSource({"600,600", "600.0,600", "6e2,600", "-1,-1", "0.5,", "NaN,", "1e300,", "'\"600\"',", "[6],", "null,"})
    void theLastCheckpointIsAWholeNumberOrNone(String sent, Long read) {
        assertThat(JobMetrics.fromJson("{\"last_checkpoint_step\": " + sent + ", \"metrics\": []}")
                        .lastCheckpointStep())
                .isEqualTo(read);
    }

    @Test
    void aPersonReadsItInOneLine() {
        JobMetrics read = JobMetrics.fromJson(DOCUMENTED);
        JobMetrics metrics = new JobMetrics("ftj-1", Map.of(), read.rows());

        assertThat(metrics.toString())
                .isEqualTo("ftj-1: 3 records, step 600, loss 1.1, eval_loss 1.4, best eval_loss 1.31 at step 400");
        assertThat(rows("{\"step\":1,\"loss\":0.123456}").toString()).isEqualTo("1 record, step 1, loss 0.1235");
    }

    @Test
    void whatSeriesHandsOutIsACopy() {
        JobMetrics metrics = rows("{\"step\":1,\"loss\":2}");
        metrics.series("loss").values()[0] = 7;
        metrics.series("loss").steps()[0] = 7;

        assertThat(metrics.series("loss").last()).isEqualTo(new Point(1, 2, 1));
    }

    @Test
    void veryManyRecordsKeepTheirPlaces() {
        int many = 100_000;
        List<String> rows = IntStream.range(0, many)
                .mapToObj(i -> "{\"step\":" + i + ",\"loss\":" + (many - i) + "}")
                .toList();
        JobMetrics metrics = new JobMetrics(null, Map.of(), rows);

        assertThat(metrics.rows()).hasSize(many);
        for (int i : new int[] {0, 63, 64, 65, 127, 128, 77_777, many - 1}) {
            assertThat(metrics.rows().get(i)).isEqualTo(rows.get(i));
        }
        assertThat(metrics.series("loss").best()).isEqualTo(new Point(many - 1, 1, many));
        assertThat(metrics.toSvg().length()).isLessThan(200_000);
    }

    @Test
    void aNameForEveryRecordCostsNoMoreThanItsNumbers() {
        JobMetrics metrics = rows(String.join(
                ",",
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "{\"loss" + i + "\":1}")
                        .toList()));

        assertThat(metrics.names()).hasSize(20_000);
        assertThat(metrics.series("loss19999").last()).isEqualTo(new Point(Double.NaN, 1, 20_000));
        assertThat(metrics.toSvg().length()).isLessThan(200_000);
        assertThat(metrics.toHtml().length()).isLessThan(300_000);
        assertThat(metrics.toString().length()).isLessThan(200);
    }
}
