package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SandboxMetricsTest {
    private static final String LIVE = "ftj-live-completes";

    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @Test
    void theSampleJobHasACompleteTrainingWithNoisyFallingLosses() {
        List<JsonNode> rows = rows(Sandbox.SAMPLE_JOB_ID, "");

        List<Double> losses = series(rows, "loss");
        List<Double> evals = series(rows, "eval_loss");
        assertThat(losses).hasSize(28);
        assertThat(evals).hasSize(7);
        assertThat(losses.get(27)).isLessThan(losses.get(0) / 2);
        assertThat(evals.get(6)).isLessThan(evals.get(0) / 2);
        assertThat(losses)
                .isNotEqualTo(losses.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(series(rows, "step")).isSorted().doesNotHaveDuplicates();
        assertThat(series(rows, "wall_time_sec")).isSorted().allMatch(seconds -> seconds < 75 * 60);
        assertThat(series(rows, "learning_rate")).allMatch(rate -> rate > 0 && rate <= 0.0002);
        assertThat(metrics(Sandbox.SAMPLE_JOB_ID, "").path("last_checkpoint_step"))
                .isEqualTo(rows.get(27).path("step"));
    }

    @Test
    void theyAreTheSameInEverySandbox() {
        try (Sandbox other = Sandbox.builder().seed(77).speed(9).start()) {
            String path = "/jobs/" + Sandbox.SAMPLE_JOB_ID + "/metrics";
            assertThat(new SandboxClient(other).call("GET", path).body())
                    .isEqualTo(client.call("GET", path).body());
        }
    }

    @Test
    void theyGrowWhileTheJobRunsAndStayAfterwards() {
        List<Integer> counts = new ArrayList<>();
        List<JsonNode> last = List.of();
        for (int second = 0; second <= 14; second++) {
            client.setSeconds(second);
            List<JsonNode> rows = rows(LIVE, "");
            assertThat(rows.subList(0, last.size())).isEqualTo(last);
            last = rows;
            counts.add(rows.size());
        }

        assertThat(counts).containsExactly(0, 0, 0, 0, 4, 8, 12, 16, 20, 24, 28, 28, 28, 28, 28);
    }

    @Test
    void theyAreEmptyBeforeTheJobRuns() {
        assertThat(metrics(LIVE, "").toString()).isEqualTo("{\"last_checkpoint_step\":0,\"metrics\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "cancel"})
    void anEndedJobKeepsTheLastCheckpoint(String action) {
        client.setSeconds(5);
        client.act(LIVE, action);
        client.setSeconds(60);

        assertThat(rows(LIVE, "")).hasSize(8);
    }

    @Test
    void limitAndOffsetSelectRowsAndNotTheLastCheckpoint() {
        List<JsonNode> all = rows(Sandbox.SAMPLE_JOB_ID, "");

        assertThat(rows(Sandbox.SAMPLE_JOB_ID, "?limit=4&offset=10")).isEqualTo(all.subList(10, 14));
        assertThat(rows(Sandbox.SAMPLE_JOB_ID, "?offset=27&limit=-1")).isEqualTo(all.subList(27, 28));
        assertThat(metrics(Sandbox.SAMPLE_JOB_ID, "?limit=0").path("last_checkpoint_step"))
                .isEqualTo(all.get(27).path("step"));
    }

    @ParameterizedTest
    @CsvSource({
        "ftj-forklift-near-miss-0b94ae17, 0",
        "ftj-crosswalk-flow-6d0a1f83, 1",
        "ftj-press-line-cycles-7a2f49be, 16",
        "ftj-crane-load-sway-d8e35c61, 28"
    })
    void aJobThatNeverChangesHasTheRowsOfItsProgress(String id, int count) {
        assertThat(rows(id, "")).hasSize(count);
    }

    @Test
    void someFirstRowsHaveNoEvalLossAndSomeANull() {
        List<JsonNode> first = client.sandbox.jobIds().stream()
                .filter(id -> !id.contains("error") && !id.contains("unusual-fields"))
                .map(id -> metrics(id, "").at("/metrics/0"))
                .filter(row -> row.has("wall_time_sec"))
                .toList();

        assertThat(first).anyMatch(row -> !row.has("eval_loss"));
        assertThat(first).anyMatch(row -> row.path("eval_loss").isNull());
    }

    @Test
    void theUnusualJobHasEveryKindOfValue() {
        assertThat(client.call("GET", "/jobs/ftj-unusual-fields-17d3b8a6/metrics")
                        .body())
                .contains("NaN", "Infinity", "null", "\"diverged\"", "1e400", "{}", "\"last_checkpoint_step\": 600");
    }

    @Test
    void theHostileJobHasHostileSeries() {
        HttpResponse<String> response = client.call("GET", "/jobs/ftj-hostile-name-e6b29d07/metrics");

        assertThat(SandboxClient.json(response).at("/metrics/0").propertyNames())
                .contains("\033[31mred", "<img src=x onerror=alert(1)>");
        assertThat(response.body()).doesNotContain("\033");
    }

    private JsonNode metrics(String id, String query) {
        HttpResponse<String> response = client.call("GET", SandboxClient.jobPath(id) + "/metrics" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        return SandboxClient.json(response);
    }

    private List<JsonNode> rows(String id, String query) {
        return metrics(id, query).path("metrics").valueStream().toList();
    }

    private static List<Double> series(List<JsonNode> rows, String name) {
        return rows.stream()
                .filter(row -> row.path(name).isNumber())
                .map(row -> row.path(name).doubleValue())
                .toList();
    }
}
