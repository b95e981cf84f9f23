package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SandboxActionsTest {
    private static final String LIVE = "ftj-live-completes";

    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aStoppedJobIsStoppingForTwoSeconds(int second) {
        client.setSeconds(second);

        JsonNode stopping = SandboxClient.json(client.act(LIVE, "stop"));

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

    @Test
    void atAHigherSpeedAJobStopsSooner() {
        try (Sandbox fast = Sandbox.builder().clock(client::now).speed(20).start()) {
            SandboxClient other = new SandboxClient(fast);
            other.act(LIVE, "stop");
            client.setMillis(100);
            assertThat(other.status(LIVE)).isEqualTo("STOPPED");
        }
    }

    @Test
    void stoppingAgainChangesNothing() {
        HttpResponse<String> first = client.act(LIVE, "stop");
        client.setSeconds(1);

        HttpResponse<String> second = client.act(LIVE, "stop");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void aCancelledJobStaysCancelled(int second) {
        client.setSeconds(second);

        assertThat(SandboxClient.text(client.act(LIVE, "cancel"), "/status")).isEqualTo("CANCELLED");

        client.setSeconds(900);
        assertThat(client.status(LIVE)).isEqualTo("CANCELLED");
    }

    @Test
    void aStoppingJobCanBeCancelled() {
        client.act(LIVE, "stop");

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
        assertThat(SandboxClient.text(client.act(id, "stop"), "/status")).isEqualTo("STOPPING");
        client.setSeconds(2);
        assertThat(client.status(id)).isEqualTo("STOPPED");
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
    void anActionThatComesTooLateIsAConflictThatNamesTheStatus(String action, String id, String status) {
        String before = client.get(id).body();

        HttpResponse<String> response = client.act(id, action);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(SandboxClient.text(response, "/errors/0/code")).isEqualTo("conflict");
        assertThat(SandboxClient.text(response, "/errors/0/message"))
                .contains("is " + status + " and cannot be " + action);
        assertThat(client.get(id).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "cancel"})
    void anUnknownJobIsNotFound(String action) {
        assertThat(client.act("ftj-nobody", action).statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedJobIsGoneInAnyStatus() {
        client.setSeconds(5);
        String record = client.get(LIVE).body();
        String path = SandboxClient.jobPath(LIVE);

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
        return SandboxClient.text(client.call("GET", "/status"), "/status");
    }
}
