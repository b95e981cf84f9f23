package dev.ftj;

import static dev.ftj.UploadServer.body;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads that are cut off, and what becomes of them. */
class UploadResumeTest extends UploadCase {
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

    @Test
    @Timeout(60)
    void aFutureUploadIsCancelledAndAborted() throws Exception {
        server.parts(10, 10);
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        server.answer("", request -> request.getMethod().equals("PUT") ? hang(arrived, never) : null);
        try (FineTuneClient client = Wire.client(mock, timing).build()) {
            CompletableFuture<FileRecord> upload = client.async().upload(file, options());
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            upload.cancel(true);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.seen("/abort").size() == 1);
        } finally {
            never.countDown();
        }
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
        assertThat(body(server.seen("/initiate").get(0))).contains("\"resume_if_started\":true");
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
                .isEqualTo("{\"parts\":[{\"part_number\":1,\"part_token\":\"\\\"tag-0\\\"\"}]}");
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
        assertThat(body(server.seen("/initiate").get(0))).contains("\"file_type\":\"text/plain\"");
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
}
