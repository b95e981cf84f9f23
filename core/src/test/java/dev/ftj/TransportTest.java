package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects and sizes, and what a caller's client may not change. */
class TransportTest {
    private static final int MAX = 16 * 1024 * 1024;

    @StartStop
    private final MockWebServer server = QuickServer.create();

    @StartStop
    private final MockWebServer other = QuickServer.create();

    private FineTuneException failure() {
        return failure(client(server, new FakeTiming()));
    }

    private static FineTuneException failure(FineTuneClientBuilder builder) {
        try (FineTuneClient client = builder.build()) {
            return catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
        }
    }

    private FineTuneJob job() {
        try (FineTuneClient client = client(server, new FakeTiming()).build()) {
            return client.job(ID);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectWithinTheOriginIsFollowed(int status) throws Exception {
        server.enqueue(answer(status, "Location", "/v0.5/elsewhere?a=b"));
        server.enqueue(ok());
        assertThat(job().id()).isEqualTo(ID);
        server.takeRequest();
        var followed = server.takeRequest();
        assertThat(followed.getRequestLine()).isEqualTo("GET /v0.5/elsewhere?a=b HTTP/1.1");
        assertThat(followed.getHeaders().values("Authorization")).hasSize(1);
    }

    @Test
    void fiveRedirectsAreFollowedAndNotASixth() {
        for (int i = 0; i < 5; i++) {
            server.enqueue(answer(302, "Location", "/a" + i));
        }
        server.enqueue(ok());
        assertThat(job().id()).isEqualTo(ID);
        assertThat(server.getRequestCount()).isEqualTo(6);

        always(server, answer(302, "Location", "/loop"));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessageContaining("/loop").hasMessageContaining("after 5 others");
        assertThat(server.getRequestCount()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:OTHER/x/y?secret=1#f",
                "//127.0.0.1:OTHER/x/y?secret=1",
                "http://localhost:SERVER/x/y?secret=1",
                "https://127.0.0.1:SERVER/x/y?secret=1",
                "http://user:pw@127.0.0.1:SERVER/x/y?secret=1",
                "http://[::1]:SERVER/x/y?secret=1"
            })
    void aRedirectElsewhereIsNamedAndNothingIsSentThere(String location) {
        String target = location.replace("OTHER", "" + other.getPort()).replace("SERVER", "" + server.getPort());
        always(server, answer(302, "Location", target));
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.httpStatus()).isEqualTo(302);
        assertThat(e).hasMessageContaining("/x/y").hasMessageContaining("nothing was sent there");
        assertThat(e.getMessage()).doesNotContain("secret", "pw", "user");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(other.getRequestCount()).isZero();
    }

    @Test
    void aRedirectThatDiffersOnlyInItsPortIsShownWithIt() {
        always(server, answer(302, "Location", "http://127.0.0.1:" + other.getPort() + "/x"));
        assertThat(failure()).hasMessageContaining("http://127.0.0.1:" + other.getPort() + "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/y", "mailto:a@b", "http://", "http://a b/", "javascript:1"})
    void aRedirectToNoAddressIsFinal(String location) {
        always(server, answer(302, "Location", location));
        assertThat(failure().kind()).isEqualTo(Kind.SERVER);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectWithoutATargetIsAnUnexpectedAnswer() {
        always(server, answer(302, ""));
        assertThat(failure()).hasMessageContaining("an unexpected answer (302)");
    }

    @Test
    void anAnswerOfMoreThan16MiBIsLeftUnread() {
        server.enqueue(
                new MockResponse.Builder().chunkedBody(spaces(MAX + 1), 65536).build());
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("larger than 16 MiB");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anAnswerOf16MiBIsRead() throws Exception {
        Buffer body = new Buffer().writeUtf8(Wire.RECORD);
        body.writeAll(spaces(MAX - (int) body.size()));
        server.enqueue(new MockResponse.Builder().chunkedBody(body, 65536).build());
        assertThat(job().json()).isEqualTo(Wire.RECORD);
    }

    @Test
    void anAnswerThatDeclaresTwoGigabytesIsNotWaitedFor() {
        server.enqueue(new MockResponse.Builder()
                .body(Wire.RECORD)
                .setHeader("Content-Length", 2_000_000_000L)
                .build());
        assertThat(failure()).hasMessageContaining("larger than 16 MiB");
    }

    @Test
    void aSmallAnswerThatUnpacksToALargeOneIsLeftUnread() throws Exception {
        Buffer bomb = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(bomb))) {
            for (int i = 0; i < 64; i++) {
                sink.writeAll(spaces(1024 * 1024));
            }
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(bomb)
                .build());
        assertThat(failure().kind()).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void whatIsCalledCompressedAndIsNotIsUnreadable() {
        always(
                server,
                new MockResponse.Builder()
                        .addHeader("Content-Encoding", "gzip")
                        .body(Wire.RECORD)
                        .build());
        assertThat(failure().retryable()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aHugeRefusalIsReadNoFurtherThanAMegabyte() {
        server.enqueue(
                new MockResponse.Builder().code(404).body(spaces(MAX * 2)).build());
        assertThat(failure().kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aRefusalMadeOfOpenTagsIsToldAtOnce() {
        server.enqueue(answer(502, "<script ".repeat(120_000)));
        server.enqueue(answer(404, "<".repeat(1_000_000)));
        assertThat(failure().kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aRefusalThatBreaksOffKeepsItsStatus() {
        always(
                server,
                new MockResponse.Builder()
                        .code(404)
                        .body("{\"detail\": \"gone\"}")
                        .setHeader("Content-Length", 500)
                        .onResponseEnd(new mockwebserver3.SocketEffect.CloseSocket())
                        .build());
        FineTuneException e = failure();
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e).hasMessageContaining("gone");
    }

    @Test
    void plainHttpToThisMachineNeverPassesACallersProxy() throws Exception {
        server.enqueue(ok());
        try (ServerSocket proxy = new ServerSocket(0)) {
            OkHttpClient callers = new OkHttpClient.Builder()
                    .proxy(new Proxy(
                            Proxy.Type.HTTP,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getLocalPort())))
                    .readTimeout(Duration.ofSeconds(5))
                    .build();
            try (FineTuneClient client = client(server).okHttpClient(callers).build()) {
                assertThat(client.job(ID).id()).isEqualTo(ID);
            }
        }
    }

    @Test
    void aCallersClientStaysOpen() {
        OkHttpClient callers = new OkHttpClient();
        always(server, ok());
        for (int i = 0; i < 2; i++) {
            try (FineTuneClient client = client(server).okHttpClient(callers).build()) {
                assertThat(client.job(ID).id()).isEqualTo(ID);
            }
        }
        assertThat(callers.dispatcher().executorService().isShutdown()).isFalse();
        assertThat(callers.connectionPool().connectionCount()).isEqualTo(1);
    }

    @Test
    void localhostMayHaveSeveralAddresses() {
        server.enqueue(ok());
        Endpoint localhost = Endpoint.of("http://localhost:" + server.getPort());
        try (FineTuneClient client =
                client(server).endpoint(localhost).attempts(1).build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
    }

    private static Buffer spaces(int size) {
        return new Buffer().write(" ".repeat(size).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
