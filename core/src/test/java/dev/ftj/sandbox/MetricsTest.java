package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MetricsTest {
    private static final Instant START = Instant.parse("2026-05-04T09:00:00.250Z");
    private static final String LIVING = "ftj-live-completes";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Sandbox sandbox = Sandbox.builder().clock(now::get).start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theSampleJobHasAWholeTrainingWhoseLossesFallWithNoise() {
        List<JsonNode> rows = rows(Sandbox.SAMPLE_JOB_ID, "");

        List<Double> losses = series(rows, "loss");
        List<Double> evals = series(rows, "eval_loss");
        assertThat(rows).hasSize(28);
        assertThat(losses).hasSize(28);
        assertThat(evals).hasSize(7);
        assertThat(losses.get(27)).isLessThan(losses.get(0) / 2);
        assertThat(evals.get(6)).isLessThan(evals.get(0) / 2);
        assertThat(losses)
                .isNotEqualTo(
                        losses.stream().sorted((a, b) -> Double.compare(b, a)).toList());
        assertThat(series(rows, "step")).isSorted().doesNotHaveDuplicates();
        assertThat(series(rows, "wall_time_sec")).isSorted().allMatch(seconds -> seconds < 75 * 60);
        assertThat(series(rows, "learning_rate")).allMatch(rate -> rate > 0 && rate <= 0.0002);
        assertThat(metrics(Sandbox.SAMPLE_JOB_ID, "")
                        .path("last_checkpoint_step")
                        .intValue())
                .isEqualTo(rows.get(27).path("step").intValue());
    }

    @Test
    void theyAreTheSameInEverySandbox() {
        try (Sandbox other = Sandbox.builder().seed(77).speed(9).start()) {
            String path = "/jobs/" + Sandbox.SAMPLE_JOB_ID + "/metrics";
            assertThat(new Caller(other).call("GET", path).body())
                    .isEqualTo(caller.call("GET", path).body());
        }
    }

    @Test
    void theyGrowWhileTheJobRunsAndStayAfterwards() {
        List<Integer> counts = new ArrayList<>();
        List<JsonNode> last = List.of();
        for (int second = 0; second <= 14; second++) {
            now.set(START.plusSeconds(second));
            List<JsonNode> rows = rows(LIVING, "");
            assertThat(rows.subList(0, last.size())).isEqualTo(last);
            last = rows;
            counts.add(rows.size());
        }

        assertThat(counts).containsExactly(0, 0, 0, 0, 4, 8, 12, 16, 20, 24, 28, 28, 28, 28, 28);
    }

    @Test
    void theyAreEmptyBeforeTheJobRuns() {
        assertThat(metrics(LIVING, "").toString()).isEqualTo("{\"last_checkpoint_step\":0,\"metrics\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "cancel"})
    void anEndKeepsTheLastCheckpoint(String act) {
        now.set(START.plusSeconds(5));
        caller.call("PUT", "/jobs/" + LIVING + "/" + act);
        now.set(START.plusSeconds(60));

        assertThat(rows(LIVING, "")).hasSize(8);
    }

    @Test
    void aWindowCutsRowsOutAndLeavesTheLastCheckpointAsItIs() {
        List<JsonNode> all = rows(Sandbox.SAMPLE_JOB_ID, "");

        assertThat(rows(Sandbox.SAMPLE_JOB_ID, "?limit=4&offset=10")).isEqualTo(all.subList(10, 14));
        assertThat(rows(Sandbox.SAMPLE_JOB_ID, "?offset=27&limit=-1")).isEqualTo(all.subList(27, 28));
        assertThat(metrics(Sandbox.SAMPLE_JOB_ID, "?limit=0")
                        .path("last_checkpoint_step")
                        .intValue())
                .isEqualTo(all.get(27).path("step").intValue());
    }

    @Test
    void jobsThatStandStillHaveAnythingFromNothingToAllOfIt() {
        assertThat(rows("ftj-forklift-near-miss-0b94ae17", "")).isEmpty();
        assertThat(rows("ftj-crosswalk-flow-6d0a1f83", "")).hasSize(1);
        assertThat(rows("ftj-press-line-cycles-7a2f49be", "")).hasSizeBetween(10, 20);
        assertThat(rows("ftj-crane-load-sway-d8e35c61", "")).hasSize(28);
    }

    @Test
    void someRowsHaveNoEvalLossAndSomeANull() {
        List<JsonNode> first = new ArrayList<>();
        for (String id : sandbox.jobIds()) {
            HttpResponse<String> answer =
                    caller.send("GET", caller.jobPath(id) + "/metrics", "Bearer " + sandbox.apiKey());
            if (answer.statusCode() == 200 && !answer.body().contains("NaN")) {
                JsonNode row = Caller.json(answer).at("/metrics/0");
                if (row.has("wall_time_sec")) {
                    first.add(row);
                }
            }
        }

        assertThat(first).anyMatch(row -> !row.has("eval_loss"));
        assertThat(first).anyMatch(row -> row.path("eval_loss").isNull());
    }

    @Test
    void theUnusualJobHasTextsNullsNoNumbersAndNothing() {
        assertThat(caller.call("GET", "/jobs/ftj-unusual-fields-17d3b8a6/metrics")
                        .body())
                .contains("NaN", "Infinity", "null", "\"diverged\"", "1e400", "{}", "\"last_checkpoint_step\": 600");
    }

    @Test
    void theHostileJobHasHostileSeries() {
        HttpResponse<String> answer = caller.call("GET", "/jobs/ftj-hostile-name-e6b29d07/metrics");

        assertThat(Caller.json(answer).at("/metrics/0").propertyNames())
                .contains("\033[31mred", "<img src=x onerror=alert(1)>");
        assertThat(answer.body()).doesNotContain("\033");
    }

    private JsonNode metrics(String id, String query) {
        HttpResponse<String> answer = caller.call("GET", "/jobs/" + id + "/metrics" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Caller.json(answer);
    }

    private List<JsonNode> rows(String id, String query) {
        List<JsonNode> rows = new ArrayList<>();
        metrics(id, query).path("metrics").forEach(rows::add);
        return rows;
    }

    private static List<Double> series(List<JsonNode> rows, String name) {
        return rows.stream()
                .filter(row -> row.path(name).isNumber())
                .map(row -> row.path(name).doubleValue())
                .toList();
    }
}
