package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.testing.QuickServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of the package's page: they compile, they run, and they stand there as here. */
class PackageTourTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    @Nullable
    JobStatus errors(FineTuneClient client, String id) {
        try {
            return client.job(id).status();
        } catch (FineTuneException e) {
            if (e.kind() == FineTuneException.Kind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    void begin() {
        try (FineTuneClient client = FineTuneClient.create()) {
            FineTuneJob job = client.job("ftj-my-finetune-run-3de60a5c");
            System.out.println(job.status());
            System.out.println(job.card());
        }
    }

    void many(FineTuneClient client, Iterable<String> ids) {
        try (Stream<JobResult> results = client.jobs(ids)) {
            results.forEach(result -> System.out.println(result));
        }
    }

    @SuppressWarnings("NullAway") // as a reader writes it, whose compiler does not ask
    void waiting(FineTuneClient client, String id) {
        FineTuneJob end = client.await(id, Duration.ofHours(2));
        if (end.status().equals(JobStatus.COMPLETED)) {
            System.out.println(end.inferenceConfigPath());
        }
        List<JobResult> ends = client.watch(List.of("ftj-1", "ftj-2"))
                .until(JobStatus.RUNNING)
                .onUpdate(update -> System.out.println(update))
                .run();
        assertThat(ends).hasSize(2);
    }

    @SuppressWarnings("NullAway") // as a reader writes it, whose compiler does not ask
    void files(FineTuneClient client) {
        FileRecord file = client.upload(Path.of("train.jsonl"));
        client.awaitIngested(file.id(), Duration.ofMinutes(10));
    }

    void others(FineTuneClient client, String id) {
        try (Stream<JobResult> jobs = client.list(List.of(JobStatus.FAILED), 20, 0)) {
            jobs.forEach(result -> System.out.println(result));
        }
        System.out.println(client.metrics(id).series("eval_loss").best());
    }

    @Nullable
    String changes(FineTuneClient client) {
        NewJob job = NewJob.builder().name("my-run").train("file-abc123").build();
        try {
            return client.create(job).id();
        } catch (FineTuneException e) {
            if (e.uncertain()) {
                System.err.println("check client.list() before you retry");
            }
            throw e;
        }
    }

    FineTuneClient key() {
        FineTuneClient client = FineTuneClient.builder()
                .apiKey(ApiKey.fromFile(Path.of("key.txt")))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client;
    }

    @Test
    void theExamplesDoWhatTheySay() {
        server.enqueue(Wire.answer(404, ""));
        server.enqueue(Wire.ok());
        try (FineTuneClient client = Wire.client(server).build()) {
            assertThat(errors(client, "ftj-1")).isNull();
            many(client, List.of("ftj-1"));
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theExamplesOfAWholeLifeDoWhatTheySay() {
        try (Sandbox sandbox = Sandbox.start();
                FineTuneClient client = FineTuneClient.builder()
                        .environment(Map.of())
                        .endpoint(Endpoint.of(sandbox.endpoint()))
                        .apiKey(ApiKey.of(sandbox.apiKey()))
                        .build()) {
            waiting(client, Sandbox.SAMPLE_JOB_ID);
            others(client, Sandbox.SAMPLE_JOB_ID);
            assertThat(changes(client)).startsWith("ftj-my-run-");
        }
    }

    @Test
    void everyLineOfThePagesExamplesStandsHere() throws Exception {
        String here = Files.readString(Path.of("src/test/java/dev/ftj/PackageTourTest.java"));
        String page = Files.readString(Path.of("src/main/java/dev/ftj/package-info.java"));
        List<String> lines = page.lines()
                .dropWhile(line -> !line.contains("<pre>"))
                .map(line -> line.replaceFirst("^ \\* ?", "").strip())
                .toList();
        boolean example = false;
        for (String line : lines) {
            if (line.startsWith("<pre>") || line.equals("}</pre>")) {
                example = line.startsWith("<pre>");
            } else if (example) {
                assertThat(here).contains(line);
            }
        }
    }
}
