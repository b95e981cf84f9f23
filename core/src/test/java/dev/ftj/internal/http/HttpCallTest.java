package dev.ftj.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FakeTiming;
import dev.ftj.internal.http.HttpFailure.Reason;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may be beside a text to the API: files, parts of files, forms, object storage. */
class HttpCallTest {
    @StartStop
    private final MockWebServer api = QuickServer.create();

    @StartStop
    private final MockWebServer storage = QuickServer.create();

    @TempDir
    private Path folder;

    private final FakeTiming time = new FakeTiming();
    private final List<HttpAttempt> attempts = new ArrayList<>();

    private HttpReply run(HttpRequest request) {
        return run(request, Map.of());
    }

    private HttpReply run(HttpRequest request, Map<String, String> environment) {
        return run(request, environment, time);
    }

    private HttpReply run(HttpRequest request, Map<String, String> environment, TimeSource time) {
        TransportSettings connections =
                new TransportSettings(null, Duration.ofSeconds(10), Duration.ofSeconds(10), 2, null, environment);
        String base = "http://127.0.0.1:" + api.getPort() + "/v0.5";
        try (Transport transport = new Transport(base, new Secret("sk_test_secret"), () -> "test", connections)) {
            CallSettings settings = new CallSettings(
                    transport,
                    new RetryPolicy(4, () -> 1.0),
                    time,
                    Duration.ofSeconds(60),
                    reply -> null,
                    attempts::add);
            return new HttpCall(settings, request, null).run();
        }
    }

    private HttpFailure failure(HttpRequest request) {
        return catchThrowableOfType(HttpFailure.class, () -> run(request));
    }

    private String url(String pathAndQuery) {
        return "http://127.0.0.1:" + storage.getPort() + pathAndQuery;
    }

    private static HttpBody text(String text) {
        return HttpBody.bytes(text.getBytes(StandardCharsets.UTF_8), null);
    }

