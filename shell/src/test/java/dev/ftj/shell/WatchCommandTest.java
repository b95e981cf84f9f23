package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WatchCommandTest {
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

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 0",
        "FAILED, 10",
        "STOPPED, 11",
        "CANCELLED, 12",
        "completed, 0",
        "Succeeded, 0",
        "CANCELED, 12",
        "error, 10",
        "FAILURE, 10"
    })
    void theExitCodeTellsHowAJobEnded(String end, int code) {
        lives.job("a", "RUNNING", end);
        Program.Result result = ftj().run("watch", "a", "--interval", "200ms");
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).contains("status            " + end);
        assertThat(result.err())
                .matches("(?s)\\d\\d:\\d\\d:\\d\\d  a  RUNNING\n\\d\\d:\\d\\d:\\d\\d  a  " + end + "\n(ftj: a: .*)?");
    }

    @Test
    void waitSaysNothingBeforeTheEnd() {
        lives.job("a", "RUNNING", "COMPLETED");
        assertThat(ftj().run("wait", "a", "--interval", "200ms", "--field", "status"))
                .isEqualTo(new Program.Result(0, "COMPLETED\n", ""));
    }

    @Test
    @Timeout(30)
    void aWatchWhoseReaderHasGoneEndsQuietly() {
        lives.job("a", "STARTING", "RUNNING");
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Program.Result result = ftj().runTo(gone, "watch", "a", "--interval", "200ms", "-o", "jsonl");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void everyChangeIsAnObjectAndTheFinalRecordTheLast() {
        lives.job("a", "STARTING", "RUNNING", "RUNNING", "COMPLETED");
        Program.Result result = ftj().run("watch", "a", "--interval", "200ms", "-o", "jsonl");
        assertThat(result.out().lines().map(line -> line.replaceAll(".*\"status\":\"(\\w+)\".*", "$1")))
                .containsExactly("STARTING", "RUNNING", "COMPLETED");
        assertThat(result.err()).isEmpty();
        assertThat(ftj().run("wait", "a", "-o", "jsonl").out().lines()).hasSize(1);
    }

    @Test
    void theShapeFollowsTheCall() {
        lives.job("a", "COMPLETED");
        lives.job("b", "COMPLETED");
        assertThat(ftj().run("wait", "a", "-o", "json").out()).startsWith("{");
        assertThat(ftj().run("wait", "a", "b", "-o", "json").out())
                .startsWith("[")
                .contains("},{");
        assertThat(ftj().stdin("a\n").run("wait", "-", "-o", "json").out()).startsWith("[");
    }

    @Test
    void allAreFollowedAndTheWorstOutcomeWins() {
        lives.job("a", "COMPLETED");
        lives.job("b", "RUNNING", "RUNNING", "STOPPED");
        lives.job("c", "FAILED");
        Program.Result result = ftj().run("watch", "a", "b", "c", "--interval", "200ms", "--field", "status");
        assertThat(result.code()).isEqualTo(10);
        assertThat(result.out()).isEqualTo("COMPLETED\nSTOPPED\nFAILED\n");
    }

    @Test
    void whatCannotBeFollowedIsReportedAndTheOthersGoOn() {
        lives.job("a", "RUNNING", "COMPLETED");
        Program.Result result =
                ftj().run("wait", "nobody", "..", "@nowhere", "a", "--interval", "200ms", "-o", "jsonl");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.err().lines().map(line -> line.replaceAll(".*\"kind\":\"(\\w+)\".*", "$1")))
                .containsExactlyInAnyOrder("not_found", "usage", "usage");
    }

    @Test
    void untilEndsWhenTheStatusIsReachedOrPassed() {
        lives.job("a", "REGISTERED", "FINALIZING");
        Program.Result result =
                ftj().run("wait", "a", "--interval", "200ms", "--until", "running", "--field", "status");
        assertThat(result).isEqualTo(new Program.Result(0, "FINALIZING\n", ""));
    }

    @Test
    void anEndWithoutTheStatusThatWasWaitedForIsNoSuccess() {
        lives.job("a", "COMPLETED");
        Program.Result result = ftj().run("wait", "a", "--until", "STOPPED", "--field", "status");
        assertThat(result)
                .isEqualTo(
                        new Program.Result(1, "COMPLETED\n", "ftj: a: it ended COMPLETED without reaching STOPPED\n"));
        lives.job("b", "FAILED");
        assertThat(ftj().run("wait", "b", "--until", "RUNNING").code()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--any", "--all"})
    void anIdThatTheServerDoesNotKnowIsReportedBeforeTheOthersEnd(String mode) {
        lives.job("a", "RUNNING", "RUNNING", "COMPLETED");

        Program.Result result = ftj().run("watch", "typo", "a", mode, "--interval", "200ms");

        assertThat(result.code()).isEqualTo(mode.equals("--any") ? 0 : 4);
        assertThat(result.err()).containsOnlyOnce("ftj: typo: not found (404)");
        assertThat(result.err().indexOf("typo")).isLessThan(result.err().indexOf("COMPLETED"));
    }

    @Test
    void anyEndsWithTheFirst() {
        lives.job("a", "RUNNING");
        lives.job("b", "RUNNING", "CANCELLED");
        Program.Result result = ftj().run("wait", "a", "b", "--any", "--interval", "200ms", "--field", "id");
        assertThat(result).isEqualTo(new Program.Result(12, "b\n", ""));
    }

    @Test
    void aTimeoutEndsTheWatch() {
        lives.job("a", "RUNNING");
        Program.Result result = ftj().run("wait", "a", "--timeout", "500ms", "--interval", "200ms");
        assertThat(result.code()).isEqualTo(124);
        assertThat(result.err())
                .matches(
                        "ftj: a: no end was seen within 500 ms; it was last seen RUNNING, \\d+ ms ago\\. Watch it again with a longer timeout\\.\n");
    }

    @Test
    void aTimeoutShorterThanACallDoesNotWaitForIt() {
        lives.job("a", "silent");
        assertThat(ftj().run("wait", "a", "--timeout", "300ms").code()).isEqualTo(124);
    }

    @Test
    void badWeatherIsToldOnceAndOutlived() {
        lives.job("a", "RUNNING", "503", "502", "500", "RUNNING", "COMPLETED");
        Program.Result result = ftj().run("watch", "a", "--interval", "200ms");
        assertThat(result.code()).isZero();
        assertThat(result.err().lines().map(line -> line.substring(10)))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("a  RUNNING"),
                        line -> assertThat(line).matches("a  HTTP 503; last seen at [\\d:]+; next poll in \\d+ ms"),
                        line -> assertThat(line).isEqualTo("a  COMPLETED"));
    }

    @Test
    void aCompletedJobWithoutItsPathIsAnEndWithAWord() {
        lives.job("a", "RUNNING");
        server.setDispatcher(new Api().answer("a", Api.record("a", "n", "COMPLETED")));
        Program.Result result = ftj().run("wait", "a", "--field", "status");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("its inference_config_path is not set yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "199ms", "-1s", "soon", ""})
    void anIntervalThatIsTooShortIsRefused(String interval) {
        Program.Result result = ftj().run("watch", "a", "--interval=" + interval);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("invalid value for --interval").hasLineCount(1);
        assertThat(lives.asked).isEmpty();
    }

    @Test
    void anyWordCanBeWaitedForAndIsReachedByItselfAlone() {
        lives.job("a", "RUNNING", " paused_By_Quota");
        Program.Result reached =
                ftj().run("wait", "a", "--until", "PAUSED_BY_QUOTA", "--interval", "200ms", "--field", "status");
        assertThat(reached.code()).isZero();
        assertThat(reached.out()).isEqualTo(" paused_By_Quota\n");
        assertThat(reached.err())
                .startsWith(
                        "ftj: --until PAUSED_BY_QUOTA is not a documented status; ftj waits for exactly that word. ");
        lives.job("b", "COMPLETED");
        assertThat(ftj().run("wait", "b", "--until", "PAUSED_BY_QUOTA").code()).isEqualTo(1);
        lives.job("c", "canceled");
        assertThat(ftj().run("wait", "c", "--until", "PAUSED_BY_QUOTA").code()).isEqualTo(12);
        assertThat(ftj().run("wait", "b", "--until", "succeeded").code()).isZero();
        assertThat(ftj().run("wait", "b", "--until", "RUNING").err()).contains("RUNNING");
    }

    @Test
    void aStatusThatFtjDoesNotKnowIsSaidOnceAndIsNoEnd() {
        lives.job("a", "PAUSED BY QUOTA", "Paused by quota", "COMPLETED");
        lives.job("b", "PAUSED BY QUOTA", "COMPLETED");
        Program.Result result = ftj().run("wait", "a", "b", "--interval", "200ms", "--field", "status");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("COMPLETED\nCOMPLETED\n");
        assertThat(result.err())
                .matches("ftj: [ab]: status PAUSED BY QUOTA is not one that ftj knows: waiting goes on"
                        + " \\(--until 'PAUSED BY QUOTA' ends there\\)\n");
    }

    @Test
    void aFailureSaysThatTheApiGivesNoReasonUnlessTheRecordHasOne() {
        lives.job("a", "FAILED");
        assertThat(ftj().run("wait", "a", "--field", "status").err())
                .isEqualTo("ftj: a: the API gives no reason for FAILED. Look at the last values with `ftj metrics a`,"
                        + " check the training files, or ask the vendor's support with the job's id\n");
        server.setDispatcher(new Api()
                .answer(
                        "a",
                        Api.record("a", "n", "FAILED").replaceFirst("\\{", "{\"error_message\": \"out of memory\", ")));
        assertThat(ftj().run("wait", "a", "--field", "status").err()).isEmpty();
    }

    @Test
    void withoutAJobAllThatHaveNotEndedAreFollowedByOneListARound() {
        lives.job("a", "RUNNING", "RUNNING", "COMPLETED");
        lives.job("b", "FAILED");
        lives.job("c", "PAUSED", "PAUSED", "PAUSED", "STOPPED");
        Program.Result result = ftj().run("wait", "--interval", "200ms", "-o", "jsonl", "--field", "id");
        assertThat(result.code()).isEqualTo(11);
        assertThat(result.out()).isEqualTo("\"a\"\n\"c\"\n");
        assertThat(result.err()).contains("status PAUSED is not one that ftj knows");
        // the last round has one job left, which is polled by itself
        assertThat(lives.asked.size() - lives.lists()).isLessThanOrEqualTo(2);
    }

    @Test
    void anImpossibleIdInTheListIsTheServersFaultAndTheOthersGoOn() {
        lives.job("..", "RUNNING");
        lives.job("a", "RUNNING", "COMPLETED");
        Program.Result result = ftj().run("wait", "--field", "id", "--interval", "200ms");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEqualTo("\na\n");
        assertThat(result.err()).startsWith("ftj: ..: the server lists a job with an id that cannot be asked for");
    }

    @Test
    void jobsAreSelectedByStatus() {
        lives.job("a", "STARTING");
        lives.job("b", "RUNNING", "COMPLETED");
        lives.job("c", "COMPLETED");
        assertThat(ftj().run("wait", "--status", "running", "--interval", "200ms", "-o", "json", "--field", "id"))
                .isEqualTo(new Program.Result(0, "[\"b\"]\n", ""));
    }

    @Test
    void withNoJobToWaitForItSaysSoAndSucceeds() {
        lives.job("a", "COMPLETED");
        assertThat(ftj().run("wait")).isEqualTo(new Program.Result(0, "", "ftj: nothing to wait for\n"));
        assertThat(ftj().run("watch", "--status", "RUNNING", "-o", "json"))
                .isEqualTo(new Program.Result(0, "[]\n", "ftj: nothing to wait for\n"));
    }

    @Test
    void aListThatFailsFailsTheCommand() {
        server.setDispatcher(new Api().answer("", 403, "{\"errors\": []}"));
        Program.Result result = ftj().run("wait", "--status", "RUNNING");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).startsWith("ftj: ").hasLineCount(1);
    }

    @Test
    void aListThatDoesNotArriveInTimeIsATimeout() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            }
        });
        Program.Result result = ftj().run("wait", "--timeout", "300ms");
        assertThat(result.code()).isEqualTo(124);
        assertThat(result.err()).startsWith("ftj: the list of jobs did not arrive within 300 ms.");
    }

    @Test
    void endlessPagesOfAListEndWithTheTimeout() {
        AtomicInteger page = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int number = page.incrementAndGet();
                return new MockResponse.Builder()
                        .headersDelay(100, TimeUnit.MILLISECONDS)
                        .body("{\"data\": [" + Api.record("j" + number, "n", "RUNNING") + "], \"next\": " + number
                                + "}")
                        .build();
            }
        });
        Program.Result result = ftj().run("wait", "--timeout", "1s");
        assertThat(result.code()).isEqualTo(124);
        assertThat(result.err()).startsWith("ftj: the list of jobs did not arrive within 1 s.");
    }

    @Test
    void anUnknownStatusCanFailTheWait() {
        lives.job("a", "RUNNING", "PAUSED_BY_QUOTA");
        Program.Result result =
                ftj().run("wait", "a", "--interval", "200ms", "--unknown-status", "fail", "--for", "300ms");
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err())
                .contains("status PAUSED_BY_QUOTA is not one that ftj knows")
                .contains("ftj: a: status PAUSED_BY_QUOTA is unknown to ftj and has not changed for 300 ms.");
    }

    @Test
    void whatIsNoWatchIsRefused() {
        assertThat(ftj().run("wait", "a", "--status", "RUNNING").code()).isEqualTo(2);
        assertThat(ftj().run("wait", "a", "--for", "5m").code()).isEqualTo(2);
        assertThat(ftj().run("wait", "a", "--unknown-status", "ignore").code()).isEqualTo(2);
        assertThat(ftj().run("watch", "a", "--until", " ").code()).isEqualTo(2);
        assertThat(ftj().run("watch", "a", "--any", "--all").code()).isEqualTo(2);
        assertThat(lives.asked).isEmpty();
    }

    @Test
    void whatWasSeenIsRemembered() {
        lives.job("a", "STARTING", "RUNNING", "COMPLETED");
        ftj().run("wait", "a", "--interval", "200ms");
        assertThat(ftj().run("get", "@last").out())
                .containsPattern("seen +STARTING [\\d:]+ > RUNNING [\\d:]+ > COMPLETED");
    }

    @Test
    void aTerminalShowsABoardAndRings() {
        lives.job("a", "RUNNING", "COMPLETED");
        Program.Result result =
                ftj().at("oe").with("NO_COLOR", "1").run("watch", "a", "--interval", "200ms", "--field", "id");
        assertThat(result.out()).isEqualTo("a\n");
        assertThat(result.err())
                .contains("a  RUNNING  ", "polled 0 s ago", "a  COMPLETED  seen: RUNNING")
                .contains("\u0007\u001b]9;ftj: a COMPLETED\u0007");
        Program.Result silent = ftj().at("oe").run("watch", "a", "--no-bell");
        assertThat(silent.err()).doesNotContain("\u0007");
        assertThat(ftj().at("oe").with("TERM", "dumb").run("watch", "a").err())
                .doesNotContain("\u001b", "\u0007")
                .contains("a  COMPLETED");
    }

    @Test
    void ctrlCEndsTheWatchAndGivesThePromptBack() throws IOException {
        lives.job("a", "RUNNING");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("watch a --until completed");
            prompt.hear("a  RUNNING");
            prompt.type(Prompt.CTRL_C);
            prompt.hear("ftj: a: the watch was ended, not the job. Resume with `watch --until completed a`.");
            prompt.enter("version");
            prompt.read("ftj ");
        }
        assertThat(lives.asked).allMatch(target -> target.equals("/v0.5/fine-tune/jobs/a"));
    }

    @Test
    void whatIsTypedMeanwhileIsNotShownAndBeginsTheNextLine() throws IOException {
        lives.job("a", "RUNNING");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("watch a --interval 200ms");
            prompt.hear("a  RUNNING");
            prompt.type("versi");
            assertThat(prompt.shown()).doesNotContain("versi");
            lives.job("a", "COMPLETED");
            prompt.see("versi");
            prompt.enter("on");
            prompt.read("ftj ");
        }
    }

    @Test
    void ctrlCEndsAWatchWhoseCallHangs() throws IOException {
        lives.job("a", "silent");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("wait a");
            await().until(() -> !lives.asked.isEmpty());
            prompt.type(Prompt.CTRL_C);
            prompt.hear("the watch was ended");
        }
    }
}
