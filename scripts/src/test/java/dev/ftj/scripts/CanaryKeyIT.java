package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that would be noticed anywhere, from the first start on: what it leaves behind, and where it is seen on its way. */
class CanaryKeyIT {
    private static final String CANARY = "sk_canary_5c1d9e7b3f2a4860";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @StartStop
    final MockWebServer server = new MockWebServer();

    @Test
    void theKeyIsInTheHeaderAndNowhereElse() throws Exception {
        String echo =
                "{\"id\": \"ftj-1\", \"name\": \"" + CANARY + "\", \"note\": \"\\u0073" + CANARY.substring(1) + "\"}";
        server.enqueue(new MockResponse.Builder()
                .body(echo)
                .addHeader("X-Echo", CANARY)
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .body("{\"detail\": \"" + CANARY + "\"}")
                .build());

        Ended shown = ftj("get", "ftj-1", "-vv").run();
        Ended refused =
                ftj("get", "ftj-2", "-o", "json", "-vv", "--timeout", "1ms").run();

        RecordedRequest request = server.takeRequest(60, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + CANARY);
        assertThat(shown.code()).isZero();
        assertThat(refused.code()).isEqualTo(6);
        assertThat(shown.out() + shown.err() + refused.out() + refused.err()).doesNotContain(CANARY);
        assertThat(shown.out()).contains("[key]");
        assertThat(filesThatHold(home)).isEmpty();
    }

    @Test
    void noProcessIsStartedWithTheKeyAsAnArgument() throws Exception {
        assumeThat(Path.of("/proc/self/cmdline")).isReadable();
        Running running = ftj("get", "ftj-1").start();
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();

        assertThat(commandLinesThatHoldTheKey()).isEmpty();

        running.process().destroy();
        running.end();
    }

    private ToolProcess ftj(String... words) {
        List<String> command = new ArrayList<>(List.of("scripts/ftj"));
        command.addAll(List.of(words));
        return new ToolProcess(Places.ROOT, command.toArray(String[]::new))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", TrainedCache.copyTo(home, "command"))
                .with("ATAI_API_ENDPOINT", server.url("/"))
                .with("ATAI_API_KEY", CANARY);
    }

    /** The class-data cache included, which a training run of the same start has made. */
    private static List<Path> filesThatHold(Path directory) throws IOException {
        List<Path> holding = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }

    private static List<String> commandLinesThatHoldTheKey() throws IOException {
        List<String> holding = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                String line = commandLine(process.resolve("cmdline"));
                if (line.contains(CANARY)) {
                    holding.add(line);
                }
            }
        }
        return holding;
    }

    private static String commandLine(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
