package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.testing.QuickServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** A program that never closes its client ends when its main method does. */
class ExitsByItselfTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    /** The program: one call that ends, one that never does, ids that never end, and no close. */
    static final class Program {
        private Program() {}

        @SuppressWarnings("FutureReturnValueIgnored") // what is never waited for is the point
        public static void main(String[] args) {
            FineTuneClient client = FineTuneClient.builder()
                    .apiKey(ApiKey.of("key"))
                    .endpoint(Endpoint.of(args[0]))
                    .build();
            System.out.println(client.async().job(JobId.of("ftj-1")).join());
            client.async().job(JobId.of("ftj-1"));
            Iterator<JobResult> endless =
                    client.jobs(() -> Stream.generate(() -> "..").iterator()).iterator();
            System.out.println(endless.next().id());
        }
    }

    @Test
    void noThreadKeepsTheProgramAlive() throws Exception {
        server.enqueue(Wire.ok());
        for (int i = 0; i < 20; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
        }
        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        Program.class.getName(),
                        "http://127.0.0.1:" + server.getPort()))
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(program.waitFor(20, TimeUnit.SECONDS))
                    .as("ended by itself")
                    .isTrue();
            assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("ftj-1  RUNNING..");
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }
}
