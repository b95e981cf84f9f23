package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.jobPath;
import static dev.ftj.sandbox.SandboxClient.json;
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

class SandboxReadTest {
    private static final String LIVE = "ftj-live-completes";

    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @Test
    void everyJobIsListedWithItsRecord() {
        List<JsonNode> listed = list("");

        assertThat(ids(listed))
                .containsExactlyInAnyOrderElementsOf(client.sandbox.jobIds().stream()
                        .filter(id -> !id.startsWith("ftj-error-") || id.equals("ftj-error-503-then-well"))
                        .toList());
        for (JsonNode job : listed) {
            String id = job.path("id").stringValue();
            if (!id.startsWith("ftj-error-")) {
                assertThat(job).isEqualTo(client.job(id));
            }
        }
    }

    @Test
    void theNewestComesFirst() {
        assertThat(list("?limit=-1&offset=0"))
                .extracting(job -> job.path("created_at").stringValue().substring(0, 19))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @CsvSource({"limit=3&offset=2, 2, 5", "offset=18, 18, 21", "limit=0, 0, 0", "limit=5&offset=99, 0, 0"})
    void limitAndOffsetSelectAPart(String query, int from, int to) {
        List<String> all = ids(list(""));

        assertThat(all).hasSize(21);
        assertThat(ids(list("?" + query))).isEqualTo(all.subList(from, to));
    }

    @Test
    void statusesRepeatAndAreTheCurrentOnes() {
        assertThat(statuses("?statuses=COMPLETED&statuses=FAILED")).containsOnly("COMPLETED", "FAILED");
        assertThat(ids(list("?statuses=REGISTERED"))).contains("ftj-live-completes");

        client.setSeconds(5);

        assertThat(ids(list("?statuses=REGISTERED"))).doesNotContain("ftj-live-completes");
        assertThat(ids(list("?statuses=RUNNING"))).contains("ftj-live-completes");
        assertThat(statuses("?statuses=RUNNING&limit=2&offset=1")).containsExactly("RUNNING", "RUNNING");
    }

    @Test
    void unknownParametersAreIgnored() {
        assertThat(list("?status=RUNNING&verbose&&%6Cimit=2")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs?limit=ten, limit, must be an integer of at least -1",
        "/jobs?limit, limit, must be an integer of at least -1",
        "/jobs?offset=-1, offset, must be an integer of at least 0",
        "/jobs?offset=99999999999999999999, offset, must be an integer of at least 0",
        "/jobs?statuses=RUNNING&statuses=PAUSED, statuses, must be one of the documented statuses",
        "/jobs/ftj-press-line-cycles-7a2f49be/metrics?limit=-3, limit, must be an integer of at least -1"
    })
    void anInvalidParameterIsRefused(String path, String name, String problem) {
        HttpResponse<String> response = client.call("GET", path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).toString())
                .isEqualTo("{\"detail\":[{\"loc\":[\"query\",\"" + name + "\"],\"msg\":\"" + problem
                        + "\",\"type\":\"invalid\"}]}");
    }

    private List<JsonNode> list(String query) {
        HttpResponse<String> response = client.call("GET", "/jobs" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode array = json(response);
        assertThat(array.isArray()).isTrue();
        return array.valueStream().toList();
    }

    private List<String> statuses(String query) {
        return list(query).stream().map(job -> job.path("status").stringValue()).toList();
    }

    private static List<String> ids(List<JsonNode> jobs) {
        return jobs.stream().map(job -> job.path("id").stringValue()).toList();
    }

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

    @Test
    void theUnusualJobHasEveryKindOfValue() {
        assertThat(client.call("GET", "/jobs/ftj-unusual-fields-17d3b8a6/metrics")
                        .body())
                .contains("NaN", "Infinity", "null", "\"diverged\"", "1e400", "{}", "\"last_checkpoint_step\": 600");
    }

    @Test
    void theHostileJobHasHostileSeries() {
        HttpResponse<String> response = client.call("GET", "/jobs/ftj-hostile-name-e6b29d07/metrics");

        assertThat(json(response).at("/metrics/0").propertyNames())
                .contains("\033[31mred", "<img src=x onerror=alert(1)>");
        assertThat(response.body()).doesNotContain("\033");
    }

    private JsonNode metrics(String id, String query) {
        HttpResponse<String> response = client.call("GET", jobPath(id) + "/metrics" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response);
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
