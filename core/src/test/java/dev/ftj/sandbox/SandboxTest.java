package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.JsonParser;

class SandboxTest {
    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    private final Sandbox sandbox = client.sandbox;

    @Test
    void itNamesItsEndpointAndItsKey() {
        assertThat(sandbox.endpoint()).matches("http://127\\.0\\.0\\.1:\\d+/v0\\.5");
        assertThat(sandbox.apiKey()).isEqualTo(Sandbox.DEFAULT_API_KEY).hasSizeGreaterThanOrEqualTo(20);
        assertThat(sandbox).hasToString("Sandbox at " + sandbox.endpoint());
    }

    @Test
    void everyListedIdAnswersAndNoneIsListedTwice() {
        List<String> ids = sandbox.jobIds();

        assertThat(ids).doesNotHaveDuplicates().startsWith(Sandbox.SAMPLE_JOB_ID);
        for (String id : ids) {
            assertThat(id.codePointCount(0, id.length())).isBetween(1, 64);
            HttpResponse<String> response = client.get(id);
            if (id.startsWith("ftj-error-")) {
                assertThat(response.statusCode()).as(id).isGreaterThanOrEqualTo(400);
            } else {
                assertThat(response.statusCode()).as(id).isEqualTo(200);
                assertThat(SandboxClient.text(response, "/id")).isEqualTo(id);
            }
        }
    }

    @Test
    void aResponseIsJsonOfTheStatedLength() {
        HttpResponse<String> response = client.get("ftj-unusual-name-c05e71f4");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValueAsLong("Content-Length"))
                .hasValue(response.body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void anUnreadBodyDoesNotDisturbTheNextRequest() {
        String path = SandboxClient.jobPath(Sandbox.SAMPLE_JOB_ID);

        assertThat(client.call("POST", path, "x".repeat(300_000)).statusCode()).isEqualTo(405);
        assertThat(client.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyWithoutEndClosesTheConnection() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
            socket.setSoTimeout(30_000);
            String head = "GET /v0.5/fine-tune/status HTTP/1.1\r\nHost: 127.0.0.1:" + client.port()
                    + "\r\nContent-Length: 999999999999\r\n\r\n";
            Throwable end = catchThrowable(() -> {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(new byte[3 << 20]);
                socket.getInputStream().readAllBytes();
            });
            // The kernel closes or resets; a timeout would be another exception.
            assertThat(end == null || end instanceof SocketException).isTrue();
        }
        assertThat(client.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void severalSandboxesRunSideBySide() {
        try (Sandbox other = Sandbox.start()) {
            assertThat(other.endpoint()).isNotEqualTo(sandbox.endpoint());
            assertThat(new SandboxClient(other).get(Sandbox.SAMPLE_JOB_ID).statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void closingFreesThePortAndClosingAgainDoesNothing() {
        sandbox.close();
        sandbox.close();

        assertThat(sandbox.endpoint()).contains(":" + client.port());
        assertThatThrownBy(() -> URI.create(sandbox.endpoint() + "/").toURL().getContent())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortCanBeChosenAndATakenOneIsReported() {
        assertThatThrownBy(() -> Sandbox.builder().port(client.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + client.port());
        sandbox.close();
        try (Sandbox again = Sandbox.builder().port(client.port()).start()) {
            assertThat(again.endpoint()).isEqualTo(sandbox.endpoint());
        }
    }

    @Test
    void aChosenKeyIsTheOnlyOneAccepted() {
        try (Sandbox other = Sandbox.builder().apiKey("sk_chosen_by_the_test").start()) {
            SandboxClient guest = new SandboxClient(other);
            assertThat(guest.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
            assertThat(guest.send(
                                    "GET",
                                    "/fine-tune" + SandboxClient.jobPath(Sandbox.SAMPLE_JOB_ID),
                                    List.of(client.key()),
                                    "")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void invalidSettingsAreRefused() {
        for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Sandbox.builder().speed(speed)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int number : new int[] {-1, 65536}) {
            assertThatThrownBy(() -> Sandbox.builder().port(number)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String key : List.of("", "sk two", "sk_\n", "sk_é")) {
            assertThatThrownBy(() -> Sandbox.builder().apiKey(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("sk");
        }
    }

    @Test
    void anUnclosedSandboxKeepsNoJvmAliveAndNeedsOnlyJackson() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Stream.of(Sandbox.class, SandboxTest.class, JsonParser.class)
                                .map(SandboxTest::location)
                                .collect(Collectors.joining(File.pathSeparator)),
                        Unclosed.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("200");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that forgets to close its sandbox. */
    static final class Unclosed {
        private Unclosed() {}

        public static void main(String[] args) throws IOException {
            Sandbox sandbox = Sandbox.start();
            URI job = URI.create(sandbox.endpoint() + "/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID);
            HttpURLConnection connection = (HttpURLConnection) job.toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + sandbox.apiKey());
            System.out.print(connection.getResponseCode());
        }
    }

    private static String location(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
