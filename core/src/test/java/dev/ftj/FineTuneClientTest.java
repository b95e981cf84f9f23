package dev.ftj;

import static dev.ftj.Wire.CANARY;
import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.ok;
import static dev.ftj.Wire.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuneClientTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    @ParameterizedTest
    @EnumSource(Face.class)
    void everyWayToAskSendsTheSameRequestAndReadsTheSameRecord(Face face) throws Exception {
        server.enqueue(ok());
        try (FineTuneClient client = client(server).build()) {
            assertThat(face.ask(client, ID).json()).isEqualTo(Wire.RECORD);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET /v0.5/fine-tune/jobs/ftj-1 HTTP/1.1");
        assertThat(request.getBodySize()).isZero();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void everyWayToAskFailsAlike(Face face) {
        server.enqueue(
                answer(404, "{\"errors\": [{\"code\": \"no_job\", \"message\": \"gone\", \"error_uid\": \"err-1\"}]}"));
        try (FineTuneClient client = client(server).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> face.ask(client, ID));
            assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(e.jobId()).isEqualTo(ID);
            assertThat(e.httpStatus()).isEqualTo(404);
            assertThat(e.attempts()).isEqualTo(1);
            assertThat(e).hasMessageStartingWith("ftj-1: not found (404): gone (no_job, err-1). ");
        }
    }

    @Test
    void theHeadersAreTheKeyOnceTheFormatAndTheProgram() throws Exception {
        server.enqueue(ok());
        try (FineTuneClient client =
                client(server).userAgentSuffix(" my-program/1.2 ").build()) {
            client.job(ID);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer " + CANARY);
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/json");
        assertThat(request.getHeaders().values("User-Agent"))
                .singleElement()
                .asString()
                .matches("ftj/\\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\) my-program/1\\.2");
        assertThat(request.getHeaders().get("Accept-Encoding")).contains("gzip");
        assertThat(request.toString() + request.getTarget()).doesNotContain(CANARY);
        request.getHeaders().forEach(header -> {
            if (!header.getFirst().equals("Authorization")) {
                assertThat(header.getSecond()).doesNotContain(CANARY);
            }
        });
    }

    @Test
    void aUserAgentThatIsNoHeaderIsRefusedWhenTheClientIsBuilt() {
        assertThatThrownBy(() -> client(server).userAgentSuffix("a\r\nX: y").build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a/b, a%2Fb",
                "50%, 50%25",
                "a?b=c, a%3Fb%3Dc",
                "a#b, a%23b",
                "a;b, a%3Bb",
                "a b, a%20b",
                "a+b, a%2Bb",
                "é, %C3%A9",
                "日本, %E6%97%A5%E6%9C%AC",
                "😀, %F0%9F%98%80",
                "a..b, a..b",
                "..., ...",
                "../x, ..%2Fx",
                "%2F, %252F",
                "%2e%2e, %252e%252e",
                "$(x), %24%28x%29",
                "\\, %5C",
                "\", %22",
                "', %27",
                "a&b=c:@, a%26b%3Dc%3A%40",
                "A-Z_a.z~09, A-Z_a.z~09",
            })
    void anIdIsOneSegmentOfThePathWhateverItHolds(String id, String segment) throws Exception {
        server.enqueue(answer(200, record(id)));
        try (FineTuneClient client = client(server).build()) {
            assertThat(client.job(id).id()).isEqualTo(id);
        }
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v0.5/fine-tune/jobs/" + segment);
    }

    @Test
    void anIdOf64EmojiIsSent() throws Exception {
        String id = "😀".repeat(64);
        server.enqueue(answer(200, record(id)));
        try (FineTuneClient client = client(server).build()) {
            client.job(id);
        }
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v0.5/fine-tune/jobs/" + "%F0%9F%98%80".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\nb", "\u0000", "\ud83d"})
    void whatCannotBeAnIdIsRefusedBeforeAnyRequest(String id) {
        try (FineTuneClient client = client(server).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(id));
            assertThat(e.kind()).isEqualTo(Kind.USAGE);
            assertThat(e.jobId()).isEqualTo(id);
            assertThat(e.attempts()).isZero();
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aPathPrefixIsKept() throws Exception {
        server.enqueue(ok());
        Endpoint gateway = Endpoint.of("http://127.0.0.1:" + server.getPort() + "/gate/way/");
        try (FineTuneClient client = client(server).endpoint(gateway).build()) {
            client.job(ID);
        }
        assertThat(server.takeRequest().getTarget()).isEqualTo("/gate/way/v0.5/fine-tune/jobs/ftj-1");
    }

    @Test
    void aCompressedAnswerIsRead() throws Exception {
        Buffer compressed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(compressed))) {
            sink.writeUtf8(Wire.RECORD);
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(compressed)
                .build());
        try (FineTuneClient client = client(server).build()) {
            assertThat(client.job(ID).json()).isEqualTo(Wire.RECORD);
        }
    }

    @Test
    void theRecordOfAnotherJobIsNoAnswer() {
        server.enqueue(answer(200, record("ftj-2")));
        try (FineTuneClient client = client(server).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(e.httpStatus()).isEqualTo(200);
            assertThat(e).hasMessageContaining("ftj-1: the answer is the record of another job, ftj-2");
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aJobMayBeAskedForByItsUuid() {
        server.enqueue(answer(200, "{\"id\": \"ftj-2\", \"uuid\": \"job_0n5e\"}"));
        try (FineTuneClient client = client(server).build()) {
            assertThat(client.job("job_0n5e").id()).isEqualTo("ftj-2");
        }
    }

    @Test
    void moreCallsThanThreadsThatEachMakeAnotherDoNotWaitForEachOther() throws Exception {
        Wire.always(server, ok());
        try (FineTuneClient client = client(server).build()) {
            List<CompletableFuture<FineTuneJob>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(client.async().job(JobId.of(ID)).thenApply(job -> client.job(ID)));
            }
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        }
        assertThat(server.getRequestCount()).isEqualTo(200);
    }

    @Test
    void aClosedClientSaysSo() {
        FineTuneClient client = client(server).build();
        client.close();
        client.close();
        assertThatThrownBy(() -> client.job(ID))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        AsyncFineTuneClient async = client.async();
        assertThatThrownBy(() -> async.job(JobId.of(ID))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> async.await(JobId.of(ID))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> async.upload(Path.of("x.csv"), new UploadOptions()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theListenerHearsOfEveryAttempt() {
        server.enqueue(answer(503, "Retry-After", "1"));
        server.enqueue(answer(200, Wire.RECORD));
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        FakeTiming timing = new FakeTiming();
        try (FineTuneClient client =
                client(server, timing).onAttempt(attempts::add).build()) {
            client.job(ID);
        }
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(attempts).extracting(Attempt::status).containsExactly(503, 200);
        assertThat(attempts).extracting(Attempt::nextIn).containsExactly(Duration.ofSeconds(1), null);
        assertThat(attempts.get(0).path()).isEqualTo("/v0.5/fine-tune/jobs/ftj-1");
        assertThat(attempts.get(0).responseHeaders()).containsEntry("retry-after", List.of("1"));
        assertThat(attempts.get(0).requestHeaders()).containsKey("user-agent").doesNotContainKey("authorization");
        assertThat(attempts.get(0)).hasToString("GET /v0.5/fine-tune/jobs/ftj-1: 503 in 0 ms, again in 1000 ms");
    }

    @Test
    void aListenerThatThrowsFailsTheCallWithWhatItThrew() {
        server.enqueue(ok());
        try (FineTuneClient client = client(server)
                .onAttempt(attempt -> {
                    throw new IllegalArgumentException("mine");
                })
                .build()) {
            assertThatThrownBy(() -> client.job(ID))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mine");
        }
    }

    @Test
    void whatIsNotSetComesFromTheEnvironment() throws Exception {
        server.enqueue(ok());
        Map<String, String> environment = Map.of(
                "ATAI_API_KEY", CANARY + "\n", "ATAI_API_ENDPOINT", "http://127.0.0.1:" + server.getPort() + "/v0.5/");
        try (FineTuneClient client =
                FineTuneClient.builder().environment(environment).build()) {
            client.job(ID);
            assertThat(client.endpoint().host()).isEqualTo("127.0.0.1:" + server.getPort());
        }
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer " + CANARY);
    }

    @Test
    void aMissingKeySaysWhatToSet() {
        FineTuneException e = catchThrowableOfType(
                FineTuneException.class,
                () -> FineTuneClient.builder().environment(Map.of()).build());
        assertThat(e.kind()).isEqualTo(Kind.AUTH);
        assertThat(e).hasMessageContaining("ATAI_API_KEY");
    }

    @Test
    void timeoutsOfAnyLengthAreTakenAndNoneOfZero() {
        server.enqueue(ok());
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        try (FineTuneClient client = client(server)
                .timeout(forever)
                .connectTimeout(forever)
                .silenceTimeout(forever)
                .build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
        assertThatThrownBy(() -> client(server).timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client(server).silenceTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client(server).attempts(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
