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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private final Sandbox sandbox = Sandbox.start();
    private final Caller caller = new Caller(sandbox);
    private final String samplePath = "/v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID;
    private final int port = URI.create(sandbox.endpoint()).getPort();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void itTellsWhereItIsAndWhichKeyItTakes() {
        assertThat(sandbox.endpoint()).matches("http://127\\.0\\.0\\.1:\\d+/v0\\.5");
        assertThat(sandbox.apiKey()).isEqualTo(Sandbox.DEFAULT_API_KEY).hasSizeGreaterThanOrEqualTo(20);
        assertThat(sandbox).hasToString("Sandbox at " + sandbox.endpoint());
    }

    @Test
    void everyIdItNamesAnswersAndNoneTwice() {
        List<String> ids = sandbox.jobIds();

        assertThat(ids).doesNotHaveDuplicates().startsWith(Sandbox.SAMPLE_JOB_ID);
        assertThat(ids)
                .allSatisfy(id -> assertThat(id.codePointCount(0, id.length())).isBetween(1, 64));
        for (String id : ids) {
            HttpResponse<String> answer = caller.get(id);
            if (id.startsWith("ftj-error-")) {
                assertThat(answer.statusCode()).as(id).isGreaterThanOrEqualTo(400);
            } else {
                assertThat(answer.statusCode()).as(id).isEqualTo(200);
                assertThat(Caller.json(answer).path("id").stringValue()).isEqualTo(id);
            }
        }
    }

    @Test
    void anAnswerIsJsonOfExactlyTheLengthThatItSays() {
        HttpResponse<String> answer = caller.get("ftj-unusual-name-c05e71f4");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void aBodyThatNobodyReadsDoesNotDisturbTheNextRequest() {
        assertThat(caller.post(caller.jobPath(Sandbox.SAMPLE_JOB_ID), new byte[300_000])
                        .statusCode())
                .isEqualTo(405);
        assertThat(caller.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyWithoutEndCostsItsSenderTheConnection() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String head = "GET " + samplePath + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nContent-Length: 999999999999\r\n\r\n";
            Throwable end = catchThrowable(() -> {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(new byte[3 << 20]);
                socket.getInputStream().readAllBytes();
            });
            // Closed or reset, as the kernel has it; a time-out would be another exception.
            assertThat(end == null || end instanceof SocketException).isTrue();
        }
        assertThat(caller.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void severalSandboxesRunSideBySide() {
        try (Sandbox other = Sandbox.start()) {
            assertThat(other.endpoint()).isNotEqualTo(sandbox.endpoint());
            assertThat(new Caller(other).get(Sandbox.SAMPLE_JOB_ID).statusCode())
                    .isEqualTo(200);
        }
        assertThat(caller.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
    }

    @Test
    void onceClosedItIsGoneAndClosingAgainDoesNothing() {
        sandbox.close();
        sandbox.close();

        assertThat(sandbox.endpoint()).contains(":" + port);
        assertThatThrownBy(() -> URI.create(sandbox.endpoint() + "/").toURL().getContent())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void itsPortMayBeChosenAndATakenOneIsToldInOneLine() {
        assertThatThrownBy(() -> Sandbox.builder().port(port).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port);
        sandbox.close();
        try (Sandbox again = Sandbox.builder().port(port).start()) {
            assertThat(again.endpoint()).isEqualTo(sandbox.endpoint());
        }
    }

    @Test
    void theKeyMayBeChosenAndIsThenTheOnlyOne() {
        try (Sandbox other = Sandbox.builder().apiKey("sk_chosen_by_the_test").start()) {
            Caller stranger = new Caller(other);
            assertThat(stranger.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
            assertThat(stranger.send("GET", stranger.jobPath(Sandbox.SAMPLE_JOB_ID), "Bearer " + sandbox.apiKey())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
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
    void itKeepsNoJvmAliveAndNeedsNothingButTheJdk() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        location(Sandbox.class) + File.pathSeparator + location(SandboxTest.class),
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

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
