package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.HttpFailure;
import dev.ftj.internal.http.TlsTrust;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .addSubjectAlternativeName("api.example")
            .build();
    static final HandshakeCertificates SERVER =
            new HandshakeCertificates.Builder().heldCertificate(CERTIFICATE).build();

    @StartStop
    private final MockWebServer server = QuickServer.create();

    @TempDir
    private Path folder;

    private final FakeTiming timing = new FakeTiming();

    static HandshakeCertificates ofAClient() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
    }

    static String authorityPem() {
        return AUTHORITY.certificatePem();
    }

    private FineTuneClientBuilder client(Map<String, String> environment) {
        return Wire.client(server, timing)
                .environment(environment)
                .endpoint(Endpoint.of("https://127.0.0.1:" + server.getPort()));
    }

    private FineTuneClientBuilder trusting() throws Exception {
        return client(Map.of("SSL_CERT_FILE", file(authorityPem())));
    }

    private String file(String content) throws Exception {
        return Files.writeString(folder.resolve("more.pem"), content).toString();
    }

    @Test
    void aCertificateOfNobodyIsNeverTriedAgain() {
        server.useHttps(SERVER.sslSocketFactory());
        always(server, ok());
        try (FineTuneClient client = client(Map.of()).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e.retryable()).isFalse();
            assertThat(e.attempts()).isEqualTo(1);
            assertThat(e).hasMessageContaining("TLS with 127.0.0.1").hasMessageContaining("SSL_CERT_FILE");
        }
        assertThat(timing.waits).isEmpty();
    }

    @Test
    void aFurtherAuthorityIsTrusted() throws Exception {
        server.useHttps(SERVER.sslSocketFactory());
        always(server, ok());
        try (FineTuneClient client = trusting().build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
        var request = server.takeRequest();
        assertThat(request.getVersion()).isEqualTo("HTTP/2");
        assertThat(request.getHandshake().tlsVersion().javaName()).isIn("TLSv1.3", "TLSv1.2");
    }

    @Test
    void theStandardAuthoritiesStayTrusted() throws Exception {
        TlsTrust trust = TlsTrust.fromEnvironment(Map.of("SSL_CERT_FILE", file(authorityPem())), Runnable::run);
        var stranger = new okhttp3.tls.HeldCertificate.Builder().build().certificate();
        trust.checkServerTrusted(chain(AUTHORITY.certificate()), "ECDHE_ECDSA");
        trust.checkServerTrusted(chain(standardIssuers()[0]), "ECDHE_ECDSA");
        assertThatThrownBy(() -> trust.checkServerTrusted(chain(stranger), "ECDHE_ECDSA"))
                .isInstanceOf(java.security.cert.CertificateException.class);
    }

    private static X509Certificate[] standardIssuers() throws Exception {
        javax.net.ssl.TrustManagerFactory standard =
                javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        standard.init((java.security.KeyStore) null);
        return ((javax.net.ssl.X509TrustManager) standard.getTrustManagers()[0]).getAcceptedIssuers();
    }

    private static X509Certificate[] chain(X509Certificate certificate) {
        return new X509Certificate[] {certificate};
    }

    @Test
    void anotherHostsCertificateIsRefused() throws Exception {
        HeldCertificate others = new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .addSubjectAlternativeName("other.example")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(others)
                .build()
                .sslSocketFactory());
        always(server, ok());
        try (FineTuneClient client = trusting().build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.retryable()).isFalse();
        }
        assertThat(server.getRequestCount()).isZero();
    }

    /** Java does not look at the dates of an authority itself, but at all below it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExpiredCertificateIsToldAsThat(boolean intermediate) throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate root =
                new HeldCertificate.Builder().certificateAuthority(1).build();
        HeldCertificate.Builder between =
                new HeldCertificate.Builder().certificateAuthority(0).signedBy(root);
        HeldCertificate.Builder leaf = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1");
        (intermediate ? between : leaf).validityInterval(now - 200_000_000, now - 100_000_000);
        HeldCertificate issuer = between.build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(leaf.signedBy(issuer).build(), issuer.certificate())
                .build()
                .sslSocketFactory());
        always(server, ok());
        try (FineTuneClient client =
                client(Map.of("SSL_CERT_FILE", file(root.certificatePem()))).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e.hint()).contains("expired").doesNotContain("If a proxy signs");
        }
    }

    /** Answers each connection's first bytes with these, and closes it; returns how many there were. */
    private int connections(byte[] answer, int attempts) throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (ServerSocket raw = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CallDispatcher.Worker accepting = new CallDispatcher.Worker(() -> {
                while (true) {
                    try (Socket socket = raw.accept()) {
                        count.incrementAndGet();
                        socket.getInputStream().readNBytes(5);
                        socket.getInputStream().skip(socket.getInputStream().available());
                        socket.getOutputStream().write(answer);
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            accepting.start();
            try (FineTuneClient client = trusting()
                    .endpoint(Endpoint.of("https://127.0.0.1:" + raw.getLocalPort()))
                    .build()) {
                FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
                assertThat(e.kind()).isEqualTo(Kind.NETWORK);
                assertThat(e.attempts()).isEqualTo(attempts);
                assertThat(e.retryable()).isEqualTo(attempts > 1);
            }
        }
        return count.get();
    }

    @Test
    void aServerThatRefusesTheVersionOfTlsIsAskedOnce() throws Exception {
        byte[] protocolVersion = {21, 3, 1, 0, 2, 2, 70}; // a fatal alert
        assertThat(connections(protocolVersion, 1)).isEqualTo(1);
    }

    /** As a balancer does whose backend restarts. */
    @Test
    void aConnectionThatIsClosedInTheHandshakeIsTriedAgain() throws Exception {
        assertThat(connections(new byte[0], 4)).isEqualTo(4);
    }

    @Test
    void anAnswerThatBreaksOffUnderTlsIsTriedAgain() throws Exception {
        server.useHttps(SERVER.sslSocketFactory());
        server.setProtocols(List.of(okhttp3.Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder()
                .body(Wire.RECORD)
                .setHeader("Content-Length", 5000)
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(ok());
        try (FineTuneClient client = trusting().build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameWithSeveralAddressesWorksWhereOneListens(boolean fastFallback) throws Exception {
        server.useHttps(SERVER.sslSocketFactory());
        always(server, ok());
        HandshakeCertificates trusted = ofAClient();
        OkHttpClient callers = new OkHttpClient.Builder()
                .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
                .fastFallback(fastFallback)
                .dns(host -> Stream.of("127.0.0.2", "127.0.0.1")
                        .map(TrustTest::address)
                        .toList())
                .build();
        try (FineTuneClient client = client(Map.of())
                .okHttpClient(callers)
                .endpoint(Endpoint.of("https://api.example:" + server.getPort()))
                .attempts(1)
                .build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "\u0000\u0001"})
    void aFileWithoutACertificateIsNamed(String content) throws Exception {
        String file = file(content);
        try (FineTuneClient client = client(Map.of("SSL_CERT_FILE", file)).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.LOCAL);
            assertThat(e.jobId()).isEqualTo(ID);
            assertThat(e.attempts()).isZero();
            assertThat(e).hasMessageContaining(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CERT",
                "\uFEFFCERT",
                "Comment\n-----------\nCERT",
                "0 comment\nCERT",
                "KEYCERT",
                "CERTCERT",
                "CERT-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\nCERT"
            })
    void whatElseABundleHoldsIsSkipped(String content) throws Exception {
        String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        String bundle = content.replace("KEY", key)
                .replace("CERT-----", "CERT\n-----")
                .replace("CERT", authorityPem().strip());
        server.useHttps(SERVER.sslSocketFactory());
        always(server, ok());
        try (FineTuneClient client =
                client(Map.of("SSL_CERT_FILE", file(bundle))).build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
    }

    @Test
    void aFileThatIsNotThereOrADirectoryIsNamed() {
        for (Path file : List.of(folder.resolve("missing"), folder)) {
            HttpFailure e = catchThrowableOfType(
                    HttpFailure.class,
                    () -> TlsTrust.fromEnvironment(Map.of("SSL_CERT_FILE", file.toString()), Runnable::run));
            assertThat(e.reason()).isEqualTo(HttpFailure.Reason.LOCAL);
            assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("cannot be read");
        }
    }

    @Test
    void anEmptyVariableMeansTheAuthoritiesOfThisJavaAlone() throws Exception {
        for (Map<String, String> environment : List.of(Map.of("SSL_CERT_FILE", ""), Map.<String, String>of())) {
            TlsTrust trust = TlsTrust.fromEnvironment(environment, Runnable::run);
            trust.checkServerTrusted(chain(standardIssuers()[0]), "ECDHE_ECDSA");
            assertThatThrownBy(() -> trust.checkServerTrusted(chain(AUTHORITY.certificate()), "ECDHE_ECDSA"))
                    .isInstanceOf(java.security.cert.CertificateException.class);
        }
    }
}
