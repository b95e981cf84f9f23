package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
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

@Timeout(60)
class DoctorTest {
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Test \u202eauthority")
            .build();

    /** No resolver is asked for a label of more than 63 letters. */
    private static final String NO_NAME = "a".repeat(64) + ".example";

    private static final String NODE = "{\"status\": \"READY\"}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    @TempDir
    Path elsewhere;

    private Program plain() {
        return Program.of(server, home);
    }

    private Program overTls(HeldCertificate.Builder certificate) throws IOException {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate.signedBy(AUTHORITY).build())
                .build()
                .sslSocketFactory());
        Path pem = Files.writeString(elsewhere.resolve("ca.pem"), AUTHORITY.certificatePem());
        return plain().with("ATAI_API_ENDPOINT", "https://127.0.0.1:" + server.getPort())
                .with("SSL_CERT_FILE", pem.toString());
    }

    private static HeldCertificate.Builder ofThisHost() {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .addSubjectAlternativeName("api.example");
    }

    /** The server on loopback is the proxy and, behind its tunnel, the host as well. */
    private Program throughProxy() throws IOException {
        return overTls(ofThisHost())
                .with("ATAI_API_ENDPOINT", "https://api.example")
                .with("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:" + server.getPort());
    }

    private void answers(int status, String body, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        answers(response.build());
    }

    private void answers(MockResponse response) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response;
            }
        });
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static List<String> failing(Result result) {
        return having(result, "false");
    }

    private static List<String> having(Result result, String ok) {
        return Pattern.compile("\"check\":\"(\\w+)\",\"ok\":" + ok)
                .matcher(result.out())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String line(Result result, String check) {
        return result.out()
                .lines()
                .filter(line -> line.contains("\"check\":\"" + check + "\""))
                .findFirst()
                .orElseThrow();
    }

    /** Exactly that check fails, it says what to do, what depends on it is not tried, and nothing is shown of secrets. */
    private static void onlyFails(Result result, String check, int code, String hint, String... works) {
        assertThat(failing(result)).containsExactly(check);
        assertThat(line(result, check)).contains(hint).doesNotContain("\"hint\":null");
        assertThat(having(result, "true")).containsExactly(works);
        assertThat(result.out()).hasLineCount(7).doesNotContain("hunter2").doesNotContain("0123456789");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void whereAllWorksEachLineSaysSo() throws Exception {
        answers(200, NODE, "Date", date(Instant.now()));

        Result result = overTls(ofThisHost()).run("doctor");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        String port = ":" + server.getPort();
        assertThat(result.out().lines().map(line -> line.replaceAll("\\d+ s of", "N s of")))
                .satisfiesExactly(
                        dns -> assertThat(dns).isEqualTo("ok    DNS      127.0.0.1 -> 1 address: 127.0.0.1"),
                        tcp -> assertThat(tcp).isEqualTo("ok    TCP      127.0.0.1" + port + " accepts connections"),
                        proxy -> assertThat(proxy).isEqualTo("--    proxy    none for this host"),
                        tls -> assertThat(tls)
                                .startsWith("ok    TLS      TLSv1.3, the certificate is signed by CN=Test \\u202e"),
                        clock -> assertThat(clock).isEqualTo("ok    clock    within N s of the server's"),
                        key -> assertThat(key).isEqualTo("ok    key      sk_...4e60 of ATAI_API_KEY: accepted"),
                        service -> assertThat(service)
                                .isEqualTo("ok    service  it responds, and the fine-tune node is READY"));
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(server.takeRequest().getRequestLine()).startsWith("GET /v0.5/fine-tune/status ");
    }

    @Test
    void aDeadPort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Result result = plain().run("doctor", "--endpoint", "https://127.0.0.1:" + port, "-o", "jsonl");

        onlyFails(result, "TCP", 6, "Check the port", "DNS");
        assertThat(line(result, "TLS")).contains("not tried");
    }

    @Test
    void aNameThatNobodyKnows() {
        Result result = plain().run("doctor", "--endpoint", "https://" + NO_NAME, "-o", "jsonl");

        onlyFails(result, "DNS", 6, "Check the name");
    }

    @Test
    void aCertificateThatIsNotTrusted() throws Exception {
        Result result = overTls(ofThisHost()).without("SSL_CERT_FILE").run("doctor", "-o", "jsonl");

        onlyFails(result, "TLS", 6, "SSL_CERT_FILE", "DNS", "TCP");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aCertificateOfAnotherHost() throws Exception {
        Result result = overTls(new HeldCertificate.Builder().addSubjectAlternativeName("other.example"))
                .run("doctor", "-o", "jsonl");

        onlyFails(result, "TLS", 6, "the certificate is for another name", "DNS", "TCP");
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, 1})
    void aCertificateOfAnotherDayMayBeTheClocksFault(long days) throws Exception {
        long day = TimeUnit.DAYS.toMillis(1);
        long now = Instant.now().toEpochMilli();

        Result result = overTls(ofThisHost().validityInterval(now + days * day, now + (days + 1) * day))
                .run("doctor", "-o", "jsonl");

        onlyFails(result, "TLS", 6, "Check this machine's clock", "DNS", "TCP");
    }

    @Test
    void aCertificateFileThatIsNotThere() throws Exception {
        Result result = overTls(ofThisHost())
                .with("SSL_CERT_FILE", elsewhere.resolve("none").toString())
                .run("doctor", "-o", "jsonl");

        onlyFails(result, "TLS", 6, "Fix or unset SSL_CERT_FILE", "DNS", "TCP");
    }

    @Test
    void aPortWhereNoTlsIsSpoken() {
        Result result = plain().run("doctor", "--endpoint", "https://127.0.0.1:" + server.getPort(), "-o", "jsonl");

        assertThat(failing(result)).containsExactly("TLS");
        assertThat(result.code()).isEqualTo(6);
    }

    @Test
    void aServerThatIsSilentInTheHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Result result = plain().run(
                            "doctor",
                            "--endpoint",
                            "https://127.0.0.1:" + silent.getLocalPort(),
                            "--timeout",
                            "1s",
                            "-ojsonl");

            onlyFails(result, "TLS", 6, "Check that this port uses TLS", "DNS", "TCP");
        }
    }

    @Test
    void aProxyThatWantsOtherCredentials() throws Exception {
        Program ftj = throughProxy();
        server.enqueue(new MockResponse.Builder()
                .inTunnel()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic")
                .build());

        Result result = ftj.run("doctor", "-o", "jsonl");

        onlyFails(result, "proxy", 6, "Give its user and password in HTTPS_PROXY");
        assertThat(line(result, "proxy")).contains("407").contains("127.0.0.1:" + server.getPort());
        assertThat(line(result, "DNS")).contains("left to the proxy");
    }

    @Test
    void aProxyThatDoesNotReachTheHost() throws Exception {
        Program ftj = throughProxy();
        server.enqueue(new MockResponse.Builder().inTunnel().code(502).build());

        onlyFails(ftj.run("doctor", "-o", "jsonl"), "proxy", 6, "may reach api.example:443");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1, HTTPS_PROXY", "https://me:hunter2@proxy.example, HTTPS_PROXY"})
    void aProxyThatIsNotThereOrOfNoUse(String url, String hint) throws Exception {
        onlyFails(throughProxy().with("HTTPS_PROXY", url).run("doctor", "-o", "jsonl"), "proxy", 6, hint);
    }

    @Test
    void aProxyWhoseNameNobodyKnows() throws Exception {
        Result result = throughProxy().with("HTTPS_PROXY", NO_NAME + ":3128").run("doctor", "-o", "jsonl");

        onlyFails(result, "proxy", 6, "HTTPS_PROXY");
        assertThat(line(result, "proxy")).contains("cannot resolve the proxy");
    }

    /** {@code api.example} is no name that a resolver knows. */
    @Test
    void aMachineThatResolvesNamesOnlyThroughItsProxyIsNoFailure() throws Exception {
        Program ftj = throughProxy();
        server.enqueue(new MockResponse.Builder().inTunnel().build());
        server.enqueue(new MockResponse.Builder().body(NODE).build());

        Result result = ftj.run("doctor", "-o", "jsonl");

        assertThat(result.code()).isZero();
        assertThat(failing(result)).isEmpty();
        assertThat(having(result, "true")).containsExactly("proxy", "TLS", "key", "service");
        assertThat(line(result, "DNS")).contains("left to the proxy");
        assertThat(line(result, "clock")).contains("the response has no Date");
    }

    @Test
    void aProxyThatSignsForTheHost() throws Exception {
        Program ftj = throughProxy().without("SSL_CERT_FILE");
        server.enqueue(new MockResponse.Builder().inTunnel().build());

        onlyFails(ftj.run("doctor", "-o", "jsonl"), "TLS", 6, "SSL_CERT_FILE", "proxy");
    }

    @ParameterizedTest
    @CsvSource({"-3600, 60 min ahead of", "3600, 1 h behind", "-400, 6 min ahead of"})
    void aClockThatIsOff(long seconds, String told) throws Exception {
        answers(200, NODE, "Date", date(Instant.now().plusSeconds(seconds)));

        Result result = overTls(ofThisHost()).run("doctor", "-o", "jsonl");

        onlyFails(result, "clock", 1, "Set the clock", "DNS", "TCP", "TLS", "key", "service");
    }

    @ParameterizedTest
    @CsvSource({"401, ATAI_API_KEY", "403, Ask for access"})
    void aKeyThatIsRefused(int status, String hint) throws Exception {
        answers(status, "{\"detail\": \"no " + Program.KEY + "\"}", "Date", date(Instant.now()));

        Result result = overTls(ofThisHost()).run("doctor", "-o", "jsonl");

        onlyFails(result, "key", 3, hint, "DNS", "TCP", "TLS", "clock");
        assertThat(line(result, "key")).contains("sk_...4e60 of ATAI_API_KEY").contains("(" + status + ")");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void withoutAKeyTheWayIsGoneAndNothingIsAsked() throws Exception {
        Result result = overTls(ofThisHost()).without("ATAI_API_KEY").run("doctor", "-o", "jsonl");

        onlyFails(result, "key", 3, "Set ATAI_API_KEY", "DNS", "TCP", "TLS");
        assertThat(line(result, "service")).contains("there is no key");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aKeyFileThatCannotBeRead() {
        Result result = plain().run(
                        "doctor",
                        "-ojsonl",
                        "--api-key-file",
                        elsewhere.resolve("none").toString());

        onlyFails(result, "key", 1, "Check the path", "DNS", "TCP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"errors\": [{\"message\": \"x\", \"error_uid\": \"err-9\"}]} | err-9",
                "503 | | Try again later",
                "429 | | Try again in a minute",
                "404 | {\"detail\": \"Not Found\"} | Check the path of the endpoint http://127.0.0.1:",
                "400 | | Correct",
                "302 | | Check the endpoint",
                "200 | <html><body>Welcome to our hotel</body></html> | what stands between it and you"
            })
    void aServiceThatFailsOrIsAnother(int status, String body, String hint) {
        answers(status, body == null ? "" : body, "Location", "https://login.example/", "Date", date(Instant.now()));

        Result result = plain().run("doctor", "-o", "jsonl");

        onlyFails(result, "service", 5, hint, "DNS", "TCP", "clock");
        assertThat(line(result, "TLS")).contains("\"ok\":null").contains("plain http");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aServiceThatTakesTheRequestAndIsSilent() {
        answers(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        onlyFails(plain().run("doctor", "-ojsonl", "--timeout=1s"), "service", 6, "Allow more time", "DNS", "TCP");
    }

    @Test
    void theSimulatedApiIsReachedWithAKeyOfItsOwn() {
        Result result = Program.in(home).run("doctor", "--sandbox", "-o", "jsonl");

        assertThat(having(result, "true")).contains("DNS", "TCP");
        assertThat(line(result, "key")).contains(" of sandbox");
    }

    @Test
    void whatTheServerSaysNeverActsOnTheTerminal() throws Exception {
        answers(401, "{\"detail\": \"\\u001b[2J\\u202e\\r\\n\"}");
        for (String format : new String[] {"text", "json", "jsonl", "yaml"}) {
            String out = overTls(ofThisHost())
                    .at("ioe")
                    .run("doctor", "-o", format, "--color", "never")
                    .out();

            assertThat(out.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
            assertThat(out).doesNotContain("\u202e").contains("[2J");
        }
    }

    @Test
    void jsonIsAnArrayAndYamlTheSame() {
        answers(200, NODE);
        String json = plain().run("doctor", "-o", "json").out();
        assertThat(json)
                .startsWith("[{\"check\":\"DNS\",\"ok\":true,\"detail\":\"127.0.0.1 -> ")
                .endsWith("}]\n");
        assertThat(plain().run("doctor", "-o", "yaml").out()).startsWith("- check: \"DNS\"\n  ok: true\n  detail: ");
        assertThat(plain().at("o").run("doctor", "-o", "json").out())
                .startsWith("[\n  {\n    \"check\": \"DNS\",\n    \"ok\": true,\n");
    }

    @Test
    void twentyColumnsAreEnoughAndColoursAreForTerminals() {
        answers(503, "");
        Program ftj = plain();
        Result narrow = ftj.with("COLUMNS", "20").at("o").run("doctor", "--color", "never");
        assertThat(narrow.out().lines())
                .allSatisfy(line -> assertThat(line)
                        .matches(text -> text.length() <= 20 || text.strip().indexOf(' ') < 0, "fits, or is one word"));
        assertThat(narrow.out()).contains("FAIL  service\n");
        assertThat(ftj.with("COLUMNS", "100").at("o").run("doctor").out()).contains("\u001b[31mFAIL\u001b[0m");
        assertThat(ftj.at("").run("doctor").out()).doesNotContain("\u001b");
    }

    @Test
    void aCheckIsShownWhenItEndsInJsonLinesToo() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Prompt prompt = Prompt.of(plain())) {
            prompt.enter("doctor -o jsonl --endpoint https://127.0.0.1:" + silent.getLocalPort());
            silent.accept().close();
            try (Socket handshake = silent.accept()) {
                prompt.read("{\"check\":\"TCP\",\"ok\":true");
                assertThat(prompt.out()).doesNotContain("TLS");
                prompt.type(Prompt.CTRL_C);
                prompt.hear("cancelled");
                assertThat(handshake.isBound()).isTrue();
            }
        }
    }

    @Test
    void ctrlCEndsItWhereverItHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Prompt prompt = Prompt.of(plain())) {
            prompt.enter("doctor --endpoint https://127.0.0.1:" + silent.getLocalPort());
            silent.accept().close();
            try (Socket handshake = silent.accept()) {
                prompt.read(" accepts connections\n");
                assertThat(prompt.out()).doesNotContain("TLS");
                prompt.type(Prompt.CTRL_C);
                prompt.hear("ftj: cancelled");
                assertThat(prompt.isOpen() && handshake.isBound()).isTrue();
            }
        }
    }

    @Test
    void aBadEndpointIsAUsageError() {
        Result result = plain().run("doctor", "--endpoint", "http://other.example");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }
}
