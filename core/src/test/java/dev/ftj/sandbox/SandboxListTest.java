package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SandboxListTest {
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
    @CsvSource({
        "limit=3, 0, 3",
        "limit=3&offset=2, 2, 5",
        "offset=18, 18, 21",
        "limit=0, 0, 0",
        "limit=5&offset=99, 0, 0"
    })
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
        "/jobs?limit=-2, limit, must be an integer of at least -1",
        "/jobs?offset=-1, offset, must be an integer of at least 0",
        "/jobs?offset=99999999999999999999, offset, must be an integer of at least 0",
        "/jobs?statuses=RUNNING&statuses=PAUSED, statuses, must be one of the documented statuses",
        "/jobs/ftj-press-line-cycles-7a2f49be/metrics?limit=-3, limit, must be an integer of at least -1"
    })
    void anInvalidParameterIsRefused(String path, String name, String problem) {
        HttpResponse<String> response = client.call("GET", path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(SandboxClient.json(response).toString())
                .isEqualTo("{\"detail\":[{\"loc\":[\"query\",\"" + name + "\"],\"msg\":\"" + problem
                        + "\",\"type\":\"invalid\"}]}");
    }

    private List<JsonNode> list(String query) {
        HttpResponse<String> response = client.call("GET", "/jobs" + query);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode array = SandboxClient.json(response);
        assertThat(array.isArray()).isTrue();
        return array.valueStream().toList();
    }

    private List<String> statuses(String query) {
        return list(query).stream().map(job -> job.path("status").stringValue()).toList();
    }

    private static List<String> ids(List<JsonNode> jobs) {
        return jobs.stream().map(job -> job.path("id").stringValue()).toList();
    }
}
