package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CreateTest {
    private static final Instant START = Instant.parse("2026-05-04T09:00:00.250Z");
    private static final String CONFIG =
            "\"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Sandbox sandbox = Sandbox.builder().clock(now::get).start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theAnswerIsTheRecordOfARegisteredJobAsItWasOrdered() {
        now.set(START.plusSeconds(60));

        JsonNode job = created("""
                {"name": "Wörk & play №7", "id": null, "note": [1, {"deep": null}],
                 "config": {"model": "Newton::c2_4_3b_251215dfe6a746", "datasets": [
                   {"name": "t", "split": "train", "file_ids": ["file-1", "音.jsonl"]},
                   {"name": "e", "split": "eval", "file_ids": ["file-2"]}]}}""");

        assertThat(job.path("name").stringValue()).isEqualTo("Wörk & play №7");
        assertThat(job.path("id").stringValue()).matches("ftj-w-rk-play-7-[0-9a-f]{8}");
        assertThat(job.path("uuid").stringValue()).hasSize(36);
        assertThat(job.path("status").stringValue()).isEqualTo("REGISTERED");
        assertThat(job.at("/config/model").stringValue()).isEqualTo("Newton::c2_4_3b_251215dfe6a746");
        assertThat(job.at("/config/datasets").toString())
                .isEqualTo("[{\"name\":\"t\",\"split\":\"train\",\"file_ids\":[\"file-1\",\"音.jsonl\"]},"
                        + "{\"name\":\"e\",\"split\":\"eval\",\"file_ids\":[\"file-2\"]}]");
        assertThat(job.path("created_at").stringValue()).isEqualTo("2026-05-04T09:01:00.250000Z");
        assertThat(job.path("inference_config_path").isNull()).isTrue();
        assertThat(caller.job(job.path("id").stringValue())).isEqualTo(job);
    }

    @Test
    void withoutAModelItIsTheDefaultOne() {
        assertThat(created("{\"name\": \"n\", " + CONFIG + "}")
                        .at("/config/model")
                        .stringValue())
                .isEqualTo("Newton::c2_4_7b_251215a172f6d7");
    }

    @Test
    void aCreatedJobIsTheFirstOfTheListAndAmongTheIds() {
        String id = created("{\"name\": \"n\", " + CONFIG + "}").path("id").stringValue();

        JsonNode list = Caller.json(caller.call("GET", "/jobs"));

        assertThat(list.at("/0/id").stringValue()).isEqualTo(id);
        assertThat(list.size()).isEqualTo(22);
        assertThat(sandbox.jobIds()).contains(id);
    }

    @Test
    void aCreatedJobLivesAWholeLifeFromItsCreationOn() {
        now.set(START.plusSeconds(100));
        String id = created("{\"name\": \"n\", " + CONFIG + "}").path("id").stringValue();

        List<String> seen = new ArrayList<>();
        for (int second = 100; second <= 115; second++) {
            now.set(START.plusSeconds(second));
            String status = caller.job(id).path("status").stringValue();
            if (!seen.contains(status)) {
                seen.add(status);
            }
        }

        assertThat(seen).containsExactly("REGISTERED", "STARTING", "RUNNING", "FINALIZING", "COMPLETED");
        assertThat(caller.job(id).path("inference_config_path").stringValue()).endsWith(id + ".yaml");
    }

    @Test
    void anIdOfTheClientsOwnIsHonouredOnceWhateverItHolds() {
        String id = "a/b ?#%2F 夜勤 .".repeat(4).substring(0, 56);
        String order = "{\"name\": \"n\", \"id\": \"" + id + "\", " + CONFIG + "}";

        assertThat(created(order).path("id").stringValue()).isEqualTo(id);
        assertThat(caller.job(id).path("id").stringValue()).isEqualTo(id);

        HttpResponse<String> again = caller.call("POST", "/jobs", order.replace("\"n\"", "\"other\""));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Caller.json(again).at("/errors/0/code").stringValue()).isEqualTo("conflict");
        assertThat(caller.job(id).path("name").stringValue()).isEqualTo("n");
    }

    @Test
    void anIdMayBeSixtyFourCodePointsLong() {
        String id = "🏭".repeat(64);

        assertThat(created("{\"name\": \"n\", \"id\": \"" + id + "\", " + CONFIG + "}")
                        .path("id")
                        .stringValue())
                .isEqualTo(id);
        assertThat(problem("{\"name\": \"n\", \"id\": \"x" + id + "\", " + CONFIG + "}"))
                .isEqualTo("body id string_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"工場", "---", "a-very-long-name-that-would-not-fit-into-the-sixty-four-characters-of-an-id"})
    void anyNameMakesAnIdThatFits(String name) {
        assertThat(created("{\"name\": \"" + name + "\", " + CONFIG + "}")
                        .path("id")
                        .stringValue())
                .matches("ftj-[a-z][a-z-]*[a-z]-[0-9a-f]{8}")
                .hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void ofTwentyAtOnceNoneIsLost() {
        List<CompletableFuture<String>> orders = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> created("{\"name\": \"same\", " + CONFIG + "}")
                        .path("id")
                        .stringValue()))
                .toList();

        Set<String> ids = new HashSet<>();
        orders.forEach(order -> ids.add(order.join()));

        assertThat(ids).hasSize(20);
        assertThat(sandbox.jobIds()).containsAll(ids);
    }

    @Test
    void theSameSeedGivesTheSameIds() {
        try (Sandbox one = Sandbox.builder().seed(1).start();
                Sandbox same = Sandbox.builder().seed(1).start();
                Sandbox other = Sandbox.builder().seed(2).start()) {
            assertThat(firstIdOf(one)).isEqualTo(firstIdOf(same)).isNotEqualTo(firstIdOf(other));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! body missing",
                "null ! body missing",
                "[] ! body model_attributes_type",
                "'\"text\"' ! body model_attributes_type",
                "{ ! body json_invalid",
                "{\"name\": \"n\"} trailing ! body json_invalid",
                "{\"name\": NaN} ! body json_invalid",
                "{\"name\": \"n\"} ! body config missing",
                "{\"name\": \"n\", \"config\": 7} ! body config model_attributes_type",
                "{\"name\": \"n\", \"config\": {}} ! body config datasets missing",
                "{\"name\": \"n\", \"config\": {\"datasets\": []}} ! body config datasets too_short",
                "{\"name\": \"n\", \"config\": {\"datasets\": {}}} ! body config datasets list_type",
                "{\"name\": \"n\", \"config\": {\"datasets\": [true]}} ! body config datasets 0 model_attributes_type",
                "{CONFIG} ! body name missing",
                "{\"name\": \"\", CONFIG} ! body name string_too_short",
                "{\"name\": 5, CONFIG} ! body name string_type",
                "{\"name\": \"\\ud800\", CONFIG} ! body name string_unicode",
                "{\"name\": \"n\", \"id\": \"\", CONFIG} ! body id string_too_short",
                "{\"name\": \"n\", \"id\": [], CONFIG} ! body id string_type"
            })
    void aBodyThatMakesNoSenseIsToldAsFastApiTellsIt(String body, String problem) {
        assertThat(problem(body.replace("CONFIG", CONFIG))).isEqualTo(problem);
    }

    @Test
    void everythingThatIsWrongWithADatasetIsToldAtOnce() {
        HttpResponse<String> answer = caller.call("POST", "/jobs", """
                {"name": "n", "config": {"model": 1, "datasets": [
                  {"name": "d", "split": "train", "file_ids": ["file-1"]},
                  {"split": "test", "file_ids": ["file-1", "", 3]}]}}""");

        JsonNode detail = Caller.json(answer).path("detail");
        assertThat(detail.size()).isEqualTo(5);
        assertThat(detail.at("/0/loc").toString()).isEqualTo("[\"body\",\"config\",\"model\"]");
        assertThat(detail.at("/1/loc").toString()).isEqualTo("[\"body\",\"config\",\"datasets\",1,\"name\"]");
        assertThat(detail.at("/2/type").stringValue()).isEqualTo("literal_error");
        assertThat(detail.at("/4/loc").toString()).isEqualTo("[\"body\",\"config\",\"datasets\",1,\"file_ids\",2]");
        assertThat(sandbox.jobIds()).noneMatch(id -> id.startsWith("ftj-n-"));
    }

    @ParameterizedTest
    @CsvSource({"\"model\": \"GPT\", , train, invalid_parameter", ", , eval, missing_parameter"})
    void whatNoFormTellsIsABadRequest(String model, String nothing, String split, String code) {
        String members = model == null ? "" : model + ", ";
        HttpResponse<String> answer = caller.call(
                "POST",
                "/jobs",
                "{\"name\": \"n\", \"config\": {" + members + "\"datasets\": [{\"name\": \"d\", \"split\": \"" + split
                        + "\", \"file_ids\": [\"file-1\"]}]}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Caller.json(answer).at("/errors/0/code").stringValue()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("GPT");
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsTooLarge() {
        assertThat(caller.call("POST", "/jobs", " ".repeat((1 << 20) + 1)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyOfBottomlessDepthIsNoJson() {
        assertThat(problem("[".repeat(100_000))).isEqualTo("body json_invalid");
    }

    private JsonNode created(String order) {
        HttpResponse<String> answer = caller.call("POST", "/jobs", order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer);
    }

    /** The one thing that is wrong: where, and of what type. */
    private String problem(String order) {
        HttpResponse<String> answer = caller.call("POST", "/jobs", order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        JsonNode detail = Caller.json(answer).path("detail");
        assertThat(detail.size()).as(answer.body()).isEqualTo(1);
        StringBuilder problem = new StringBuilder();
        detail.at("/0/loc").forEach(part -> problem.append(part.asString()).append(' '));
        return problem + detail.at("/0/type").stringValue();
    }

    private static String firstIdOf(Sandbox sandbox) {
        return Caller.json(new Caller(sandbox).call("POST", "/jobs", "{\"name\": \"n\", " + CONFIG + "}"))
                .path("id")
                .stringValue();
    }
}