    private HttpRequest put(String pathAndQuery, HttpBody body) {
        return HttpRequest.put(url(pathAndQuery), body, "/{part}", "up-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b/k?X-Amz-Signature=a%2Fb%2f+c~d'e|f&x=%zz&y=&z",
                "/b/k'|^`{}~%2F//k?a=1&&b=\"<>",
                "/?'",
                "/b/k",
                "/b/k?"
            })
    void aPresignedUrlIsSentByteForByteWithoutTheKey(String target) throws Exception {
        storage.enqueue(new MockResponse.Builder().addHeader("ETag", "\"e-1\"").build());
        HttpReply reply = run(put(target, text("part")));
        assertThat(reply.header("ETag")).isEqualTo("\"e-1\"");
        RecordedRequest request = storage.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("PUT " + target + " HTTP/1.1");
        assertThat(request.getBody().utf8()).isEqualTo("part");
        assertThat(request.getHeaders().names()).doesNotContain("Authorization", "Content-Type", "Accept");
        assertThat(request.getHeaders().toString()).doesNotContain("secret");
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.path()).isEqualTo(target.replaceFirst("\\?.*", ""));
            assertThat(attempt.request().route()).isEqualTo("/{part}");
        });
        assertThat(api.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/k?s=hidden, plain http to another machine",
        "http://127.0.0.1.example.com/k?s=hidden, plain http to another machine",
        "https://user:hidden@example.com/k, user name or password",
        "ftp://example.com/hidden, not a URL",
        "https://exa mple.com/hidden, not a URL",
        "https://example.com/hidden\\k, not a URL",
        "https://example.com/hidden\u00e9, not a URL",
        "hidden, not a URL"
    })
    void anUnsafePresignedUrlIsRefusedBeforeAnythingIsSent(String url, String why) {
        HttpFailure failure = failure(HttpRequest.put(url, text(""), "/{part}", null));
        assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(failure).hasMessageContaining(why).hasMessageNotContaining("hidden");
        assertThat(failure.attempts()).isZero();
    }

    @Test
    void storageOverTlsIsReachedFromAnApiOnLoopback() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        storage.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        storage.enqueue(new MockResponse.Builder().build());
        Path pem = Files.writeString(folder.resolve("ca.pem"), certificate.certificatePem());
        HttpRequest request =
                HttpRequest.put("https://127.0.0.1:" + storage.getPort() + "/k?s=1", text("part"), "/{part}", null);
        assertThat(run(request, Map.of("SSL_CERT_FILE", pem.toString())).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308})
    void aRedirectOfStorageIsNotFollowed(int status) {
        storage.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", "/other?s=hidden")
                .build());
        HttpFailure failure = failure(put("/k?s=1", text("part")));
        assertThat(failure.reason()).isEqualTo(Reason.STATUS);
        assertThat(Objects.requireNonNull(failure.reply()).redirect())
                .endsWith("/other")
                .doesNotContain("hidden");
        assertThat(storage.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aPartOfAFileIsStreamedAgainForEachAttempt() throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "0123456789".repeat(70_000));
        storage.enqueue(new MockResponse.Builder().code(503).build());
        storage.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        storage.enqueue(new MockResponse.Builder().build());
        List<Long> progress = new ArrayList<>();
        HttpBody region = HttpBody.region(file, 5, 600_000, "text/csv", progress::add);
        assertThat(run(put("/k", region)).status()).isEqualTo(200);
        RecordedRequest first = storage.takeRequest();
        assertThat(first.getHeaders().get("Content-Length")).isEqualTo("600000");
        assertThat(first.getHeaders().get("Content-Type")).isEqualTo("text/csv");
        assertThat(first.getBody().utf8()).startsWith("5678901").hasSize(600_000);
        assertThat(progress).contains(262_144L, 600_000L);
        assertThat(progress.lastIndexOf(600_000L)).isEqualTo(progress.size() - 1);
        assertThat(attempts).hasSize(2); // a pooled connection that breaks is replaced at once, uncounted
    }

    @Test
    void aFileThatBecameShorterIsALocalFailureAndNotRetried() throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "short");
        HttpFailure failure = failure(put("/k", HttpBody.region(file, 0, 6, null, sent -> {})));
        assertThat(failure.reason()).isEqualTo(Reason.LOCAL);
        assertThat(failure).hasMessageContaining("data became shorter while it was sent");
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneIsALocalFailureThatIsCertainToHaveChangedNothing() {
        HttpBody body = HttpBody.region(folder.resolve("gone"), 0, 6, null, sent -> {});
        HttpFailure failure = failure(HttpRequest.write("POST", "/files", body, "/files", null));
        assertThat(failure.reason()).isEqualTo(Reason.LOCAL);
        assertThat(failure).hasMessageContaining("cannot read").hasMessageContaining("gone");
        assertThat(failure.uncertain()).isFalse();
    }

    @Test
    void aFormHasItsFileAndItsLength() throws Exception {
        Path file = Files.writeString(folder.resolve("train.csv"), "a,b\n1,2\n");
        api.enqueue(new MockResponse.Builder().build());
        HttpBody form = HttpBody.form("file", "tr\"ain.csv", HttpBody.region(file, 0, 8, "text/csv", sent -> {}));
        run(HttpRequest.write("POST", "/files", form, "/files", null));
        RecordedRequest request = api.takeRequest();
        String type = request.getHeaders().get("Content-Type");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        String line = "--" + type.substring(type.indexOf('=') + 1);
        String expected = line
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tr%22ain.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\na,b\n1,2\n\r\n" + line + "--\r\n";
        assertThat(request.getBody().utf8()).isEqualTo(expected);
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo(String.valueOf(expected.length()));
        assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer sk_test_secret");
    }

    @Test
    void aRequestMayHaveADeadlineOfItsOwn() {
        for (int i = 0; i < 4; i++) {
            storage.enqueue(new MockResponse.Builder()
                    .code(503)
                    .addHeader("Retry-After", "3600")
                    .build());
        }
        HttpRequest request = put("/k", text("part"));
        assertThat(failure(request).attempts()).isEqualTo(1);
        assertThat(failure(request.within(Duration.ofHours(3))).attempts()).isEqualTo(3);
    }

    @Test
    @Timeout(60)
    void aServerThatSends100ContinueWithoutEndIsLeftAtTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread sender = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    while (true) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // the client has gone
                }
            });
            sender.start();
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/b/k";
            HttpRequest request =
                    HttpRequest.put(url, text("part"), "/{part}", "up-1").within(Duration.ofSeconds(1));
            HttpFailure failure =
                    catchThrowableOfType(HttpFailure.class, () -> run(request, Map.of(), new TimeSource()));
            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            sender.join();
        }
    }
}
