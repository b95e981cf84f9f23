package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.EnvironmentProxySelector;
import dev.ftj.testing.QuickServer;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    /** A proxy and, behind its tunnel, the target: the same socket plays both. */
    @StartStop
    private final MockWebServer proxy = QuickServer.create();

    @TempDir
    private Path folder;

    private static boolean isProxied(Map<String, String> environment, String url) {
        return EnvironmentProxySelector.of(environment)
                        .select(URI.create(url))
                        .get(0)
                        .type()
                != Proxy.Type.DIRECT;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void theVariablesCountInEitherCase(String variable) {
        assertThat(isProxied(Map.of(variable, "http://proxy:3128"), "https://host/"))
                .isTrue();
        assertThat(isProxied(Map.of(variable, "proxy:3128"), "https://host/")).isTrue();
        assertThat(isProxied(Map.of(variable, "http://squid_proxy:3128"), "https://host/"))
                .isTrue();
        assertThat(isProxied(Map.of(variable, " "), "https://host/")).isFalse();
        for (String own : new String[] {"https://localhost/", "https://127.9.9.9/", "https://[::1]/"}) {
            assertThat(isProxied(Map.of(variable, "http://proxy:3128"), own)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "host.example, true",
        "example, true",
        ".example, true",
        "*.example, true",
        "HOST.EXAMPLE, true",
        "'a, host.example', true",
        "host.example:443, true",
        "host.example:80, false",
        "xample, false",
        "other.example, false",
        "'', false",
        "10.0.0.0/8, false"
    })
    void someHostsAreReachedDirectly(String noProxy, boolean direct) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://proxy", "no_proxy", noProxy);
        assertThat(isProxied(environment, "https://host.example/")).isEqualTo(!direct);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, https://10.1.2.3/, true",
        "10.0.0.0/8, https://11.1.2.3/, false",
        "10.1.2.3, https://10.1.2.3/, true",
        "fd00::/8, https://[fd12::1]/, true",
        "fd12::1, https://[fd12::1]/, true",
        "10.0.0.0/99, https://10.1.2.3/, false",
        "10.0.0.0/x, https://10.1.2.3/, false"
    })
    void addressesAndNetworksAreMatched(String noProxy, String url, boolean direct) {
        assertThat(isProxied(Map.of("HTTPS_PROXY", "http://proxy", "NO_PROXY", noProxy), url))
                .isEqualTo(!direct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@proxy",
                "http://hunter2@",
                "http://u:hunter2@proxy:99999",
                "http://u:hunter2@proxy:0",
                "http://u:hunter2@proxy:80:80",
                "ftp://u:hunter2@proxy",
                "http://u:hunter2@pro xy",
                "socks5://u:hunter2@proxy"
            })
    void aProxyOfNoUseIsRefusedWithoutShowingItsPassword(String url) {
        FineTuneException e = catchThrowableOfType(
                FineTuneException.class,
                () -> FineTuneClient.builder()
                        .environment(Map.of("HTTPS_PROXY", url, "ATAI_API_KEY", Wire.CANARY))
                        .build());
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
        assertThat(e).hasMessageNotContaining("hunter2").hasNoCause();
    }

    private FineTuneClientBuilder proxied() throws Exception {
        proxy.useHttps(TrustTest.SERVER.sslSocketFactory());
        String pem = Files.writeString(folder.resolve("ca.pem"), TrustTest.authorityPem())
                .toString();
        return Wire.client(proxy, new FakeTiming())
                .environment(
                        Map.of("HTTPS_PROXY", "http://me:p%40ss@127.0.0.1:" + proxy.getPort(), "SSL_CERT_FILE", pem))
                .endpoint(Endpoint.of("https://api.example"));
    }

    /** {@code api.example} is no name that a resolver knows: only the proxy can have been given it. */
    @Test
    void theProxyIsGivenTheNameAndTheCredentialsAndTheTargetNeither() throws Exception {
        FineTuneClientBuilder builder = proxied();
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(Wire.ok());
        try (FineTuneClient client = builder.build()) {
            assertThat(client.job("ftj-1").id()).isEqualTo("ftj-1");
        }
        var connect = proxy.takeRequest();
        assertThat(connect.getRequestLine()).isEqualTo("CONNECT api.example:443 HTTP/1.1");
        assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6cEBzcw==");
        assertThat(connect.getHeaders().get("Authorization")).isNull();
        var request = proxy.takeRequest();
        assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Wire.CANARY);
    }

    @Test
    void aTargetThatAsksForTheProxysCredentialsDoesNotGetThem() throws Exception {
        FineTuneClientBuilder builder = proxied();
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(Wire.answer(407, "Proxy-Authenticate", "Basic"));
        try (FineTuneClient client = builder.build()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.job("ftj-1")))
                    .isNotNull();
        }
        assertThat(proxy.getRequestCount()).isEqualTo(2);
        proxy.takeRequest();
        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
    }

    private static FineTuneException failure(FineTuneClientBuilder builder) {
        try (FineTuneClient client = builder.build()) {
            return catchThrowableOfType(FineTuneException.class, () -> client.job("ftj-1"));
        }
    }

    @Test
    void aTargetBehindTheProxyThatWantsProxyCredentialsIsItsOwnFailure() throws Exception {
        FineTuneClientBuilder builder = proxied();
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(Wire.answer(407, "Proxy-Authenticate", "Basic"));
        FineTuneException e = failure(builder);
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.httpStatus()).isEqualTo(407);
    }

    @ParameterizedTest
    @CsvSource({"403, 1", "404, 1", "502, 4", "503, 4"})
    void aProxyThatRefusesTheTunnelIsNamed(int status, int attempts) throws Exception {
        FineTuneClientBuilder builder = proxied();
        for (int i = 0; i < 4; i++) {
            proxy.enqueue(new MockResponse.Builder().inTunnel().code(status).build());
        }
        FineTuneException e = failure(builder);
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e.attempts()).isEqualTo(attempts);
        assertThat(e)
                .hasMessageContaining("the proxy 127.0.0.1:" + proxy.getPort() + " refused to connect to api.example ("
                        + status + ")")
                .hasMessageContaining("NO_PROXY")
                .hasMessageNotContaining("broke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void aProxyThatDoesNotListenIsNamed(String scheme) throws Exception {
        int free;
        try (var socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        FineTuneException e = failure(Wire.client(proxy, new FakeTiming())
                .environment(Map.of("HTTPS_PROXY", scheme + "://127.0.0.1:" + free))
                .endpoint(Endpoint.of("https://api.example")));
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e).hasMessageContaining("the proxy 127.0.0.1:" + free).hasMessageContaining("HTTPS_PROXY");
    }

    @Test
    void aProxyWithoutAnAddressIsNamed() {
        FineTuneException e = failure(Wire.client(proxy, new FakeTiming())
                .environment(Map.of("HTTPS_PROXY", "http://no-such-proxy.invalid:3128"))
                .endpoint(Endpoint.of("https://api.example")));
        assertThat(e).hasMessageContaining("cannot resolve the proxy no-such-proxy.invalid:3128");
    }

    @Test
    void aProxyThatWantsOtherCredentialsIsAskedOnceAndToldOf() throws Exception {
        FineTuneClientBuilder builder = proxied();
        for (int i = 0; i < 4; i++) {
            proxy.enqueue(new MockResponse.Builder()
                    .inTunnel()
                    .code(407)
                    .addHeader("Proxy-Authenticate", "Basic")
                    .build());
        }
        try (FineTuneClient client = builder.build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job("ftj-1"));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e.attempts()).isEqualTo(1);
            assertThat(e)
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.getPort() + " failed (407)")
                    .hasMessageContaining("HTTPS_PROXY")
                    .hasMessageNotContaining("p@ss");
        }
        assertThat(proxy.getRequestCount()).isEqualTo(1);
    }
}
