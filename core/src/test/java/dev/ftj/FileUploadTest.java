package dev.ftj;

import static dev.ftj.UploadServer.body;
import static dev.ftj.UploadServer.stored;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of files that change, to servers that do what no documentation promises. */
class FileUploadTest extends UploadCase {
    @Test
    void eachPartIsSentOnceWithoutTheKeyAndCompletedWithItsToken() {
        server.parts(10, 10);
        FileRecord record = upload();
        assertThat(record.id()).isEqualTo("train.jsonl");
        assertThat(body(server.seen("/initiate").get(0)))
                .isEqualTo("{\"filename\":\"train.jsonl\",\"file_type\":\"application/x-ndjson\",\"num_bytes\":20}");
        assertThat(sentParts()).containsExactly("0123456789", "abcdefghij");
        for (RecordedRequest put : server.puts()) {
            assertThat(put.getTarget()).endsWith("?sig=a%2Fb+c~'d");
            assertThat(put.getHeaders().names())
                    .containsExactlyInAnyOrder("Accept-Encoding", "Connection", "Content-Length", "Host", "User-Agent");
            assertThat(put.getHeaders().toString() + put.getTarget()).doesNotContain(Wire.CANARY);
        }
        assertThat(body(server.seen("/complete").get(0)))
                .isEqualTo("{\"parts\":[{\"part_number\":0,\"part_token\":\"\\\"tag-0\\\"\"},"
                        + "{\"part_number\":1,\"part_token\":\"\\\"tag-1\\\"\"}]}");
        assertThat(server.seen("/checkpoint")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "bare", "\"a-2\""})
    void aTokenIsSentInTheOtherFormIfTheServerRefusesTheFirst(String tag) {
        server.parts(20);
        server.answer("/storage/0", request -> stored(tag));
        String other = tag.startsWith("\"") ? tag.substring(1, tag.length() - 1) : '"' + tag + '"';
        String wanted = "\"part_token\":\"" + other.replace("\"", "\\\"") + "\"";
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
    void anExceptionOfTheListenerEndsTheUploadAndIsThrown() {
        server.parts(10, 10);
        IllegalStateException own = new IllegalStateException("mine");
        assertThatThrownBy(() -> upload(options().listener(new UploadOptions.Listener() {
                    @Override
                    public void progress(long sent, long total) {
                        throw own;
                    }
                })))
                .isSameAs(own);
        assertThat(server.seen("/abort")).hasSize(1);
    }

    @Test
    void anInterruptWhileTheUploadIsCompletedLeavesOpenWhetherItWas() throws Exception {
        server.parts(20);
        Thread uploading = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        server.answer("/complete", request -> {
            uploading.interrupt();
            try {
                ended.await();
            } catch (InterruptedException e) {
                // the server is shut down
            }
            return null;
        });
        FineTuneException e = failure();
        ended.countDown();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("Look for the file");
        assertThat(server.seen("/abort")).isEmpty();
    }

    @Test
    void anUploadOnAnInterruptedThreadIsCancelled() {
        Thread.currentThread().interrupt();
        FineTuneException e = failure();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(server.requests).isEmpty();
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
                .extracting(request -> body(request).replaceAll(".*\"file_type\":\"([^\"]*).*", "$1"))
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

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text/csv\r\nX-Header: y", "text/csv; a=\n"})
    void whatIsNoContentTypeIsRefused(String type) {
        assertThat(failure(options().type(type)).kind()).isEqualTo(Kind.USAGE);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void theNameAndTheTypeCanBeSet() throws IOException {
        server.parts(20);
        upload(options().name("é.bin").type("application/json"));
        assertThat(new String(
                        body(server.seen("/initiate").get(0)).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .contains("\"filename\":\"é.bin\",\"file_type\":\"application/json\"");
    }

    @Test
    void aFutureEndsWithTheRecordOrTheFailureOfTheUpload() throws Exception {
        server.parts(10, 10);
        server.answer("/metadata/train.jsonl", request -> answer(200, "{\"file_id\": \"train.jsonl\"}"));
        try (FineTuneClient client = Wire.client(mock, timing).build()) {
            AsyncFineTuneClient async = client.async();
            assertThat(async.upload(file, options()).get(30, TimeUnit.SECONDS).id())
                    .isEqualTo("train.jsonl");
            assertThat(async.file("train.jsonl").get(30, TimeUnit.SECONDS).id()).isEqualTo("train.jsonl");
            server.first("/initiate", answer(409, "{}"));
            assertThat(async.upload(file, options()))
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(FineTuneException.class);
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(() -> async.upload(dir, options()))
                    .matches(e -> e.kind() == Kind.LOCAL);
        }
    }
}
