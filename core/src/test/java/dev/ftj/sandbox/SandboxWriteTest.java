package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.jobPath;
import static dev.ftj.sandbox.SandboxClient.json;
import static dev.ftj.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SandboxWriteTest {
    private static final String CONFIG =
            "\"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}";
    private static final String LIVE = "ftj-live-completes";

    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @Test
    void theResponseIsTheRecordOfARegisteredJob() {
        client.setSeconds(60);

        JsonNode job = created("""
                {"name": "Wörk & play №7", "id": null, "note": [1, {"deep": null}],
                 "config": {"model": "Newton::c2_4_3b_251215dfe6a746", "datasets": [
                   {"name": "t", "split": "train", "file_ids": ["file-1", "音.jsonl"]},
                   {"name": "e", "split": "eval", "file_ids": ["file-2"]}]}}""");

        assertThat(job.path("name").stringValue()).isEqualTo("Wörk & play №7");
        assertThat(id(job)).matches("ftj-w-rk-play-7-[0-9a-f]{8}");
        assertThat(job.path("uuid").stringValue()).hasSize(36);
        assertThat(job.path("status").stringValue()).isEqualTo("REGISTERED");
        assertThat(job.at("/config/model").stringValue()).isEqualTo("Newton::c2_4_3b_251215dfe6a746");
        assertThat(job.at("/config/datasets").toString())
                .isEqualTo("[{\"name\":\"t\",\"split\":\"train\",\"file_ids\":[\"file-1\",\"音.jsonl\"]},"
                        + "{\"name\":\"e\",\"split\":\"eval\",\"file_ids\":[\"file-2\"]}]");
        assertThat(job.path("created_at").stringValue()).isEqualTo("2026-05-04T09:01:00.250000Z");
        assertThat(job.path("inference_config_path").isNull()).isTrue();
        assertThat(client.job(id(job))).isEqualTo(job);
    }

    @Test
    void aCreatedJobHasTheDefaultModelAndSucceedsInSeconds() {
        client.setSeconds(100);
        JsonNode job = created("{\"name\": \"n\", " + CONFIG + "}");
        String id = id(job);

        Set<String> seen = new LinkedHashSet<>();
        for (int second = 100; second <= 115; second++) {
            client.setSeconds(second);
            seen.add(client.status(id));
        }

        assertThat(seen).containsExactly("REGISTERED", "STARTING", "RUNNING", "FINALIZING", "COMPLETED");
        assertThat(job.at("/config/model").stringValue()).isEqualTo("Newton::c2_4_7b_251215a172f6d7");
        assertThat(client.job(id).path("inference_config_path").stringValue()).endsWith(id + ".yaml");
    }

    @Test
    void anIdOfTheClientsOwnIsUsedOnce() {
        String id = "a/b ?#%2F 夜勤 .".repeat(4).substring(0, 56);
        String request = "{\"name\": \"n\", \"id\": \"" + id + "\", " + CONFIG + "}";

        assertThat(id(created(request))).isEqualTo(id);
        assertThat(id(client.job(id))).isEqualTo(id);

        HttpResponse<String> again = client.create(request.replace("\"n\"", "\"other\""));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(text(again, "/errors/0/code")).isEqualTo("conflict");
        assertThat(client.job(id).path("name").stringValue()).isEqualTo("n");
    }

    @Test
    void anIdMayHaveSixtyFourCodePoints() {
        String id = "🏭".repeat(64);

        assertThat(id(created("{\"name\": \"n\", \"id\": \"" + id + "\", " + CONFIG + "}")))
                .isEqualTo(id);
        assertThat(problem("{\"name\": \"n\", \"id\": \"x" + id + "\", " + CONFIG + "}"))
                .isEqualTo("body id: must have at most 64 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"工場", "---", "a-very-long-name-that-would-not-fit-into-the-sixty-four-characters-of-an-id"})
    void anyNameMakesAValidId(String name) {
        assertThat(id(created("{\"name\": \"" + name + "\", " + CONFIG + "}")))
                .matches("ftj-[a-z][a-z-]*[a-z]-[0-9a-f]{8}")
                .hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void theSameSeedGivesTheSameIds() {
        try (Sandbox one = Sandbox.builder().seed(1).start();
                Sandbox same = Sandbox.builder().seed(1).start();
                Sandbox other = Sandbox.builder().seed(2).start()) {
            assertThat(firstId(one)).isEqualTo(firstId(same)).isNotEqualTo(firstId(other));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! body: must be JSON",
                "{ ! body: must be JSON",
                "{\"name\": \"n\"} trailing ! body: must be JSON",
                "null ! body: must be an object",
                "{\"name\": \"n\"} ! body config: must be an object",
                "{\"name\": \"n\", \"config\": {\"datasets\": []}} ! body config datasets: must be an array of at least one item",
                "{\"name\": \"n\", \"config\": {\"datasets\": [true]}} ! body config datasets 0: must be an object",
                "{CONFIG} ! body name: must be a string of at least one character",
                "{\"name\": \"\\ud800\", CONFIG} ! body name: must be a string of at least one character",
                "{\"name\": \"n\", \"id\": [], CONFIG} ! body id: must be a string of at least one character",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"test\"}]}}"
                        + " ! body config datasets 0 split: must be train or eval",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"eval\", \"file_ids\": [3]}]}}"
                        + " ! body config datasets 0 file_ids 0: must be a string of at least one character"
            })
    void anInvalidBodyIsRefusedWithTheFirstProblem(String body, String problem) {
        assertThat(problem(body.replace("CONFIG", CONFIG))).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({"\"model\": \"GPT\", train, invalid_parameter", ", eval, missing_parameter"})
    void anUnknownModelOrNoTrainingSetIsABadRequest(String model, String split, String code) {
        String config =
                CONFIG.replace("train", split).replace("{\"d", "{" + (model == null ? "" : model + ", ") + "\"d");

        HttpResponse<String> response = client.create("{\"name\": \"n\", " + config + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response, "/errors/0/code")).isEqualTo(code);
        assertThat(response.body()).doesNotContain("GPT");
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsTooLarge() {
        assertThat(client.create(" ".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    }

    private JsonNode created(String request) {
        HttpResponse<String> response = client.create(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    /** Returns the location and the message of a 422. */
    private String problem(String request) {
        HttpResponse<String> response = client.create(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        JsonNode detail = json(response).path("detail");
        assertThat(detail.size()).isEqualTo(1);
        assertThat(detail.at("/0/type").stringValue()).isEqualTo("invalid");
        List<String> location =
                detail.at("/0/loc").valueStream().map(JsonNode::stringValue).toList();
        return String.join(" ", location) + ": " + detail.at("/0/msg").stringValue();
    }

    private static String firstId(Sandbox sandbox) {
        return text(new SandboxClient(sandbox).create("{\"name\": \"n\", " + CONFIG + "}"), "/id");
    }

    private static String id(JsonNode job) {
        return job.path("id").stringValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aStoppedJobIsStoppingForTwoSeconds(int second) {
        client.setSeconds(second);

        JsonNode stopping = json(client.act(LIVE, "stop"));

        assertThat(stopping.path("status").stringValue()).isEqualTo("STOPPING");
        assertThat(Instant.parse(stopping.path("updated_at").stringValue())).isEqualTo(client.now());
        assertThat(client.job(LIVE)).isEqualTo(stopping);
        client.setMillis(second * 1000L + 1999);
        assertThat(client.status(LIVE)).isEqualTo("STOPPING");
        client.setMillis(second * 1000L + 2000);
        assertThat(client.status(LIVE)).isEqualTo("STOPPED");
        client.setSeconds(900);
        assertThat(client.status(LIVE)).isEqualTo("STOPPED");
        assertThat(client.job(LIVE).path("inference_config_path").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void aCancelledJobStaysCancelled(int second) {
        client.setSeconds(second);

        assertThat(text(client.act(LIVE, "cancel"), "/status")).isEqualTo("CANCELLED");

        client.setSeconds(900);
        assertThat(client.status(LIVE)).isEqualTo("CANCELLED");
    }

    @Test
    void aStoppingJobCanBeStoppedAgainAndCancelled() {
        String first = client.act(LIVE, "stop").body();
        client.setSeconds(1);

        assertThat(client.act(LIVE, "stop").body()).isEqualTo(first);
        assertThat(client.act(LIVE, "cancel").statusCode()).isEqualTo(200);
        client.setSeconds(2);
        assertThat(client.status(LIVE)).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftj-forklift-near-miss-0b94ae17",
                "ftj_hvac_anomalies_c6d81f30",
                "ftj-press-line-cycles-7a2f49be",
                "ftj-turbine-acoustics-51e0c7d2",
                "ftj-unusual-status-a4f0c92e"
            })
    void aJobThatNeverChangesCanBeStopped(String id) {
        assertThat(text(client.act(id, "stop"), "/status")).isEqualTo("STOPPING");
        client.setSeconds(2);
        assertThat(client.status(id)).isEqualTo("STOPPED");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, ftj-my-finetune-run-3de60a5c, COMPLETED",
        "stop, lab 7/夜勤, CANCELLED",
        "stop, ftj-kiln-temperature-58be27c9, FAILED",
        "stop, ftj-crane-load-sway-d8e35c61, FINALIZING",
        "cancel, ftj-my-finetune-run-3de60a5c, COMPLETED",
        "cancel, ftj-kiln-temperature-58be27c9, FAILED"
    })
    void anActionThatComesTooLateIsAConflictThatNamesTheStatus(String action, String id, String status) {
        String before = client.get(id).body();

        HttpResponse<String> response = client.act(id, action);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(text(response, "/errors/0/code")).isEqualTo("conflict");
        assertThat(text(response, "/errors/0/message")).contains("is " + status + " and cannot be " + action);
        assertThat(client.get(id).body()).isEqualTo(before);
    }

    @Test
    void aDeletedJobIsGoneInAnyStatus() {
        client.setSeconds(5);
        String record = client.get(LIVE).body();
        String path = jobPath(LIVE);

        HttpResponse<String> response = client.call("DELETE", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(record).contains("RUNNING");
        assertThat(client.get(LIVE).statusCode()).isEqualTo(404);
        assertThat(client.call("DELETE", path).statusCode()).isEqualTo(404);
        assertThat(client.call("GET", path + "/metrics").statusCode()).isEqualTo(404);
        assertThat(client.sandbox.jobIds()).doesNotContain(LIVE).hasSizeGreaterThan(20);
    }

    @Test
    void ofConcurrentCancelsOneSucceeds() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.act(LIVE, "cancel").statusCode()))
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join))
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
    }

    @Test
    void theNodeIsBusyWhileAJobIsActive() {
        assertThat(node()).isEqualTo("READY");
        client.setSeconds(1);
        assertThat(node()).isEqualTo("BUSY");
        client.setMillis(11_999);
        assertThat(node()).isEqualTo("BUSY");
        client.setSeconds(12);
        assertThat(node()).isEqualTo("READY");
        client.act("ftj-press-line-cycles-7a2f49be", "stop");
        assertThat(node()).isEqualTo("BUSY");
        client.setSeconds(14);
        assertThat(node()).isEqualTo("READY");
    }

    private String node() {
        return text(client.call("GET", "/status"), "/status");
    }
}
