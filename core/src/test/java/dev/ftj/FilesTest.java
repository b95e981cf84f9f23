package dev.ftj;

import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on the server: their records, their list, the wait for their ingestion, and uploads to the sandbox. */
class FilesTest {
    @TempDir
    Path dir;

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();

    private FineTuneClient client() {
        return Wire.client(server, timing).build();
    }

    private static FileRecord read(String json) {
        return FileRecord.read(json);
    }

    @Test
    void aRecordHasTheApisFields() {
        FileRecord file = read("{\"file_id\": \"a.csv\", \"file_uid\": \"fil_1\", \"file_type\": \"text/csv\","
                + " \"num_bytes\": 1500, \"file_status\": \"FILE_STATUS_INGESTED\", \"more\": 1}");
        assertThat(file.id()).isEqualTo("a.csv");
        assertThat(file.uid()).isEqualTo("fil_1");
        assertThat(file.type()).isEqualTo("text/csv");
        assertThat(file.bytes()).isEqualTo(1500);
        assertThat(file.status()).isEqualTo("INGESTED");
        assertThat(file.json()).contains("\"more\": 1");
        assertThat(file).hasToString("a.csv INGESTED 1.50 kB").isEqualTo(read(file.json()));
    }

    @ParameterizedTest
    @CsvSource({
        "FILE_STATUS_INGESTED, true, false",
        "Ingested, true, false",
        "FILE_STATUS_IN_MEMORY, true, false",
        "FILE_STATUS_CORRUPT, false, true",
        "Corrupt, false, true",
        "FILE_STATUS_INGESTING, false, false",
        "Registered, false, false",
        "NEW_ONE, false, false"
    })
    void aStatusCountsInEitherSpelling(String status, boolean ingested, boolean corrupt) {
        FileRecord file = read("{\"file_uid\": \"u\", \"file_status\": \"" + status + "\"}");
        assertThat(file.isIngested()).isEqualTo(ingested);
        assertThat(file.isCorrupt()).isEqualTo(corrupt);
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNull() {
        FileRecord file =
                read("{\"file_name\": \"n\", \"num_bytes\": \"many\", \"file_status\": 3, \"is_valid\": null}");
        assertThat(file.id()).isEqualTo("n");
        assertThat(file.bytes()).isNull();
        assertThat(file.status()).isNull();
        assertThat(file.isCorrupt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1500, 1500",
                "1.5E+3, 1500",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808, -",
                "1e30, -",
                "1e999999999, -",
                "1e-999999999, -",
                "1e99999999999, -",
                "1.5, -",
                "NaN, -",
                "Infinity, -",
                "true, -"
            })
    void aSizeIsAWholeNumberOfALongOrUnknown(String number, @Nullable Long bytes) {
        assertThat(read("{\"file_id\": \"a\", \"num_bytes\": " + number + "}").bytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "3", "<html>", "[{\"file_id\": \"a\"}, {\"file_id\": \"b\"}]"})
    void anAnswerThatIsNoRecordIsUnreadable(String answer) {
        assertThat(catchThrowableOfType(FineTuneException.class, () -> read(answer))
                        .kind())
                .isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void aFileIsAskedForByOneEncodedSegment() throws InterruptedException {
        server.enqueue(answer(200, "[{\"file_id\": \"a/b c\"}]"));
        try (FineTuneClient client = client()) {
            assertThat(client.file("a/b c").id()).isEqualTo("a/b c");
            assertThat(server.takeRequest().getTarget()).isEqualTo("/v0.5/files/metadata/a%2Fb%20c");
            for (String bad : List.of("", ".", "..", "a\nb", "x".repeat(1025), Wire.CANARY)) {
                assertThat(catchThrowableOfType(FineTuneException.class, () -> client.file(bad))
                                .kind())
                        .isEqualTo(Kind.USAGE);
            }
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"file_id\": \"aaa\", \"file_uid\": \"u\"}",
                "{\"file_id\": \"f-1\", \"file_uid\": \"aaa\"}",
                "{\"file_uid\": \"u\", \"name\": \"aaa\"}",
                "[{\"file_name\": \"aaa\"}]",
                "{\"file_uid\": \"not asked for\"}"
            })
    void aFileIsKnownByItsIdItsUidOrItsName(String body) {
        server.enqueue(answer(200, body));
        try (FineTuneClient client = client()) {
            assertThat(client.file("aaa")).isEqualTo(read(body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"file_id\": \"zzz\"}", "[{\"file_name\": \"zzz\"}]"})
    void theRecordOfAnotherFileIsUnreadable(String body) {
        server.enqueue(answer(200, body));
        try (FineTuneClient client = client()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.file("aaa"));
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(e).hasMessageContaining("file aaa: the answer is the record of another file, zzz.");
        }
    }

    private void shards(int total, boolean ignored) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int shard = ignored ? 0 : Integer.parseInt(request.getUrl().queryParameter("shard_index"));
                return answer(
                        200,
                        IntStream.range(shard * 1000, ignored ? total : Math.min(total, shard * 1000 + 1000))
                                .mapToObj(i -> "{\"file_id\": \"f" + i + "\"}")
                                .collect(Collectors.joining(",", "[", "]")));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "999, 1", "1000, 2", "2500, 3"})
    void allShardsAreListed(int total, int requests) {
        shards(total, false);
        try (FineTuneClient client = client();
                Stream<FileRecord> files = client.files()) {
            assertThat(files.map(FileRecord::id))
                    .containsExactlyElementsOf(
                            IntStream.range(0, total).mapToObj(i -> "f" + i).toList());
        }
        assertThat(server.getRequestCount()).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1", "1000, 2", "7, 1"})
    void aServerThatKnowsNoShardsIsListedOnce(int total, int requests) {
        shards(total, true);
        try (FineTuneClient client = client();
                Stream<FileRecord> files = client.files()) {
            assertThat(files).hasSize(total);
        }
        assertThat(server.getRequestCount()).isEqualTo(requests);
    }

    @Test
    void anElementThatIsNoRecordDoesNotEndTheList() {
        server.enqueue(answer(200, "[{\"file_id\": \"a\"}, 3, {\"file_id\": \"b\"}]"));
        try (FineTuneClient client = client();
                Stream<FileRecord> files = client.files()) {
            assertThat(files.map(FileRecord::id)).containsExactly("a", null, "b");
        }
    }

    @Test
    void filesAreHandedOutBeforeTheListHasArrivedWhole() {
        server.enqueue(answer(200, "[{\"file_id\": \"a\"}, {\"file_id\": \"b\"}, {\"file_id\": "));
        try (FineTuneClient client = client();
                Stream<FileRecord> files = client.files()) {
            Iterator<FileRecord> each = files.iterator();
            assertThat(each.next().id()).isEqualTo("a");
            assertThat(each.next().id()).isEqualTo("b");
            assertThat(catchThrowableOfType(FineTuneException.class, each::hasNext)
                            .kind())
                    .isEqualTo(Kind.UNREADABLE);
        }
    }

    @Test
    void aListThatFailsThrows() {
        server.enqueue(answer(401, "{\"detail\": \"no\"}"));
        try (FineTuneClient client = client();
                Stream<FileRecord> files = client.files()) {
            assertThat(catchThrowableOfType(FineTuneException.class, files::count)
                            .kind())
                    .isEqualTo(Kind.AUTH);
        }
    }

    private void statuses(MockResponse... responses) {
        Stream.of(responses).forEach(server::enqueue);
    }

    private static MockResponse status(String status) {
        return answer(200, "{\"file_id\": \"a\", \"file_status\": \"FILE_STATUS_" + status + "\"}");
    }

    @Test
    void aFileIsPolledUntilItIsIngestedMoreAndMoreSlowly() {
        statuses(
                answer(404, "{}"),
                status("REGISTERED"),
                answer(503, ""),
                answer(503, ""),
                answer(503, ""),
                answer(503, ""),
                status("INGESTING"),
                status("INGESTED"));
        try (FineTuneClient client = client()) {
            assertThat(client.awaitIngested("a", null).isIngested()).isTrue();
        }
        assertThat(timing.waits).first().isEqualTo(Duration.ofMillis(2200));
        assertThat(timing.waits.get(1)).isEqualTo(Duration.ofMillis(3300));
    }

    @Test
    void aCorruptFileEndsTheWait() {
        statuses(status("CORRUPT"));
        try (FineTuneClient client = client()) {
            assertThat(client.awaitIngested("a", null).isCorrupt()).isTrue();
        }
    }

    @Test
    void theWaitHasATimeout() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return status("INGESTING");
            }
        });
        try (FineTuneClient client = client()) {
            FineTuneException e = catchThrowableOfType(
                    FineTuneException.class, () -> client.awaitIngested("a", Duration.ofMinutes(3)));
            assertThat(e.kind()).isEqualTo(Kind.WAIT_TIMEOUT);
            assertThat(e).hasMessageContaining("file a: not ingested in time: INGESTING");
        }
        assertThat(timing.waits.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | boom   | the server failed (500): boom",
                "200 | <html> | the answer is not the record of a file: <html>"
            })
    void aTimeoutSaysWhyTheLastPollFailed(int code, String body, String why) {
        MockResponse bad = answer(code, body);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return server.getRequestCount() == 1 ? status("INGESTING") : bad;
            }
        });
        List<FineTuneException> failures = new ArrayList<>();
        try (FineTuneClient client = client()) {
            FineTuneException e = catchThrowableOfType(
                    FineTuneException.class, () -> client.awaitIngested("a", Duration.ofMinutes(1), failures::add));
            assertThat(e)
                    .hasMessage("file a: not ingested in time: INGESTING; the last poll failed: " + why
                            + ". Wait longer, or check again later.");
            assertThat(e.getSuppressed()).containsExactly(failures.get(failures.size() - 1));
        }
        assertThat(failures)
                .isNotEmpty()
                .extracting(FineTuneException::httpStatus)
                .containsOnly(code);
    }

    @Test
    void aTimeoutDoesNotNameAFailureThatHasPassed() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return server.getRequestCount() == 1 ? answer(200, "<html>") : status("INGESTING");
            }
        });
        try (FineTuneClient client = client()) {
            assertThat(catchThrowableOfType(
                            FineTuneException.class, () -> client.awaitIngested("a", Duration.ofMinutes(1))))
                    .hasMessage("file a: not ingested in time: INGESTING. Wait longer, or check again later.");
        }
    }

    @Test
    @Timeout(30)
    void aServerThatAsksForNoWaitIsPolledNoFasterThanAJob() {
        Wire.always(server, answer(503, "Retry-After", "0"));
        try (FineTuneClient client = client()) {
            assertThat(catchThrowableOfType(
                                    FineTuneException.class, () -> client.awaitIngested("a", Duration.ofSeconds(3)))
                            .kind())
                    .isEqualTo(Kind.WAIT_TIMEOUT);
        }
        assertThat(server.getRequestCount()).isEqualTo(15 * 4);
    }

    @Test
    void aServerThatAsksForADayIsPolledAfterAQuarterOfAnHour() {
        statuses(answer(503, "Retry-After", "86400"), status("INGESTED"));
        try (FineTuneClient client = client()) {
            assertThat(client.awaitIngested("a", null).isIngested()).isTrue();
        }
        assertThat(timing.waits).containsExactly(Duration.ofMinutes(15));
    }

    @Test
    @Timeout(30)
    void aServerThatIsSilentDoesNotOutlastTheWait() {
        Wire.always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        try (FineTuneClient client = Wire.client(server).build()) {
            assertThat(catchThrowableOfType(
                                    FineTuneException.class, () -> client.awaitIngested("a", Duration.ofMillis(300)))
                            .kind())
                    .isEqualTo(Kind.WAIT_TIMEOUT);
        }
    }

    @Test
    void aWaitMayBeLongerThanAnyClock() {
        statuses(status("INGESTING"), status("INGESTED"));
        try (FineTuneClient client = client()) {
            assertThat(client.awaitIngested("a", Duration.ofSeconds(Long.MAX_VALUE))
                            .isIngested())
                    .isTrue();
        }
    }

    @Test
    void aFileThatStaysUnknownEndsTheWaitAfterAMinute() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(404, "{}");
            }
        });
        try (FineTuneClient client = client()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.awaitIngested("a", null))
                            .kind())
                    .isEqualTo(Kind.NOT_FOUND);
        }
    }

    private Path random(String name) throws IOException {
        byte[] bytes = new byte[(12 << 20) + 17];
        new Random(5).nextBytes(bytes);
        return Files.write(dir.resolve(name), bytes);
    }

    @ParameterizedTest
    @EnumSource
    void theSandboxHasTheSameBytesAfterAnUpload(Sandbox.FileStyle style) throws Exception {
        Path file = random("a b.jsonl");
        try (Sandbox sandbox =
                        Sandbox.builder().fileStyle(style).clock(timing::now).start();
                FineTuneClient client = sandboxClient(sandbox)) {
            assertThat(client.upload(file).id()).isEqualTo("a b.jsonl");
            assertThat(client.awaitIngested("a b.jsonl", Duration.ofMinutes(1)).bytes())
                    .isEqualTo(Files.size(file));
            assertThat(download(sandbox, "a%20b.jsonl")).isEqualTo(Files.readAllBytes(file));
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.upload(file))
                            .kind())
                    .isEqualTo(Kind.CONFLICT);
        }
    }

    private FineTuneClient sandboxClient(Sandbox sandbox) {
        return FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(sandbox.apiKey()))
                .endpoint(Endpoint.of(sandbox.endpoint()))
                .timing(timing, () -> 0.5)
                .build();
    }

    private static byte[] download(Sandbox sandbox, String id) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sandbox.endpoint() + "/files/download/" + id))
                                .header("Authorization", "Bearer " + sandbox.apiKey())
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAStormAnUploadArrivesWholeOrFailsAndNeverArrivesBroken(long seed) throws Exception {
        Path file = random("storm.jsonl");
        try (Sandbox storm = Sandbox.builder()
                        .weather(Sandbox.Weather.STORMY)
                        .seed(seed)
                        .start();
                FineTuneClient client = sandboxClient(storm)) {
            for (int round = 0; round < 20; round++) {
                try {
                    client.upload(file);
                    break;
                } catch (FineTuneException e) {
                    if (e.kind() == Kind.CONFLICT) {
                        break; // only the answer was lost
                    }
                    assertThat(e.kind()).isIn(Kind.SERVER, Kind.NETWORK, Kind.RATE_LIMITED, Kind.UNREADABLE);
                }
            }
            byte[] arrived = download(storm, "storm.jsonl");
            for (int i = 0; i < 20 && arrived.length != Files.size(file); i++) {
                arrived = download(storm, "storm.jsonl");
            }
            assertThat(arrived).isEqualTo(Files.readAllBytes(file));
        }
    }
}
