package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneClientBuilder;
import dev.ftj.FineTuneException;
import dev.ftj.sandbox.Sandbox;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe of {@link dev.ftj.Attempt}'s page: it compiles, it runs, and it stands there as here. */
class MicrometerTest {
    private static FineTuneClientBuilder recipe(MeterRegistry registry) {
        return FineTuneClient.builder()
                .onAttempt(attempt -> Timer.builder("ftj.attempts")
                        .tag("route", attempt.route())
                        .tag(
                                "status",
                                attempt.status() == null
                                        ? "none"
                                        : attempt.status().toString())
                        .register(registry)
                        .record(attempt.took()));
    }

    @Test
    void manyJobsAreOneSeriesARouteAndStatus() {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (Sandbox sandbox = Sandbox.start();
                FineTuneClient client = recipe(registry)
                        .endpoint(Endpoint.of(sandbox.endpoint()))
                        .apiKey(ApiKey.of(sandbox.apiKey()))
                        .build()) {
            String id = client.list().toList().get(0).id();
            client.job(id);
            client.metrics(id);
            for (String missing : List.of("ftj-none-1", "ftj-none-2")) {
                assertThatThrownBy(() -> client.job(missing)).isInstanceOf(FineTuneException.class);
            }
        }
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(meter -> meter.getTag("route") + " " + meter.getTag("status"))
                .containsExactlyInAnyOrder(
                        "GET /fine-tune/jobs 200",
                        "GET /fine-tune/jobs/{job_id} 200",
                        "GET /fine-tune/jobs/{job_id} 404",
                        "GET /fine-tune/jobs/{job_id}/metrics 200");
    }

    @Test
    void everyLineOfThePagesRecipeStandsHere() throws Exception {
        String here = squeezed(Files.readString(Path.of("src/test/java/dev/ftj/scripts/MicrometerTest.java")));
        List<String> page = Files.readAllLines(Path.of("../core/src/main/java/dev/ftj/Attempt.java"));
        List<String> recipe = page.subList(page.indexOf(" * <pre>{@code") + 2, page.indexOf(" * }</pre>") - 1);
        assertThat(recipe).hasSize(5).allSatisfy(line -> assertThat(here).contains(squeezed(line.substring(2))));
    }

    /** The formatter may break a line here that is whole on the page. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }
}
