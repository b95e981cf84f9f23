package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGINT during a command without a prompt: exit code 130, and stderr always says so. */
class OneShotInterruptIT {
    private static final String CANCELLED = "ftj: (ftj-1: )?cancelled\\.\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @StartStop
    final MockWebServer server = new MockWebServer();

    @Test
    void aGetWhoseServerNeverAnswersSaysThatItWasCancelled() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Running running = ftj("get", "ftj-1").start();
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();

        interrupt(running);

        assertCancelled(running.end());
    }

    /** Opening the pipe to write returns when the command has opened it; no interrupt ends its read. */
    @Test
    void aCommandThatIsBlockedInTheSystemSaysThatItWasCancelled() throws Exception {
        Path pipe = dir.resolve("key");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Running running = ftj("get", "ftj-1", "--api-key-file", pipe.toString()).start();
        try (OutputStream open = new FileOutputStream(pipe.toFile())) {
            interrupt(running);

            assertCancelled(running.end());
        }
    }

    private static void assertCancelled(Ended ended) {
        assertThat(ended.err()).matches(CANCELLED);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(130);
    }

    private static void interrupt(Running running) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(running.process().pid()))
                .start()
                .waitFor();
    }

    private ToolProcess ftj(String... words) {
        List<String> command = new ArrayList<>(List.of("scripts/ftj"));
        command.addAll(List.of(words));
        return new ToolProcess(Places.ROOT, command.toArray(String[]::new))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", TrainedCache.copyTo(dir, "command"))
                .with("ATAI_API_ENDPOINT", server.url("/"))
                .with("ATAI_API_KEY", "sk_interrupt_0123456789");
    }
}
