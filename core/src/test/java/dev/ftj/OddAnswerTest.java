package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.RECORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that OkHttp or a parser stumbles over: each is told as what it is, and fails no other job. */
class OddAnswerTest {
    private static final Duration NEVER = Duration.ofSeconds(60);

    private final FakeTiming timing = new FakeTiming();

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] with(String head, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes(head));
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private FineTuneException failure(byte[] answer) throws IOException {
        try (RawServer server = new RawServer(NEVER, request -> answer);
                FineTuneClient client = server.client(timing).build()) {
            return catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
        }
    }

    private void deletes(byte[] answer) throws IOException {
        try (RawServer server = new RawServer(NEVER, request -> answer);
                FineTuneClient client = server.client(timing).build()) {
            assertThatCode(() -> client.delete(ID)).doesNotThrowAnyException();
            assertThat(server.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n\n0\n\n",
                "HTTP/1.1 200 OK\nContent-Encoding: GZIP\nContent-Length: 0\n\n",
                "HTTP/1.1 204 No Content\nContent-Encoding: gzip\n\n",
                "HTTP/1.1 204 No Content\nContent-Length: 5\n\nhello",
                "HTTP/1.1 205 Reset Content\nContent-Length: 5\n\nhello",
                "HTTP/1.1 204 No Content\nContent-Encoding: br\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n"
            })
    void aDeleteWithAnEmptyAnswerIsDone(String answer) throws IOException {
        deletes(bytes(answer));
    }

    @Test
    void severalGzipMembersAndPaddingAreAnUnreadableAnswer() throws IOException {
        byte[] one = gzip(RECORD);
        for (byte[] behind : List.of(gzip("more"), new byte[64])) {
            FineTuneException e = failure(with(
                    "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: " + (one.length + behind.length) + "\n\n",
                    one,
                    behind));
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(e.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"br, br", "deflate, deflate", "'gzip, br', 'gzip, br'", "x-gzip, x-gzip"})
    void anEncodingThatWasNotAskedForIsNamed(String encoding, String shown) throws IOException {
        FineTuneException e = failure(
                bytes("HTTP/1.1 200 OK\nContent-Encoding: " + encoding + "\nContent-Length: 3\n\n\u00ce\u00b2\u0003"));
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("encoded as " + shown).hasMessageContaining("not asked for");
        assertThat(e.getMessage()).doesNotContain("\u00ce");
    }

    @Test
    void anErrorInAnEncodingThatWasNotAskedForKeepsItsStatus() throws IOException {
        FineTuneException e =
                failure(bytes("HTTP/1.1 404 Not Found\nContent-Encoding: br\nContent-Length: 3\n\n\u00ce\u00b2\u0003"));
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e.getMessage()).doesNotContain("\u00ce");
    }

    @Test
    void a407OfTheServerItselfIsItsOwnFailure() throws IOException {
        FineTuneException e = failure(bytes("HTTP/1.1 407 Proxy Authentication Required\nContent-Length: 2\n\n{}"));
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.httpStatus()).isEqualTo(407);
        assertThat(e.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9\u00e8", "-1", "12\u0001", "soon", ""})
    void anOddRetryAfterLeavesTheUsualWait(String value) throws IOException {
        FineTuneException e =
                failure(bytes("HTTP/1.1 503 Unavailable\nRetry-After: " + value + "\nContent-Length: 0\n\n"));
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.attempts()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "200, UNREADABLE, 1",
        "400, INVALID, 1",
        "404, NOT_FOUND, 1",
        "500, SERVER, 4",
        "503, SERVER, 4",
        "429, RATE_LIMITED, 4"
    })
    void aBodyThatBreaksOffInAStringIsReadByItsStatus(int status, Kind kind, int attempts) throws IOException {
        for (String body : List.of("\"gateway said no", "{\"errors\": [\"a", "[\"a\\", "\"\\u12", "{\"id", "\"a\n\"")) {
            FineTuneException e =
                    failure(bytes("HTTP/1.1 " + status + " X\nContent-Length: " + bytes(body).length + "\n\n" + body));
            assertThat(e.kind()).as(body).isEqualTo(kind);
            assertThat(e.attempts()).as(body).isEqualTo(attempts);
        }
    }

    @Test
    void aMalformedAnswerToAWriteSaysThatItMayHaveBeenCarriedOut() throws IOException {
        try (RawServer server = new RawServer(NEVER, request -> RawServer.ok("\"gateway said no"));
                FineTuneClient client = server.client(timing).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.stop(ID));
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(e.uncertain()).isTrue();
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void oneMalformedAnswerFailsItsOwnJobOnly() throws IOException {
        try (RawServer server = new RawServer(
                        NEVER,
                        request -> RawServer.ok(
                                request.endsWith("/bad")
                                        ? "\"gateway said no"
                                        : Wire.record(request.substring(request.lastIndexOf('/') + 1))));
                FineTuneClient client = server.client(timing).build()) {
            List<JobResult> results =
                    client.jobs(List.of("plain", "bad", "plain2")).toList();
            assertThat(results).extracting(result -> result.job() != null).containsExactly(true, false, true);
            assertThat(results.get(1).failure())
                    .isInstanceOfSatisfying(
                            FineTuneException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE));
        }
    }

    @Test
    void anExceptionThatNobodyExpectedFailsItsOwnJobOnly() throws IOException {
        okhttp3.OkHttpClient faulty = new okhttp3.OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    okhttp3.Response response = chain.proceed(chain.request());
                    if (chain.request().url().encodedPath().endsWith("/bad")) {
                        throw new IllegalStateException("a defect");
                    }
                    return response;
                })
                .build();
        try (RawServer server = new RawServer(
                        NEVER,
                        request -> RawServer.ok(Wire.record(
                                request.replaceFirst("/(stop|cancel)$", "").replaceFirst(".*/", ""))));
                FineTuneClient client =
                        server.client(timing).okHttpClient(faulty).build()) {
            List<JobResult> results =
                    client.jobs(List.of("plain", "bad", "plain2")).toList();
            assertThat(results).extracting(result -> result.job() != null).containsExactly(true, false, true);
            FineTuneException e = results.get(1).failure();
            assertThat(e)
                    .isNotNull()
                    .hasMessageContaining("IllegalStateException")
                    .hasRootCauseMessage("a defect");
        } finally {
            faulty.connectionPool().evictAll();
        }
    }
}
