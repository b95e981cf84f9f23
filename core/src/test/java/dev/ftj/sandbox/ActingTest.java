package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ActingTest {
    private static final Instant START = Instant.parse("2026-05-04T09:00:00.250Z");
    private static final String LIVING = "ftj-live-completes";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Sandbox sandbox = Sandbox.builder().clock(now::get).start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aJobThatIsStoppedWindsDownAndIsStoppedTwoSecondsOfLifeLater(int second) {
        now.set(START.plusSeconds(second));

        JsonNode stopping = Caller.json(put(LIVING, "stop"));

        assertThat(stopping.path("status").stringValue()).isEqualTo("STOPPING");
        assertThat(Instant.parse(stopping.path("updated_at").stringValue())).isEqualTo(now.get());
        assertThat(caller.job(LIVING)).isEqualTo(stopping);
        now.set(START.plusSeconds(second).plusMillis(1999));
        assertThat(status(LIVING)).isEqualTo("STOPPING");
        now.set(START.plusSeconds(second).plusMillis(2000));
        assertThat(status(LIVING)).isEqualTo("STOPPED");
        now.set(START.plusSeconds(900));
        assertThat(status(LIVING)).isEqualTo("STOPPED");
        assertThat(caller.job(LIVING).path("inference_config_path").isNull()).isTrue();
    }

    @Test
    void aFasterLifeWindsDownFaster() {
        try (Sandbox fast = Sandbox.builder().clock(now::get).speed(20).start()) {
            Caller other = new Caller(fast);
            other.call("PUT", "/jobs/" + LIVING + "/stop");
            now.set(START.plusMillis(100));
            assertThat(other.job(LIVING).path("status").stringValue()).isEqualTo("STOPPED");
        }
    }

    @Test
    void stoppingOnceMoreChangesNothing() {
        HttpResponse<String> first = put(LIVING, "stop");
        now.set(START.plusSeconds(1));

        HttpResponse<String> second = put(LIVING, "stop");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void aJobThatIsCancelledIsSoAtOnceAndForGood(int second) {
        now.set(START.plusSeconds(second));

        assertThat(Caller.json(put(LIVING, "cancel")).path("status").stringValue())
                .isEqualTo("CANCELLED");

        now.set(START.plusSeconds(900));
        assertThat(status(LIVING)).isEqualTo("CANCELLED");
    }

    @Test
    void aJobThatWindsDownCanStillBeCancelled() {
        put(LIVING, "stop");

        assertThat(put(LIVING, "cancel").statusCode()).isEqualTo(200);
        now.set(START.plusSeconds(2));
        assertThat(status(LIVING)).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({
        "ftj-forklift-near-miss-0b94ae17, STOPPING",
        "ftj_hvac_anomalies_c6d81f30, STOPPING",
        "ftj-press-line-cycles-7a2f49be, STOPPING",
        "ftj-turbine-acoustics-51e0c7d2, STOPPING",
        "ftj-unusual-status-a4f0c92e, STOPPING",
        "ftj-unusual-name-c05e71f4, STOPPING"
    })
    void aJobThatStoodStillCanBeStopped(String id, String status) {
        assertThat(Caller.json(put(id, "stop")).path("status").stringValue()).isEqualTo(status);
        now.set(START.plusSeconds(2));
        assertThat(status(id)).isEqualTo("STOPPED");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, ftj-my-finetune-run-3de60a5c, COMPLETED",
        "stop, ftj-bearing-wear-92c4e8d5, STOPPED",
        "stop, lab 7/夜勤, CANCELLED",
        "stop, ftj-kiln-temperature-58be27c9, FAILED",
        "stop, ftj-crane-load-sway-d8e35c61, FINALIZING",
        "cancel, ftj-my-finetune-run-3de60a5c, COMPLETED",
        "cancel, ftj-bearing-wear-92c4e8d5, STOPPED",
        "cancel, lab 7/夜勤, CANCELLED",
        "cancel, ftj-kiln-temperature-58be27c9, FAILED"
    })
    void whatComesTooLateIsAConflictThatNamesTheStatus(String act, String id, String status) {
        String before = caller.get(id).body();

        HttpResponse<String> answer = put(id, act);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Caller.json(answer).at("/errors/0/code").stringValue()).isEqualTo("conflict");
        assertThat(Caller.json(answer).at("/errors/0/message").stringValue()).contains(status);
        assertThat(caller.get(id).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "cancel"})
    void noJobIsNotFound(String act) {
        assertThat(put("ftj-nobody", act).statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedJobIsGoneWhateverStateItWasIn() {
        now.set(START.plusSeconds(5));
        String record = caller.get(LIVING).body();

        HttpResponse<String> answer = delete(LIVING);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(record).contains("RUNNING");
        assertThat(caller.get(LIVING).statusCode()).isEqualTo(404);
        assertThat(delete(LIVING).statusCode()).isEqualTo(404);
        assertThat(caller.call("GET", "/jobs/" + LIVING + "/metrics").statusCode())
                .isEqualTo(404);
        assertThat(sandbox.jobIds()).doesNotContain(LIVING).hasSizeGreaterThan(20);
    }

    @Test
    void ofManyWhoCancelAtOnceOneSucceeds() {
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> put(LIVING, "cancel").statusCode()))
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join))
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
    }

    @Test
    void theNodeIsBusyFromTheFirstStartToTheLastEnd() {
        assertThat(node()).isEqualTo("READY");
        now.set(START.plusSeconds(1));
        assertThat(node()).isEqualTo("BUSY");
        now.set(START.plusMillis(11_999));
        assertThat(node()).isEqualTo("BUSY");
        now.set(START.plusSeconds(12));
        assertThat(node()).isEqualTo("READY");
        put("ftj-press-line-cycles-7a2f49be", "stop");
        assertThat(node()).isEqualTo("BUSY");
        now.set(START.plusSeconds(14));
        assertThat(node()).isEqualTo("READY");
    }

    private String node() {
        HttpResponse<String> answer = caller.call("GET", "/status");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Caller.json(answer).path("status").stringValue();
    }

    private String status(String id) {
        return caller.job(id).path("status").stringValue();
    }

    private HttpResponse<String> put(String id, String act) {
        return caller.send("PUT", caller.jobPath(id) + "/" + act, "Bearer " + sandbox.apiKey());
    }

    private HttpResponse<String> delete(String id) {
        return caller.send("DELETE", caller.jobPath(id), "Bearer " + sandbox.apiKey());
    }
}
