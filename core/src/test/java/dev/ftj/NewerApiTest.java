package dev.ftj;

import static dev.ftj.Wire.CANARY;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob.Checkpoint;
import dev.ftj.FineTuneJob.Event;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.testing.QuickServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client at an endpoint that ends in {@code /v0.6}. */
class NewerApiTest {
    private static final String RECORD =
            "{\"id\": \"ftj_1\", \"name\": \"n\", \"status\": \"SUCCEEDED\", \"model\": \"omega\","
                    + " \"fine_tuned_model\": \"omega:n:1\"}";

    @StartStop
    private final MockWebServer server = QuickServer.create();

    @AutoClose
    private FineTuneClient client = FineTuneClient.builder()
            .apiKey(ApiKey.of(CANARY))
            .environment(Map.of())
            .build();

    private FineTuneClient client() {
        client.close();
        client = FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(CANARY))
                .endpoint(Endpoint.of("http://127.0.0.1:" + server.getPort() + "/v0.6"))
                .timing(new FakeTiming(), () -> 1.0)
                .build();
        return client;
    }

    private List<Event> events(String body) {
        server.enqueue(answer(200, body));
        try (Stream<Event> events = client().events("ftj_1")) {
            return events.toList();
        }
    }

    private String target() throws InterruptedException {
        return server.takeRequest().getTarget();
    }

    @Test
    void aJobIsItsWholeRecord() throws Exception {
        server.enqueue(answer(200, RECORD));
        FineTuneJob job = client().job("ftj_1");
        assertThat(job.json()).isEqualTo(RECORD);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.fineTunedModel()).isEqualTo("omega:n:1");
        assertThat(job.card()).contains("SUCCEEDED").containsPattern("fine_tuned_model +omega:n:1");
        assertThat(job.card()).contains("omega").doesNotContain("inference config");
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs/ftj_1");
    }

    @Test
    void aModelThatIsNotThereYetIsSaid() {
        String running = RECORD.replace("SUCCEEDED", "RUNNING").replace("\"omega:n:1\"", "null");
        assertThat(FineTuneJob.fromJson(running).card()).containsPattern("fine_tuned_model +not yet");
        assertThat(FineTuneJob.fromJson(running.replace("RUNNING", "FAILED")).card())
                .containsPattern("fine_tuned_model +none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": \"ftj_1\", \"status\": \"SUCCEEDED\"}                             | true",
                "{\"id\": \"ftjob-1\", \"status\": \"succeeded\"}                           | true",
                "{\"id\": \"a\", \"object\": \"fine_tuning.job\"}                           | true",
                "{\"id\": \"ftj_1\", \"config\": {\"model\": \"Newton::c2\"}}               | false",
                "{\"id\": \"ftj_1\", \"inference_config_path\": \"s3://x\"}                 | false",
                "{\"id\": \"ftj-1\", \"status\": \"COMPLETED\"}                             | false"
            })
    void aRecordWithoutItsModelIsKnownByItsObjectOrItsId(String record, boolean newer) {
        FineTuneJob job = FineTuneJob.fromJson(record);
        assertThat(job.isOfNewerApi()).isEqualTo(newer);
        assertThat(job.card().contains("fine_tuned_model")).isEqualTo(newer);
        assertThat(job.card().contains("inference config")).isNotEqualTo(newer);
    }

    @Test
    void aListIsTheDataOfItsPages() throws Exception {
        server.enqueue(answer(200, "{\"data\": [" + RECORD + "], \"has_more\": true}"));
        server.enqueue(answer(200, "{\"data\": [" + RECORD.replace("ftj_1", "ftj_2") + "], \"has_more\": false}"));
        try (Stream<JobResult> jobs = client().list()) {
            assertThat(jobs).extracting(JobResult::id).containsExactly("ftj_1", "ftj_2");
        }
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs?limit=100");
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs?limit=100&after=ftj_1");
    }

    @Test
    void statusesOffsetAndLimitAreAppliedHere() throws Exception {
        String jobs = IntStream.range(0, 6)
                .mapToObj(i ->
                        "{\"id\": \"ftj_" + i + "\", \"status\": \"" + (i % 2 == 0 ? "SUCCEEDED" : "RUNNING") + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        server.enqueue(answer(200, "{\"data\": " + jobs + "}"));
        try (Stream<JobResult> found = client().list(List.of(JobStatus.COMPLETED), 1, 1)) {
            assertThat(found).extracting(JobResult::id).containsExactly("ftj_2");
        }
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs?limit=100");
        server.enqueue(answer(200, "{\"data\": " + jobs + "}"));
        try (Stream<JobResult> found = client().list(List.of(), 2, 0)) {
            assertThat(found).hasSize(2);
        }
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs?limit=2");
    }

    @Test
    void aWatchEndsWithSucceeded() {
        server.enqueue(answer(200, RECORD.replace("SUCCEEDED", "RUNNING")));
        server.enqueue(answer(200, RECORD));
        assertThat(client().await("ftj_1").fineTunedModel()).isEqualTo("omega:n:1");
    }

    @Test
    void eventsComeNewestFirstAndCanBeTurnedRound() throws Exception {
        List<Event> events = events(
                "{\"data\": ["
                        + "{\"id\": \"e2\", \"level\": \"warn\", \"event_type\": \"t\", \"message\": \"second\","
                        + " \"created_at\": \"2026-07-17T09:12:45Z\"},"
                        + "{\"id\": \"e1\", \"type\": \"u\", \"event_type\": \"v\", \"message\": \"first\", \"created_at\": 1784279564}]}");
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs/ftj_1/events?limit=100");
        assertThat(events).extracting(Event::id).containsExactly("e2", "e1");
        assertThat(events).extracting(Event::type).containsExactly("t", "u");
        assertThat(events).extracting(Event::level).containsExactly("warn", null);
        assertThat(events)
                .extracting(Event::createdAt)
                .containsExactly(Instant.parse("2026-07-17T09:12:45Z"), Instant.parse("2026-07-17T09:12:44Z"));
        assertThat(Event.oldestFirst(events)).extracting(Event::message).containsExactly("first", "second");
    }

    @Test
    void eventsOfAServerThatSendsTheOldestFirstStayInOrder() {
        List<Event> events = events("{\"data\": [" + event(1, 10) + event(2, 20) + "{\"id\": \"e\"},"
                + event(3, 30).replaceAll(",$", "") + "]}");
        assertThat(Event.oldestFirst(events)).extracting(Event::id).containsExactly("1", "2", "e", "3");
    }

    @Test
    void eventsOfTheSameMomentAreTheReverseOfWhatWasSent() {
        List<Event> events =
                events("[" + event(3, 5) + event(2, 5) + event(1, 5).replaceAll(",$", "") + "]");
        assertThat(Event.oldestFirst(events)).extracting(Event::id).containsExactly("1", "2", "3");
    }

    private static String event(int id, int second) {
        return "{\"id\": \"" + id + "\", \"created_at\": \"2026-07-17T09:12:" + second / 10 + second % 10 + "Z\"},";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "5",
                "\"text\"",
                "[]",
                "{\"id\": 5, \"level\": {}, \"type\": [], \"message\": null, \"created_at\": \"yesterday\"}",
                "{\"created_at\": 1e400}",
                "{\"created_at\": NaN}",
                "{\"created_at\": -1}"
            })
    void anEventMayHoldAnything(String json) {
        Event event = events("{\"data\": [" + json + "]}").get(0);
        assertThat(event.json()).isEqualTo(json);
        assertThat(event.id()).isNull();
        assertThat(event.level()).isNull();
        assertThat(event.type()).isNull();
        assertThat(event.message()).isNull();
        assertThat(event.createdAt()).isNull();
        assertThat(event).hasToString(json.replace(" ", ""));
        assertThat(Event.oldestFirst(List.of(event, event))).hasSize(2);
    }

    @Test
    void anEventOnOneLineIsSafeToPrint() {
        Event event =
                events("{\"data\": [{\"message\": \"a\\u001b[2Jb\\nc\"}]}").get(0);
        assertThat(event.toString()).startsWith("a").doesNotContain("\u001b", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\": {}}", "{\"events\": []}", "5", "<html>", "", "{\"data\": [1,"})
    void whatIsNoListOfEventsIsAFailure(String body) {
        assertThat(catchThrowableOfType(FineTuneException.class, () -> events(body))
                        .kind())
                .isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void manyEventsComeInPages() {
        try (Sandbox sandbox = Sandbox.start();
                FineTuneClient simulated = FineTuneClient.builder()
                        .environment(Map.of())
                        .apiKey(ApiKey.of(sandbox.apiKey()))
                        .endpoint(Endpoint.of(sandbox.endpoint()).withVersion("v0.6"))
                        .build();
                Stream<Event> all = simulated.events("ftj_many_events")) {
            List<Event> events = all.toList();
            assertThat(events).hasSize(253).doesNotHaveDuplicates();
            assertThat(Event.oldestFirst(events).get(0).type()).isEqualTo("job_created");
            try (Stream<Event> newest = simulated.events("ftj_many_events", 3)) {
                assertThat(newest).hasSize(3).first().extracting(Event::type).isEqualTo("job_succeeded");
            }
        }
    }

    @Test
    void aListOfEventsMayBeLong() {
        String body = IntStream.range(0, 10_000)
                .mapToObj(i -> event(i, i % 60))
                .collect(Collectors.joining("", "{\"data\": [", "{}]}"));
        assertThat(events(body)).hasSize(10_001);
    }

    @Test
    void checkpointsAreAsTheServerSendsThem() throws Exception {
        server.enqueue(answer(
                200,
                "{\"data\": [{\"id\": \"ckp_2\", \"step\": 20, \"metrics\": {\"macro_f1\": 0.9, \"note\": \"x\","
                        + " \"auc\": NaN}}, {\"id\": \"ckp_1\", \"step\": \"10\"}, null]}"));
        List<Checkpoint> checkpoints = client().checkpoints("ftj_1").toList();
        assertThat(target()).isEqualTo("/v0.6/fine_tuning/jobs/ftj_1/checkpoints");
        assertThat(checkpoints).extracting(Checkpoint::id).containsExactly("ckp_2", "ckp_1", null);
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(20L, null, null);
        assertThat(checkpoints.get(0).metrics())
                .containsExactly(Map.entry("macro_f1", 0.9), Map.entry("auc", Double.NaN));
        assertThat(checkpoints.get(1).metrics()).isEmpty();
    }

    @Test
    void whatTheNewerApiHasNoCallForIsRefusedBeforeARequest() {
        NewJob job = NewJob.builder().name("n").train("file-1").build();
        for (Consumer<FineTuneClient> call : List.<Consumer<FineTuneClient>>of(
                c -> c.metrics("ftj_1"),
                c -> c.metricNumbers("ftj_1"),
                c -> c.metrics("ftj_1", row -> true),
                c -> c.stop("ftj_1"),
                c -> c.cancel("ftj_1"),
                c -> c.delete("ftj_1"),
                c -> c.create(job),
                c -> c.nodeStatus())) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> call.accept(client()));
            assertThat(e.kind()).isEqualTo(Kind.USAGE);
            assertThat(e).hasMessageContaining("v0.6 of the API has no public call for it");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void eventsAndCheckpointsAreOfTheNewerApiOnly() {
        try (FineTuneClient older = Wire.client(server).build()) {
            for (Consumer<FineTuneClient> call : List.<Consumer<FineTuneClient>>of(
                    c -> c.events("ftj_1").close(), c -> c.checkpoints("ftj_1").close())) {
                FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> call.accept(older));
                assertThat(e.kind()).isEqualTo(Kind.USAGE);
                assertThat(e).hasMessageContaining(server.getPort() + "/v0.6");
            }
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anIdOfTheNewerApiThatTheOlderDoesNotKnowSaysWhereToAsk() {
        server.enqueue(answer(404, "{\"detail\": \"no\"}"));
        server.enqueue(answer(404, "{\"detail\": \"no\"}"));
        server.enqueue(answer(404, "{\"detail\": \"no\"}"));
        try (FineTuneClient older = Wire.client(server).build()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> older.job("ftj_1")))
                    .hasMessageContaining("--endpoint v0.6")
                    .hasMessageContaining("Check the id");
            assertThat(catchThrowableOfType(FineTuneException.class, () -> older.job("ftj-1"))
                            .hint())
                    .doesNotContain("v0.6");
        }
        assertThat(catchThrowableOfType(FineTuneException.class, () -> client().job("ftj_1"))
                        .hint())
                .doesNotContain("v0.6");
    }

    @Test
    void metricsMayBeTheDataOfAnObject() {
        server.enqueue(answer(200, "{\"data\": [{\"step\": 1, \"loss\": 2}], \"last_checkpoint_step\": 1}"));
        try (FineTuneClient older = Wire.client(server).build()) {
            JobMetrics metrics = older.metrics("ftj-1");
            assertThat(metrics.size()).isEqualTo(1);
            assertThat(metrics.lastCheckpointStep()).isEqualTo(1);
        }
        assertThat(JobMetrics.fromJson("{\"data\": [{\"loss\": 2}]}").size()).isEqualTo(1);
        assertThat(JobMetrics.fromJson("{\"data\": null}").size()).isZero();
        assertThat(JobMetrics.fromJson("{\"metrics\": [{\"loss\": 2}], \"data\": [1, 2]}")
                        .size())
                .isEqualTo(1);
    }
}
