package dev.ftj;

import static dev.ftj.UploadServer.body;
import static dev.ftj.UploadServer.stored;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads against servers that do what no documentation promises. */
class FileUploadTest {
    @TempDir
    Path dir;

    @StartStop
    private final MockWebServer mock = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();
    private final List<String> notes = new ArrayList<>();
    private UploadServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new UploadServer(mock);
        file = Files.writeString(dir.resolve("train.jsonl"), "0123456789abcdefghij");
    }

    private UploadOptions options() {
        return new UploadOptions().checkpoints(dir.resolve("data")).listener(new UploadOptions.Listener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        });
    }

    private FileRecord upload(UploadOptions options) {
        try (FineTuneClient client = Wire.client(mock, timing).build()) {
            return client.upload(file, options);
        }
    }

    private FileRecord upload() {
        return upload(options());
    }

    private FineTuneException failure(UploadOptions options) {
        return catchThrowableOfType(FineTuneException.class, () -> upload(options));
    }

    private FineTuneException failure() {
        return failure(options());
    }

    private List<String> sentParts() {
        return server.puts().stream().map(UploadServer::body).sorted().toList();
    }

    @Test
    void eachPartIsSentOnceWithoutTheKeyAndCompletedWithItsToken() {
        server.parts(10, 10);
        FileRecord record = upload();
        assertThat(record.id()).isEqualTo("train.jsonl");
        assertThat(body(server.seen("/initiate").get(0)))
                .isEqualTo(
                        "{\"filename\": \"train.jsonl\", \"file_type\": \"application/x-ndjson\", \"num_bytes\": 20}");
        assertThat(sentParts()).containsExactly("0123456789", "abcdefghij");
        for (RecordedRequest put : server.puts()) {
            assertThat(put.getTarget()).endsWith("?sig=a%2Fb+c~'d");
            assertThat(put.getHeaders().names())
                    .containsExactlyInAnyOrder("Accept-Encoding", "Connection", "Content-Length", "Host", "User-Agent");
            assertThat(put.getHeaders().toString() + put.getTarget()).doesNotContain(Wire.CANARY);
        }
        assertThat(body(server.seen("/complete").get(0)))
                .isEqualTo("{\"parts\": [{\"part_number\": 0, \"part_token\": \"\\\"tag-0\\\"\"},"
                        + " {\"part_number\": 1, \"part_token\": \"\\\"tag-1\\\"\"}]}");
        assertThat(server.seen("/checkpoint")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1, %d", "0, '\"p%d\"'", "7, %d.0"})
    void partNumbersAreSentBackAsTheyCame(int first, String format) {
        server.parts(20);
        server.firstNumber = first;
        server.numberFormat = format;
        upload();
        assertThat(body(server.seen("/complete").get(0)))
                .startsWith("{\"parts\": [{\"part_number\": " + format.formatted(first) + ",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "bare", "\"a-2\""})
    void aTokenIsSentInTheOtherFormIfTheServerRefusesTheFirst(String tag) {
        server.parts(20);
        server.answer("/storage/0", request -> stored(tag));
        String other = tag.startsWith("\"") ? tag.substring(1, tag.length() - 1) : '"' + tag + '"';
        String wanted = "\"part_token\": \"" + other.replace("\"", "\\\"") + "\"";
        server.answer(
                "/complete",
                request -> body(request).contains(wanted) ? null : answer(400, "{\"detail\": \"bad token\"}"));
        assertThat(upload().id()).isEqualTo("train.jsonl");
        assertThat(server.seen("/complete")).hasSize(2);
    }

    @Test
    void aCheckpointThatRefusesTheFormOfTheTokenSettlesIt() {
        server.parts(20);
        server.answer("/checkpoint", request -> body(request).contains("\\\"") ? answer(400, "{}") : null);
        server.answer("/complete", request -> body(request).contains("\\\"") ? answer(400, "{}") : null);
        upload();
        assertThat(server.seen("/checkpoint")).hasSize(2);
        assertThat(server.seen("/complete")).hasSize(1);
    }

    @Test
    void whenBothFormsAreRefusedTheFirstRefusalIsReportedAndTheUploadAborted() {
        server.parts(20);
        server.first("/complete", answer(400, "{\"detail\": \"first\"}"), answer(400, "{\"detail\": \"second\"}"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining("first");
        assertThat(server.seen("/abort")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "403, <Error><Code>AccessDenied</Code></Error>",
        "400, <Error><Code>TokenExpired</Code></Error>",
        "400, <Error><Code>ExpiredToken</Code></Error>"
    })
    void anExpiredUrlIsRenewed(int status, String body) {
        server.parts(10, 10);
        server.first("/storage/1", answer(status, body));
        server.answer("/urls", request -> {
            server.url = number -> "/storage/" + number + "?fresh";
            return null;
        });
        upload();
        assertThat(body(server.seen("/urls").get(0))).isEqualTo("{\"part_numbers\": [1]}");
        assertThat(server.seen("/storage/1"))
                .extracting(RecordedRequest::getTarget)
                .containsExactly("/storage/1?sig=a%2Fb+c~'d", "/storage/1?fresh");
        assertThat(timing.waits).isEmpty();
    }

    @Test
    void aUrlThatHasExpiredByTheClockIsRenewedBeforeItIsUsed() {
        server.parts(20);
        server.top = "\"expires_at\": \"2026-11-23T11:59:00Z\", ";
        upload();
        assertThat(server.seen("/urls")).hasSize(1);
        assertThat(server.puts()).hasSize(1);
    }

    @Test
    void aStorageThatRefusesEveryNewUrlIsAnErrorOfTheStorage() {
        server.parts(20);
        server.answer(
                "/storage/0",
                request -> answer(
                        403,
                        "<Error><Code>SignatureDoesNotMatch</Code><Message>The signature differs</Message></Error>"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e)
                .hasMessage("file train.jsonl: the object storage refused part 0 (403): The signature differs"
                        + " (SignatureDoesNotMatch). Try again later.");
        assertThat(server.puts()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aPartIsSentAgainAfterATransientFailure(int status) {
        server.parts(10, 10);
        server.first("/storage/0", answer(status, "<Error><Code>SlowDown</Code></Error>"), answer(status, ""));
        upload();
        assertThat(sentParts()).containsExactly("0123456789", "0123456789", "0123456789", "abcdefghij");
    }

    @Test
    void aPartIsSentAgainAfterAReset() {
        server.parts(20);
        server.first(
                "/storage/0",
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        upload();
        assertThat(server.puts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {412, 404, 501, 400, 409})
    void anyOtherStatusOfTheStorageEndsTheUploadWithExitCode5(int status) {
        server.parts(20);
        server.answer("/storage/0", request -> answer(status, "<Error><Code>X</Code></Error>"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e).hasMessageContaining("the object storage refused part 0 (" + status + ")");
        assertThat(server.puts()).hasSize(1);
        assertThat(server.seen("/abort")).hasSize(1);
    }

    @Test
    void aStorageThatGivesNoETagIsAnError() {
        server.parts(20);
        server.answer("/storage/0", request -> answer(200, ""));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("the object storage answered 200 without an ETag");
    }

    @Test
    void aRedirectOfTheStorageIsNotFollowed() throws IOException {
        try (MockWebServer other = QuickServer.create()) {
            other.start();
            server.parts(20);
            String target = "http://127.0.0.1:" + other.getPort() + "/stolen";
            server.answer(
                    "/storage/0",
                    request -> new MockResponse.Builder()
                            .code(307)
                            .headers(Headers.of("Location", target))
                            .build());
            FineTuneException e = failure();
            assertThat(e.kind()).isEqualTo(Kind.SERVER);
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void everyPrintableCharacterOfAUrlIsSentAsItCameOrRefused() {
        List<Character> refused = new ArrayList<>();
        for (char c = '!'; c <= '~'; c++) {
            String odd = "/storage/0/x" + c + "y?a" + c + "b=%2f%7E" + c;
            server = new UploadServer(mock);
            server.parts(20);
            String target = odd.replace("\\", "\\\\").replace("\"", "\\\"");
            server.url = number -> target;
            server.answer("", request -> request.getMethod().equals("PUT") ? stored("t") : null);
            try {
                upload();
                String sent = odd.indexOf('#') < 0 ? odd : odd.substring(0, odd.indexOf('#'));
                assertThat(server.puts())
                        .as("%s", c)
                        .singleElement()
                        .satisfies(put -> assertThat(put.getTarget()).isEqualTo(sent));
            } catch (FineTuneException e) {
                assertThat(e.kind()).as("%s", c).isEqualTo(Kind.UNREADABLE);
                assertThat(server.puts()).as("%s", c).isEmpty();
                refused.add(c);
            }
        }
        assertThat(refused).containsExactly('\\');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/storage/a/../0?x", "/storage/%2e%2E/0", "/storage//0/", "/storage/./0?", "/storage/0?a=1&a=&&b"
            })
    void segmentsAndParametersOfAUrlAreSentAsTheyCame(String target) {
        server.parts(20);
        server.url = number -> target;
        server.answer("", request -> request.getMethod().equals("PUT") ? stored("t") : null);
        upload();
        assertThat(server.puts())
                .singleElement()
                .extracting(RecordedRequest::getTarget)
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it has no parts|",
                "part 1 overlaps the one before|0,10,9,11",
                "no part holds the bytes from 10 to 11|0,10,11,9",
                "no part holds the bytes from 0 to 1|1,19",
                "no part holds the bytes from 10 to 20|0,10",
                "part 1 is not within the file|0,10,10,11",
                "part 0 is not within the file|0,0,0,20",
                "part 0 is not within the file|-1,21",
                "part 0 is not within the file|0,9223372036854775807"
            })
    void aPlanThatCannotBeFollowedIsRefusedBeforeTheFirstByte(String why, String places) {
        String[] numbers = places == null ? new String[0] : places.split(",");
        for (int i = 0; i < numbers.length; i += 2) {
            server.parts.add(new long[] {Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1])});
        }
        assertRefused(why);
    }

    private void assertRefused(String why) {
        FineTuneException e = failure();
        assertThat(e.kind().exitCode()).isEqualTo(5);
        assertThat(e).hasMessageContaining("the server's plan for the upload cannot be followed: " + why);
        assertThat(server.puts()).isEmpty();
    }

    @Test
    void aPlanForAnotherSizeIsRefused() {
        server.parts(20);
        server.top = "\"total_bytes\": 21, ";
        assertRefused("it is for 21 bytes, and the file has 20");
    }

    @Test
    void twoPartsOfOneNumberAreRefused() {
        server.parts(10, 10);
        server.numberFormat = "3";
        assertRefused("it has two parts 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a b", "\\u0000"})
    void anUploadIdThatIsNoPathSegmentIsRefused(String id) {
        server.parts(20);
        server.uploadId = id;
        assertRefused("it has no upload_id that can be used");
    }

    @Test
    void anUploadIdStaysOneSegmentOfThePath() {
        server.parts(20);
        server.uploadId = "../../x?y#z";
        upload();
        assertThat(UploadServer.path(server.seen("/complete").get(0)))
                .isEqualTo("/v0.5/files/uploads/..%2F..%2Fx%3Fy%23z/complete");
    }

    @ParameterizedTest
    @CsvSource({
        "http://storage.example.com/x?secret, plain http to another machine",
        "http://10.0.0.1/x?secret, plain http to another machine",
        "https://user:pw@storage.example.com/x?secret, a user name or password",
        "https://user@storage.example.com/x?secret, a user name or password",
        "ftp://storage.example.com/x?secret, not a URL",
        "file:///etc/passwd?secret, not a URL",
        "/relative?secret, not a URL",
        "'https://storage.example.com/a b?secret', not a URL"
    })
    void aUrlThatMustNotBeUsedIsRefusedBeforeTheFirstByte(String url, String why) {
        server.parts(20);
        String plan =
                "{\"upload_id\": \"u\", \"parts\": [{\"part_number\": 0, \"offset\": 0, \"length\": 20, \"url\": \""
                        + url + "\"}]}";
        server.answer("/initiate", request -> answer(200, plan));
        FineTuneException e = failure();
        assertThat(e.kind().exitCode()).isEqualTo(5);
        assertThat(e).hasMessageContaining("the URL of part 0 cannot be used").hasMessageContaining(why);
        assertThat(e.getMessage()).doesNotContain("secret");
        assertThat(server.puts()).isEmpty();
    }

    @Test
    void aRenewedUrlIsCheckedAsWell() {
        server.parts(20);
        server.first("/storage/0", answer(403, ""));
        server.answer("/urls", request -> {
            server.url = number -> "http://storage.example.com/x";
            return null;
        });
        assertThat(failure()).hasMessageContaining("plain http to another machine");
    }

    @Test
    void aTakenNameIsAConflictWithTwoWaysOut() {
        server.first("/initiate", answer(409, "{\"errors\": [{\"code\": \"conflict\", \"message\": \"immutable\"}]}"));
        FineTuneException e = failure();
        assertThat(e.kind().exitCode()).isEqualTo(7);
        assertThat(e.hint())
                .isEqualTo("Upload it under another name, or use the file that is there: its id is train.jsonl");
    }

    @Test
    void aFullOrganizationIsToldAsTheServerTellsIt() {
        server.first(
                "/initiate",
                answer(400, "{\"errors\": [{\"code\": \"capacity_reached\", \"message\": \"No space left.\"}]}"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining("No space left (capacity_reached)");
    }

    @Test
    void jsonLinesAreOfferedAsPlainTextIfTheirTypeIsRefused() {
        server.parts(20);
        server.first(
                "/initiate", answer(400, "{\"errors\": [{\"code\": \"invalid_file_type\", \"message\": \"no\"}]}"));
        upload();
        assertThat(server.seen("/initiate"))
                .extracting(request -> body(request).replaceAll(".*\"file_type\": \"([^\"]*).*", "$1"))
                .containsExactly("application/x-ndjson", "text/plain");
    }

    @Test
    void aTypeOfTheCallersIsTheOnlyOne() {
        server.first(
                "/initiate", answer(400, "{\"errors\": [{\"code\": \"invalid_file_type\", \"message\": \"no\"}]}"));
        assertThat(failure(options().type("application/json")).kind()).isEqualTo(Kind.INVALID);
        assertThat(server.seen("/initiate")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void aServerWithoutDirectUploadsGetsTheFileInOneRequest(int status) throws IOException {
        file = Files.writeString(dir.resolve("a \"b\".csv"), "a,b\n1,2\n");
        server.first("/initiate", answer(status, "{\"detail\": \"Not Found\"}"));
        server.answer(
                "/files", request -> answer(201, "{\"is_valid\": true, \"file_id\": \"x\", \"file_uid\": \"y\"}"));
        assertThat(upload().id()).isEqualTo("x");
        RecordedRequest form = server.seen("/files").get(0);
        assertThat(form.getHeaders().get("Authorization")).isEqualTo("Bearer " + Wire.CANARY);
        assertThat(body(form))
                .contains(
                        "name=\"file\"; filename=\"a %22b%22.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\n1,2\n\r\n--");
    }

    @Test
    void inOneRequestNoByteCountsAsSentBefore() throws IOException {
        file = Files.writeString(dir.resolve("a.csv"), "a,b\n1,2\n");
        server.first("/initiate", answer(404, "{\"detail\": \"Not Found\"}"));
        server.answer("/files", request -> answer(201, "{\"file_id\": \"a.csv\"}"));
        List<Long> sent = new ArrayList<>();
        upload(new UploadOptions().listener(new UploadOptions.Listener() {
            @Override
            public void progress(long bytes, long total) {
                sent.add(bytes);
            }
        }));
        assertThat(sent).first().isEqualTo(0L);
        assertThat(sent).last().isEqualTo(8L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\nb", "a\u001b[31m", "\ud800", Wire.CANARY})
    void aNameThatNoFileIdCanHaveIsRefusedBeforeAnythingIsSent(String name) {
        FineTuneException e = failure(options().name(name));
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
        assertThat(e).hasMessageContaining("cannot be a file id");
        assertThat(e.getMessage()).doesNotContain("\n", "\u001b");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aFileOfAnotherSizeOnTheServerIsSaid() {
        server.parts(20);
        server.answer("/complete", request -> answer(200, "{\"file_name\": \"train.jsonl\", \"num_bytes\": 7}"));
        assertThat(upload().bytes()).isEqualTo(7);
        assertThat(notes).containsExactly("the server has 7 bytes of train.jsonl, and the file has 20");
    }

    @Test
    void aPartNumberOfNoUseIsRefused() {
        server.parts(20);
        server.numberFormat = "\"%d" + "9".repeat(100_000) + "\"";
        assertThat(failure()).hasMessageContaining("a part has no part_number that can be used");
    }

    @Test
    void aStorageThatAsksToWaitLongIsQuotedWithTheTime() {
        server.parts(20);
        server.answer("/storage/0", request -> answer(429, "Retry-After", "100000"));
        FineTuneException e = failure();
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(100_000));
        assertThat(e.hint()).startsWith("Try again in ");
    }

    @Test
    void jsonLinesAreNotSentToTheEndpointThatRefusesThem() {
        server.first("/initiate", answer(404, "{\"detail\": \"Not Found\"}"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e.hint()).contains("no direct uploads", "no JSON Lines");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aLostAnswerToTheCompletionIsClearedUpByLooking() {
        server.parts(20);
        server.answer(
                "/complete",
                request -> new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        server.answer(
                "/metadata/train.jsonl",
                request -> answer(200, "{\"file_id\": \"train.jsonl\", \"file_uid\": \"fil_1\", \"num_bytes\": 20}"));
        assertThat(upload().bytes()).isEqualTo(20);
    }

    @Test
    void aFileOfThatNameFromElsewhereIsNotTakenForTheUpload() {
        server.parts(20);
        server.answer(
                "/complete",
                request -> new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        server.answer(
                "/metadata/train.jsonl",
                request -> answer(200, "{\"file_id\": \"train.jsonl\", \"file_uid\": \"fil_2\", \"num_bytes\": 20}"));
        assertThat(failure().kind()).isEqualTo(Kind.NETWORK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grows", "shrinks", "is written to"})
    void aFileThatChangesIsAnErrorAndNoUpload(String change) {
        server.parts(10, 10);
        server.answer("/storage/1", request -> {
            change(change);
            return null;
        });
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.LOCAL);
        assertThat(e.getMessage())
                .contains(change.equals("is written to") ? "was written to while" : "changed while it was uploaded");
        assertThat(server.seen("/complete")).isEmpty();
        assertThat(server.seen("/abort")).hasSize(1);
    }

    private void change(String change) {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            switch (change) {
                case "grows" -> raw.setLength(21);
                case "shrinks" -> raw.setLength(5);
                default ->
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3)));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Timeout(60)
    void aFileThatCannotBeUploadedIsRefusedBeforeAnyRequest() throws Exception {
        Path fifo = dir.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        for (Path bad : List.of(dir, dir.resolve("none"), fifo, Files.createFile(dir.resolve("empty")))) {
            file = bad;
            FineTuneException e = failure();
            assertThat(e.kind()).isEqualTo(Kind.LOCAL);
            assertThat(e.getMessage()).startsWith(bad + " ");
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    @Timeout(60)
    void anInterruptCancelsAndAbortsTheUpload() throws Exception {
        server.parts(10, 10);
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        server.answer("/storage/0", request -> hang(arrived, never));
        server.answer("/storage/1", request -> hang(arrived, never));
        CompletableFuture<FineTuneException> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> ended.complete(failure()));
        thread.start();
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        FineTuneException e = ended.get(30, TimeUnit.SECONDS);
        never.countDown();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(server.seen("/abort")).hasSize(1);
    }

    private static MockResponse hang(CountDownLatch arrived, CountDownLatch never) {
        arrived.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer(500, "");
    }

    @Test
    void anUploadIsResumedWithoutSendingWhatTheStorageHas() {
        server.parts(10, 10);
        server.answer("/checkpoint", request -> answer(500, ""));
        server.answer("/storage/1", request -> answer(501, ""));
        assertThat(failure(options().partsAtOnce(1).resume(true)).httpStatus()).isEqualTo(501);
        assertThat(server.seen("/abort")).isEmpty();
        server.answers.clear();
        server.resumed = true;
        server.requests.clear();
        long[] sent = new long[1];
        upload(options().resume(true).listener(new UploadOptions.Listener() {
            @Override
            public void progress(long bytes, long total) {
                sent[0] = bytes;
            }
        }));
        assertThat(body(server.seen("/initiate").get(0))).contains("\"resume_if_started\": true");
        assertThat(sentParts()).containsExactly("abcdefghij");
        assertThat(sent[0]).isEqualTo(20);
        assertThat(body(server.seen("/complete").get(0))).contains("\\\"tag-0\\\"", "\\\"tag-1\\\"");
    }

    @Test
    void partsThatTheServerHasAreNotInItsPlan() {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        server.resumed = true;
        server.parts.set(0, server.parts.get(1));
        server.parts.remove(1);
        server.firstNumber = 1;
        upload(options().resume(true));
        assertThat(body(server.seen("/complete").get(0)))
                .isEqualTo("{\"parts\": [{\"part_number\": 1, \"part_token\": \"\\\"tag-0\\\"\"}]}");
    }

    @Test
    void withoutResumeNothingIsResumed() {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1));
        server.answers.clear();
        server.requests.clear();
        upload(options().resume(true));
        assertThat(body(server.seen("/initiate").get(0))).doesNotContain("resume_if_started");
        assertThat(sentParts()).hasSize(2);
    }

    @Test
    void aFileThatHasChangedSinceIsUploadedAnewWhichIsSaid() throws IOException {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        Files.writeString(file, "ABCDEFGHIJKLMNOPQRST");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3)));
        upload(options().resume(true));
        assertThat(notes).containsExactly(file + " has changed since its upload began, so it is uploaded anew");
        assertThat(body(server.seen("/initiate").get(0))).doesNotContain("resume_if_started");
        assertThat(server.seen("/abort")).hasSize(1);
        assertThat(sentParts()).containsExactly("ABCDEFGHIJ", "KLMNOPQRST");
    }

    @Test
    void anUploadIsResumedWithTheTypeThatTheServerTook() {
        server.parts(10, 10);
        server.first(
                "/initiate", answer(400, "{\"errors\": [{\"code\": \"invalid_file_type\", \"message\": \"no\"}]}"));
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        server.resumed = true;
        upload(options().resume(true));
        assertThat(notes).isEmpty();
        assertThat(body(server.seen("/initiate").get(0))).contains("\"file_type\": \"text/plain\"");
        assertThat(sentParts()).containsExactly("abcdefghij");
    }

    @Test
    void anUploadOfAnotherTypeStartsAnewWhichIsSaid() {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        upload(options().resume(true).type("text/csv"));
        assertThat(notes).containsExactly("its upload began as application/x-ndjson, so it is uploaded anew");
        assertThat(sentParts()).hasSize(2);
    }

    @Test
    void tokensThatTheServerNoLongerTakesAreForgotten() {
        server.parts(10, 10);
        server.answer("/complete", request -> answer(400, "{\"detail\": \"bad tokens\"}"));
        assertThat(failure(options().resume(true)).kind()).isEqualTo(Kind.INVALID);
        assertThat(server.seen("/abort")).hasSize(1);
        server.answers.clear();
        server.requests.clear();
        upload(options().resume(true));
        assertThat(sentParts()).hasSize(2);
    }

    @Test
    void anUploadThatMayBeCompleteIsNotAborted() {
        server.parts(20);
        server.answer("/complete", request -> answer(502, ""));
        server.answer("/metadata/train.jsonl", request -> answer(404, ""));
        FineTuneException e = failure();
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("it may have been carried out all the same");
        assertThat(server.seen("/complete")).hasSize(4);
        assertThat(server.seen("/abort")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/csv\r\nX-Header: y", "text/csv; a=\n"})
    void whatIsNoContentTypeIsRefused(String type) {
        assertThat(failure(options().type(type)).kind()).isEqualTo(Kind.USAGE);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void anUploadThatTheServerHasForgottenStartsAnew() {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        server.uploadId = "upl-2";
        upload(options().resume(true));
        assertThat(notes).containsExactly("the server no longer has the unfinished upload, so it starts anew");
        assertThat(sentParts()).hasSize(2);
    }

    @Test
    void anotherUploadOfThatNameIsNotGoneOnWith() {
        server.parts(10, 10);
        server.answer("/storage/1", request -> answer(501, ""));
        failure(options().partsAtOnce(1).resume(true));
        server.answers.clear();
        server.requests.clear();
        server.uploadId = "upl-other";
        server.resumed = true;
        assertThat(failure(options().resume(true))).hasMessageContaining("did not begin");
        assertThat(server.puts()).isEmpty();
        assertThat(server.seen("/initiate")).hasSize(2);
    }

    @Test
    void anUploadWhoseStateCannotBeKeptGoesOn() throws IOException {
        server.parts(10, 10);
        Files.writeString(dir.resolve("data"), "in the way");
        assertThat(upload(options()).id()).isEqualTo("train.jsonl");
        assertThat(notes).singleElement().asString().startsWith("the state of the upload cannot be kept");
    }

    @Test
    void noMoreThanSoManyPartsAreSentAtOnce() {
        server.parts(5, 5, 5, 5);
        List<Integer> atOnce = new ArrayList<>();
        int[] now = new int[1];
        server.answer("", request -> {
            if (!request.getMethod().equals("PUT")) {
                return null;
            }
            synchronized (atOnce) {
                atOnce.add(++now[0]);
            }
            await().pollDelay(Duration.ofMillis(20)).until(() -> true);
            synchronized (atOnce) {
                now[0]--;
            }
            return null;
        });
        upload(options().partsAtOnce(2));
        assertThat(atOnce).hasSize(4).allMatch(count -> count <= 2);
    }

    @Test
    void aHostileAnswerIsAnErrorOfThatUpload() {
        for (String bad : List.of(
                "", "[]", "null", "{}", "{\"upload_id\": 3}", "<html>", "{\"upload_id\": \"u\", \"parts\": 3}")) {
            server = new UploadServer(mock);
            server.answer("/initiate", request -> answer(200, bad));
            assertThat(failure().kind()).as(bad).isEqualTo(Kind.UNREADABLE);
        }
        server = new UploadServer(mock);
        server.parts(20);
        server.answer("/complete", request -> answer(200, "[]"));
        server.answer("/metadata/train.jsonl", request -> answer(404, ""));
        assertThat(failure().kind()).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void theNameAndTheTypeCanBeSet() throws IOException {
        server.parts(20);
        upload(options().name("é.bin").type("application/json"));
        assertThat(new String(
                        body(server.seen("/initiate").get(0)).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .contains("\"filename\": \"é.bin\", \"file_type\": \"application/json\"");
    }
}
