package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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

class SandboxCreateTest {
    private static final String CONFIG =
            "\"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}";

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
    void theModelIsOptional() {
        JsonNode job = created("{\"name\": \"n\", " + CONFIG + "}");

        assertThat(job.at("/config/model").stringValue()).isEqualTo("Newton::c2_4_7b_251215a172f6d7");
        assertThat(client.sandbox.jobIds()).contains(id(job));
    }

    @Test
    void aCreatedJobSucceedsInSeconds() {
        client.setSeconds(100);
        String id = id(created("{\"name\": \"n\", " + CONFIG + "}"));

        Set<String> seen = new LinkedHashSet<>();
        for (int second = 100; second <= 115; second++) {
            client.setSeconds(second);
            seen.add(client.status(id));
        }

        assertThat(seen).containsExactly("REGISTERED", "STARTING", "RUNNING", "FINALIZING", "COMPLETED");
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
        assertThat(SandboxClient.text(again, "/errors/0/code")).isEqualTo("conflict");
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
    void noneOfTwentyConcurrentRequestsIsLost() {
        List<CompletableFuture<String>> requests = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> id(created("{\"name\": \"same\", " + CONFIG + "}"))))
                .toList();

        List<String> ids = requests.stream().map(CompletableFuture::join).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(client.sandbox.jobIds()).containsAll(ids);
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
                "[] ! body: must be an object",
                "{\"name\": \"n\"} ! body config: must be an object",
                "{\"name\": \"n\", \"config\": 7} ! body config: must be an object",
                "{\"name\": \"n\", \"config\": {}} ! body config datasets: must be an array of at least one item",
                "{\"name\": \"n\", \"config\": {\"datasets\": []}} ! body config datasets: must be an array of at least one item",
                "{\"name\": \"n\", \"config\": {\"datasets\": [true]}} ! body config datasets 0: must be an object",
                "{CONFIG} ! body name: must be a string of at least one character",
                "{\"name\": \"\", CONFIG} ! body name: must be a string of at least one character",
                "{\"name\": \"\\ud800\", CONFIG} ! body name: must be a string of at least one character",
                "{\"name\": \"n\", \"id\": [], CONFIG} ! body id: must be a string of at least one character"
            })
    void anInvalidBodyIsRefusedWithTheFirstProblem(String body, String problem) {
        assertThat(problem(body.replace("CONFIG", CONFIG))).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "file-1 ! fiel-1 ! ",
                "\"file-1\" ! 3 ! file_ids 0: must be a string of at least one character",
                "train ! test ! split: must be train or eval"
            })
    void anInvalidDatasetIsRefusedWithItsPlace(String part, String replacement, String problem) {
        HttpResponse<String> response = client.create("{\"name\": \"n\", " + CONFIG.replace(part, replacement) + "}");

        assertThat(response.statusCode()).isEqualTo(problem == null ? 200 : 422);
        if (problem != null) {
            assertThat(problem(response)).isEqualTo("body config datasets 0 " + problem);
            assertThat(client.sandbox.jobIds()).noneMatch(id -> id.startsWith("ftj-n-"));
        }
    }

    @ParameterizedTest
    @CsvSource({"\"model\": \"GPT\", train, invalid_parameter", ", eval, missing_parameter"})
    void anUnknownModelOrNoTrainingSetIsABadRequest(String model, String split, String code) {
        String config =
                CONFIG.replace("train", split).replace("{\"d", "{" + (model == null ? "" : model + ", ") + "\"d");

        HttpResponse<String> response = client.create("{\"name\": \"n\", " + config + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(SandboxClient.text(response, "/errors/0/code")).isEqualTo(code);
        assertThat(response.body()).doesNotContain("GPT");
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsTooLarge() {
        assertThat(client.create(" ".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void aBodyNestedTooDeeplyIsRefused() {
        assertThat(problem("[".repeat(100_000))).isEqualTo("body: must be JSON");
    }

    private JsonNode created(String request) {
        HttpResponse<String> response = client.create(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SandboxClient.json(response);
    }

    private String problem(String request) {
        return problem(client.create(request));
    }

    /** Returns the location and the message of a 422. */
    private static String problem(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        JsonNode detail = SandboxClient.json(response).path("detail");
        assertThat(detail.size()).isEqualTo(1);
        assertThat(detail.at("/0/type").stringValue()).isEqualTo("invalid");
        List<String> location =
                detail.at("/0/loc").valueStream().map(JsonNode::stringValue).toList();
        return String.join(" ", location) + ": " + detail.at("/0/msg").stringValue();
    }

    private static String firstId(Sandbox sandbox) {
        return SandboxClient.text(new SandboxClient(sandbox).create("{\"name\": \"n\", " + CONFIG + "}"), "/id");
    }

    private static String id(JsonNode job) {
        return job.path("id").stringValue();
    }
}
