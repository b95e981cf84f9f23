package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    @TempDir
    private Path folder;

    private FineTuneClientBuilder overTls(String host) throws IOException {
        server.useHttps(TrustTest.SERVER.sslSocketFactory());
        Path pem = Files.writeString(folder.resolve("ca.pem"), TrustTest.authorityPem());
        return Wire.client(server)
                .environment(Map.of("SSL_CERT_FILE", pem.toString()))
                .endpoint(Endpoint.of("https://" + host + ":" + server.getPort()));
    }

    @Test
    void aConnectionIsMadeAndNoRequestIsSentOverIt() throws Exception {
        try (FineTuneClient client = overTls("127.0.0.1").build()) {
            SSLSession session = client.checkConnection().orElseThrow();
            assertThat(session.getProtocol()).isIn("TLSv1.3", "TLSv1.2");
            assertThat(session.getPeerCertificates()).isNotEmpty();
            assertThat(server.getRequestCount()).isZero();

            server.enqueue(Wire.ok());
            assertThat(client.job(Wire.ID).id()).isEqualTo(Wire.ID);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void plainHttpHasNothingToAgreeUpon() {
        try (FineTuneClient client = Wire.client(server).build()) {
            assertThat(client.checkConnection()).isEmpty();
            assertThat(client.proxy()).isEqualTo(Proxy.NO_PROXY);
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theProxyIsAskedForATunnelAndNeverSeesTheKey() throws Exception {
        FineTuneClientBuilder builder = overTls("127.0.0.1")
                .environment(Map.of(
                        "HTTPS_PROXY",
                        "http://me:hunter2@127.0.0.1:" + server.getPort(),
                        "SSL_CERT_FILE",
                        folder.resolve("ca.pem").toString()))
                .endpoint(Endpoint.of("https://api.example"));
        server.enqueue(new MockResponse.Builder().inTunnel().build());
        try (FineTuneClient client = builder.build()) {
            assertThat(client.checkConnection()).isPresent();
            assertThat(client.proxy())
                    .isEqualTo(new Proxy(
                            Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", server.getPort())))
                    .asString()
                    .doesNotContain("hunter2");
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
        var tunnel = server.takeRequest();
        assertThat(tunnel.getRequestLine()).startsWith("CONNECT api.example:443");
        assertThat(tunnel.getHeaders().toString()).doesNotContain(Wire.CANARY);
    }

    @Test
    void theProxyOfACallersClientIsToldAsWell() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128));
        OkHttpClient callers = new OkHttpClient.Builder().proxy(proxy).build();
        for (FineTuneClientBuilder builder : new FineTuneClientBuilder[] {
            Wire.client(server).okHttpClient(callers), Wire.client(server).proxy(proxy)
        }) {
            try (FineTuneClient client =
                    builder.endpoint(Endpoint.of("https://api.example")).build()) {
                assertThat(client.proxy()).isEqualTo(proxy);
            }
        }
    }

    @Test
    void theCauseTellsWhatFailed() throws Exception {
        try (FineTuneClient client = overTls("127.0.0.1").environment(Map.of()).build()) {
            assertThat(catchThrowableOfType(FineTuneException.class, client::checkConnection))
                    .hasCauseInstanceOf(SSLException.class);
        }
        int port = server.getPort();
        server.close();
        try (FineTuneClient client = Wire.client(server)
                .endpoint(Endpoint.of("http://127.0.0.1:" + port))
                .build()) {
            assertThat(catchThrowableOfType(FineTuneException.class, client::checkConnection))
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anotherHostsCertificateIsStillToldByItsType() throws Exception {
        HeldCertificate others = new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.example")
                .build();
        FineTuneClientBuilder builder = overTls("127.0.0.1");
        Files.writeString(folder.resolve("ca.pem"), others.certificatePem());
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(others)
                .build()
                .sslSocketFactory());
        try (FineTuneClient client = builder.build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, client::checkConnection);
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e).hasCauseInstanceOf(SSLPeerUnverifiedException.class);
        }
    }

    @Test
    void itEndsWithTheDeadlineAnInterruptOrTheClient() throws Exception {
        try (ServerSocket first = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(60_000);
            FineTuneClientBuilder builder =
                    overTls("127.0.0.1").endpoint(Endpoint.of("https://127.0.0.1:" + first.getLocalPort()));
            try (FineTuneClient client = builder.timeout(Duration.ofMillis(200)).build()) {
                FineTuneException e = catchThrowableOfType(FineTuneException.class, client::checkConnection);
                assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            }
            FineTuneClient client = builder.endpoint(Endpoint.of("https://127.0.0.1:" + silent.getLocalPort()))
                    .timeout(Duration.ofMinutes(5))
                    .build();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    client.checkConnection();
                } catch (FineTuneException e) {
                    failure.set(e);
                }
            });
            waiting.start();
            try (Socket connected = silent.accept()) {
                waiting.interrupt();
                waiting.join();
                assertThat(connected.isBound()).isTrue();
            }
            assertThat(failure.get())
                    .isInstanceOfSatisfying(
                            FineTuneException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
            client.close();
            assertThatThrownBy(client::checkConnection).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatHappenedIsToldWithoutTheAdvice() {
        server.enqueue(Wire.answer(
                401, "{\"errors\": [{\"code\": \"bad_key\", \"message\": \"No.\", \"suggestion\": \"Renew it.\"}]}"));
        try (FineTuneClient client = Wire.client(server).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, client::nodeStatus);
            assertThat(e.summary()).isEqualTo("the server refused the API key (401): No (bad_key)");
            assertThat(e).hasMessage(e.summary() + ". Renew it.");
        }
    }
}
