package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFollowTest {
    private static final String LINE = "{\"step\": %d, \"loss\": %d}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final AtomicInteger looks = new AtomicInteger();

    /** A job whose metrics are these at each look, the last of them when it has ended; empty is a server that fails. */
    private Program training(String... looksAtRows) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (!request.getTarget().endsWith("/metrics")) {
                    String status = looks.get() + 1 < looksAtRows.length ? "RUNNING" : "COMPLETED";
                    return answer(200, Api.record("ftj-1", "n", status));
                }
                String rows = looksAtRows[Math.min(looks.getAndIncrement(), looksAtRows.length - 1)];
                return rows.isEmpty() ? answer(200, "<html>") : answer(200, "{\"metrics\": [" + rows + "]}");
            }
        });
        return Program.of(server, home);
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private static String steps(Integer... steps) {
        List<String> rows = Arrays.stream(steps)
                .map(step -> String.format(LINE, step, 10 - step))
                .toList();
        return String.join(",", rows);
    }

    @Test
    void inAPipeEachRecordIsALineAsItComes() {
        Result result = training(" ", steps(1), steps(1), steps(1, 2, 3), steps(1, 2, 3, 4))
                .run("metrics", "ftj-1", "--follow", "--interval", "200ms");

        assertThat(result)
                .isEqualTo(new Result(0, "step 1  loss 9\nstep 2  loss 8\nstep 3  loss 7\nstep 4  loss 6\n", ""));
        assertThat(looks).hasValue(5);
    }

    @Test
    void theStatusesThatAreSeenMeanwhileAreRemembered() {
        training(steps(1), steps(1, 2)).run("metrics", "ftj-1", "--follow", "--interval", "200ms");

        assertThat(Program.of(server, home).run("get", "ftj-1").out())
                .containsPattern("(?m)^seen +RUNNING [\\d:]+ > COMPLETED [\\d:]+$");
    }

    @Test
    void jsonlIsAnObjectARecord() {
        Result result = training(steps(1), steps(1, 2))
                .run("metrics", "ftj-1", "--follow", "--interval", "200ms", "-o", "jsonl");

        assertThat(result).isEqualTo(new Result(0, "{\"step\":1,\"loss\":9}\n{\"step\":2,\"loss\":8}\n", ""));
    }

    @Test
    void theNewestRecordIsToldAgainWhereItHasChanged() {
        Result result = training(steps(1), "{\"step\": 1, \"loss\": 9, \"eval_loss\": 8}," + steps(2))
                .run("metrics", "ftj-1", "--follow", "--interval", "200ms");

        assertThat(result.out()).isEqualTo("step 1  loss 9\nstep 1  loss 9  eval_loss 8\nstep 2  loss 8\n");
    }

    @Test
    void aJobThatHasEndedIsLookedAtOnce() {
        Result result = training(steps(1, 2)).run("metrics", "ftj-1", "--follow", "--plot");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("step 1  loss 9\nstep 2  loss 8\n").contains("⠒⠒⠒ loss");
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatPassesDoesNotEndIt() {
        Result result = training(steps(1), "", steps(1, 2)).run("metrics", "ftj-1", "--follow", "--interval", "200ms");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("step 1  loss 9\nstep 2  loss 8\n");
        assertThat(result.err()).contains("an HTML page").contains("Next poll in 200 ms");
    }

    @Test
    void butAtTheFirstLookItDoes() {
        assertThat(training("", steps(1))
                        .run("metrics", "ftj-1", "--follow", "--interval", "200ms")
                        .code())
                .isEqualTo(5);
    }

    @Test
    void onATerminalOneViewIsDrawnOverWhereItHasChanged() {
        Result result = training(steps(1), steps(1), steps(1, 2))
                .at("oe")
                .run("metrics", "ftj-1", "--follow", "--interval", "200ms", "--color", "never");

        assertThat(result.code()).isZero();
        assertThat(result.out().split("\u001b\\[\\d+A\r\u001b\\[J")).hasSize(2);
        assertThat(result.out())
                .containsPattern("status +RUNNING\n")
                .containsPattern("status +COMPLETED\n[^\u001b]*loss +8 +█▁\n$");
    }

    @Test
    void whereNothingCanBeDrawnOverEachRecordIsALine() {
        Result result = training(steps(1)).at("oe").with("TERM", "dumb").run("metrics", "ftj-1", "--follow");

        assertThat(result.out()).isEqualTo("step 1  loss 9\n");
    }

    @Test
    void aWaitOfMoreThanAQuarterOfAnHourDoesNotEndThePolling() throws IOException {
        Program ftj = training(steps(1), "unused");
        Dispatcher job = server.getDispatcher();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return looks.get() == 0
                        ? job.dispatch(request)
                        : new MockResponse.Builder()
                                .code(503)
                                .addHeader("Retry-After", "1795857600")
                                .build();
            }
        });
        try (Prompt prompt = Prompt.of(ftj)) {
            prompt.enter("metrics ftj-1 --follow --interval 200ms");
            prompt.hear("Try again in a year or more. Next poll in 15 min");
            prompt.type(Prompt.CTRL_C);
        }
    }

    @Test
    void ctrlCEndsTheLookingAndGivesThePromptBack() throws IOException {
        String[] many = new String[10_000];
        Arrays.fill(many, steps(1, 2));
        try (Prompt prompt = Prompt.of(training(many))) {
            prompt.enter("metrics ftj-1 --follow --interval 1h");
            prompt.read("RUNNING");
            prompt.type(Prompt.CTRL_C);
            prompt.hear("ftj: ftj-1: following was ended, not the job."
                    + " Resume with `metrics --follow --interval 1h ftj-1`.");
            prompt.enter("version");
            prompt.read("ftj ");
        }
    }
}
