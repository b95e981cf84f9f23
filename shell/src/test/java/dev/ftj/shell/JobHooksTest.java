package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code --on-change} and {@code --on-done}. */
@Timeout(60)
class JobHooksTest {
    @TempDir
    Path home;

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final Lives lives = new Lives();

    @BeforeEach
    void serve() {
        server.setDispatcher(lives);
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @Test
    @Timeout(120)
    void aCommandEndsWithItsShellWhateverItLeftInTheBackground() {
        lives.job("a", "COMPLETED");
        Program.Result result = ftj().run("wait", "a", "--field", "id", "--on-done", "sleep 600 & echo started $!");
        assertThat(result.code()).isZero();
        assertThat(result.err()).startsWith("started ");
        ProcessHandle.of(Long.parseLong(result.err().strip().substring("started ".length())))
                .ifPresent(ProcessHandle::destroy);
    }

    /** The command ignores SIGTERM, and so does its child. */
    @Test
    void aCommandThatNeverEndsIsEndedAtTheTimeoutWithItsChildren() throws IOException {
        lives.job("a", "COMPLETED");
        Path pids = home.resolve("pids");
        Program.Result result = ftj().run(
                        "wait",
                        "a",
                        "--field",
                        "id",
                        "--timeout",
                        "10s",
                        "--on-done",
                        "trap '' TERM; sleep 600 & echo $$ $! >" + pids + "; wait; sleep 600");
        assertThat(result)
                .isEqualTo(
                        new Program.Result(
                                124,
                                "a\n",
                                "ftj: a command of --on-done had not ended at the --timeout, and was ended. Allow more time.\n"));
        assertHaveEnded(pids);
    }

    private static void assertHaveEnded(Path pids) throws IOException {
        for (String pid : Files.readString(pids).strip().split(" ")) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        }
    }

    @Test
    void aLongLineOfACommandIsShownInPieces() {
        lives.job("a", "COMPLETED");
        Program.Result result =
                ftj().run("wait", "a", "--field", "id", "--on-done", "head -c 25000 /dev/zero | tr '\\0' x");
        assertThat(result.code()).isZero();
        assertThat(result.err().lines().map(String::length)).containsExactly(10_000, 10_000, 5000);
    }

    @Test
    void aCommandRunsAtEachChangeInOrderWithTheRecordOnStdin() throws IOException {
        lives.job("a", "STARTING", "RUNNING", "RUNNING", "Succeeded");
        Path written = home.resolve("written");
        Program.Result result = ftj().run(
                        "wait",
                        "a",
                        "--interval",
                        "200ms",
                        "--field",
                        "id",
                        "--on-change",
                        "sleep 0.5; echo \"$FTJ_JOB_ID $FTJ_OLD_STATUS $FTJ_STATUS\" $(wc -l) >>" + written + "; env >>"
                                + home.resolve("env"),
                        "--on-done",
                        "echo \"$FTJ_STATUS $(cat)\" >>" + written);
        assertThat(result).isEqualTo(new Program.Result(0, "a\n", ""));
        assertThat(Files.readAllLines(written))
                .containsExactly("a STARTING RUNNING 1", "a RUNNING Succeeded 1", "Succeeded ");
        assertThat(Files.readString(home.resolve("env"))).doesNotContain(Program.KEY, "ATAI_API_KEY");
    }

    @Test
    void aLargeRecordOnStdinDoesNotBlockACommandThatPrintsFirst() {
        lives.job("a", "RUNNING", "COMPLETED" + " ".repeat(300_000));
        Program.Result result = ftj().run(
                        "wait",
                        "a",
                        "--interval",
                        "200ms",
                        "--field",
                        "id",
                        "--on-change",
                        "head -c 200000 /dev/zero | tr '\\0' y; echo; wc -c");
        assertThat(result.code()).isZero();
        assertThat(result.err()).containsPattern("yyy\n30\\d\\d\\d\\d\n");
    }

    @Test
    void aCommandRunsOnceForEachJobWithoutTheKey() throws IOException {
        lives.job("a", "RUNNING", "COMPLETED");
        lives.job("b", "FAILED");
        Path told = home.resolve("told");
        Program.Result result = ftj().run(
                        "wait",
                        "a",
                        "b",
                        "--interval",
                        "200ms",
                        "--field",
                        "id",
                        "--on-done",
                        "echo \"$FTJ_JOB_ID $FTJ_JOB_STATUS $FTJ_JOB_NAME <$FTJ_INFERENCE_CONFIG_PATH>\" >>" + told
                                + "; env >>" + home.resolve("env") + "; echo from the command; exit 3");
        assertThat(result.code()).isEqualTo(10);
        assertThat(result.out()).isEqualTo("a\nb\n");
        assertThat(Files.readAllLines(told))
                .containsExactly("b FAILED name of b <>", "a COMPLETED name of a <s3://c.yaml>");
        assertThat(Files.readString(home.resolve("env"))).doesNotContain(Program.KEY, "ATAI_API_KEY");
        assertThat(result.err())
                .contains("from the command\n", "ftj: warning: --on-done for a: the command ended with exit code 3\n");
    }

    @Test
    void anInterruptEndsTheCommandWithItsChildrenAndShowsTheJobThatHasEnded() throws Exception {
        lives.job("a", "COMPLETED");
        Path begun = home.resolve("begun");
        FutureTask<Program.Result> task = new FutureTask<>(() -> ftj().run(
                        "watch",
                        "a",
                        "--field",
                        "id",
                        "--on-done",
                        "sleep 600 & echo $$ $! >" + begun + ".part; mv " + begun + ".part " + begun
                                + "; wait; sleep 600"));
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> Files.exists(begun));
        thread.interrupt();
        Program.Result result = task.get(30, TimeUnit.SECONDS);
        assertThat(result.code()).isEqualTo(130);
        assertThat(result.out()).isEqualTo("a\n");
        assertThat(result.err()).endsWith("ftj: --on-done was cancelled.\n").doesNotContain("the watch was ended");
        assertHaveEnded(begun);
    }
}
