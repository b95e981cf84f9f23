package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListTest {
    private static final Instant START = Instant.parse("2026-05-04T09:00:00.250Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Sandbox sandbox = Sandbox.builder().clock(now::get).start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void allJobsAreListedWithTheRecordsThatTheyHaveAlone() {
        List<JsonNode> listed = list("");

        assertThat(ids(listed))
                .containsExactlyInAnyOrderElementsOf(sandbox.jobIds().stream()
                        .filter(id -> !id.startsWith("ftj-error-") || id.equals("ftj-error-503-then-well"))
                        .toList());
        for (JsonNode job : listed) {
            if (!job.path("id").stringValue().startsWith("ftj-error-")) {
                assertThat(job).isEqualTo(caller.job(job.path("id").stringValue()));
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
    void aPartIsCutOutOfTheSameOrder(String query, int from, int to) {
        List<String> all = ids(list(""));

        assertThat(all).hasSize(21);
        assertThat(ids(list("?" + query))).isEqualTo(all.subList(from, to));
    }

    @Test
    void statusesRepeatAndAreThoseOfTheMoment() {
        assertThat(statuses("?statuses=COMPLETED&statuses=FAILED")).containsOnly("COMPLETED", "FAILED");
        assertThat(ids(list("?statuses=REGISTERED"))).contains("ftj-live-completes");

        now.set(START.plusSeconds(5));

        assertThat(ids(list("?statuses=REGISTERED"))).doesNotContain("ftj-live-completes");
        assertThat(ids(list("?statuses=RUNNING"))).contains("ftj-live-completes");
        assertThat(statuses("?statuses=RUNNING&limit=2&offset=1")).containsExactly("RUNNING", "RUNNING");
    }

    @Test
    void parametersOfOthersAreLeftAlone() {
        assertThat(list("?status=RUNNING&verbose&%6Cimit=2")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=ten, limit, int_parsing",
        "limit=, limit, int_parsing",
        "limit, limit, int_parsing",
        "limit=1.5, limit, int_parsing",
        "limit=-2, limit, greater_than_equal",
        "offset=-1, offset, greater_than_equal",
        "offset=99999999999999999999, offset, int_parsing_size",
        "statuses=running, statuses, enum",
        "statuses=PAUSED, statuses, enum",
        "statuses=%ff, statuses, enum"
    })
    void aParameterThatMakesNoSenseIsToldAsFastApiTellsIt(String query, String name, String type) {
        HttpResponse<String> answer = caller.call("GET", "/jobs?" + query);

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode detail = Caller.json(answer).path("detail");
        assertThat(detail.size()).isEqualTo(1);
        assertThat(detail.at("/0/loc/0").stringValue()).isEqualTo("query");
        assertThat(detail.at("/0/loc/1").stringValue()).isEqualTo(name);
        assertThat(detail.at("/0/type").stringValue()).isEqualTo(type);
        assertThat(detail.at("/0/msg").stringValue()).isNotEmpty();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        JsonNode detail = Caller.json(caller.call("GET", "/jobs?statuses=RUNNING&statuses=X&limit=y&offset=-9"))
                .path("detail");

        assertThat(detail.size()).isEqualTo(3);
        assertThat(detail.at("/0/loc/2").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftj-press-line-cycles-7a2f49be", "lab 7/夜勤"})
    void theMetricsOfAJobTakeTheSameWindow(String id) {
        String path = caller.jobPath(id) + "/metrics?limit=-3";

        assertThat(caller.send("GET", path, "Bearer " + sandbox.apiKey()).statusCode())
                .isEqualTo(422);
    }

    private List<JsonNode> list(String query) {
        HttpResponse<String> answer = caller.call("GET", "/jobs" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode array = Caller.json(answer);
        assertThat(array.isArray()).isTrue();
        List<JsonNode> jobs = new ArrayList<>();
        array.forEach(jobs::add);
        return jobs;
    }

    private List<String> statuses(String query) {
        return list(query).stream().map(job -> job.path("status").stringValue()).toList();
    }

    private static List<String> ids(List<JsonNode> jobs) {
        return jobs.stream().map(job -> job.path("id").stringValue()).toList();
    }
}
