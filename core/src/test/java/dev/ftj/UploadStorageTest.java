package dev.ftj;

import static dev.ftj.UploadServer.body;
import static dev.ftj.Wire.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to object storages that refuse, fail and redirect. */
class UploadStorageTest extends UploadCase {
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
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"errors\": [{\"message\": \"no\"}]} | 404",
                "405 | no                               | 405",
                "500 | no                               | 500",
                "200 | {}                               | the server's plan for the upload cannot be followed: there is no"
                        + " new URL for part 0"
            })
    void aRefusalOfTheStorageIsNamedIfThereIsNoNewUrl(int status, String body, String why) {
        server.parts(20);
        server.answer(
                "/storage/0",
                request -> answer(403, "<Error><Code>AccessDenied</Code><Message>Denied</Message></Error>"));
        server.answer("/urls", request -> answer(status, body));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.httpStatus()).isEqualTo(403);
        assertThat(e)
                .hasMessage("file train.jsonl: the object storage refused part 0 (403), and no new URL could be had ("
                        + why + "): Denied (AccessDenied). Try again later.");
    }

    @Test
    void aKeyThatIsRefusedForANewUrlIsAFailureOfTheKey() {
        server.parts(20);
        server.answer("/storage/0", request -> answer(403, "<Error><Code>AccessDenied</Code></Error>"));
        server.answer("/urls", request -> answer(401, ""));
        assertThat(failure().kind()).isEqualTo(Kind.AUTH);
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
    void aStorageThatAsksToWaitLongIsQuotedWithTheTime() {
        server.parts(20);
        server.answer("/storage/0", request -> answer(429, "Retry-After", "100000"));
        FineTuneException e = failure();
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(100_000));
        assertThat(e.hint()).startsWith("Try again in ");
    }

    @Test
    void aCompletionAnsweredWithAnotherFileIsUncertain() {
        server.parts(20);
        server.answer("/complete", request -> answer(200, "{\"file_id\": \"zzz\"}"));
        server.answer("/metadata/train.jsonl", request -> answer(200, "{\"file_id\": \"zzz\"}"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("file train.jsonl: the answer is the record of another file, zzz; ");
        assertThat(server.seen("/abort")).isEmpty();
    }

    @Test
    void aCompletionMayNameTheFileByTheUidOfThePlanOnly() {
        server.parts(20);
        server.answer("/complete", request -> answer(200, "{\"file_id\": \"f-1\", \"file_uid\": \"fil_1\"}"));
        assertThat(upload().id()).isEqualTo("f-1");
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

    /** The only limit for a storage that sends 100 Continue without end. */
    @Test
    void eachPartHasTenMinutesAndTheTimeOfASlowLine() {
        server.parts(10, 10);
        Map<String, Duration> deadlines = new ConcurrentHashMap<>();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    long nanos = chain.call().timeout().timeoutNanos();
                    deadlines.put(chain.request().method(), Duration.ofNanos(nanos));
                    return chain.proceed(chain.request());
                })
                .build();
        try (FineTuneClient client =
                Wire.client(mock, timing).okHttpClient(http).build()) {
            client.upload(file, options());
        }
        assertThat(deadlines.get("PUT")).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
        assertThat(PartSender.deadline(16 << 20)).isEqualTo(Duration.ofSeconds(600 + 1024));
    }
}
