package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell as a process at a pseudo-terminal, typed at key by key. */
class ShellIT {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @StartStop
    final MockWebServer server = new MockWebServer();

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @SuppressWarnings("NullAway.Init")
    private Path screen;

    private String terminalType = "xterm";

    @BeforeEach
    void aPseudoTerminalIsThere() {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/script")))
                .as("script(1)")
                .isTrue();
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void tabCompletesAnIdInTheMiddleOfAWordAndTheCardFollows() throws Exception {
        open("--sandbox", "");
        awaitScreen("ftj [sandbox]> ");
        type("get ftj-my\t");
        awaitScreen("get ftj-my-finetune-run-3de60a5c");
        type("\r");
        awaitPromptAfter("inference-configs/ftj-my-finetune-run-3de60a5c.yaml");

        type(CTRL_D);

        assertThat(exitCode()).isZero();
    }

    @Test
    void ctrlCEndsARunningCommandAndNeverTheShell() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        open("", server.url("/").toString());
        awaitScreen("> ");
        type("get ftj-1\r");
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();

        type(CTRL_C);
        awaitScreen("cancelled.");
        type("version\r");
        awaitScreen("(Java ");
        type("exit\r");

        assertThat(exitCode()).isZero();
    }

    @Test
    void ctrlCOnALineClearsItAndAnOpenQuoteGoesOnBelow() throws Exception {
        open("--sandbox", "");
        awaitScreen("ftj [sandbox]> ");
        type("no-such-command");
        awaitScreen("no-such-command");
        type(CTRL_C);
        await().atMost(LONG).until(() -> shown().split("ftj \\[sandbox]> ", -1).length > 2);
        type("save ftj-1 --as best --note 'two\r");
        type("lines'\r");
        awaitScreen("saved ftj-1 as @best");
        type("quit\r");

        assertThat(exitCode()).isZero();
        assertThat(shown()).doesNotContain("unknown command");
    }

    @Test
    void aKeyThatIsTypedAtLoginIsNeitherShownNorKept() throws Exception {
        open("", server.url("/").toString());
        awaitScreen("> ");
        type("login\r");
        awaitScreen("(not shown): ");
        type("sk_canary_0123456789abcdef\r");
        awaitScreen("sk_...cdef");
        type("get sk_canary_0123456789abcdef\r");
        awaitPromptAfter("is the API key");
        type(CTRL_D);

        assertThat(exitCode()).isZero();
        assertThat(shown().replace("get sk_canary_0123456789abcdef", "")).doesNotContain("canary");
        assertThat(Files.readString(home.resolve("ftj/state/history")))
                .contains("login")
                .doesNotContain("canary");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void ctrlCEndsAOneShotCommandWhateverItWaitsFor() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        run(
                "trap : INT; scripts/ftj get ftj-1; echo \"first $?.\"; scripts/ftj get -; echo \"second $?.\"",
                server.url("/").toString(),
                "");
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        type(CTRL_C);
        awaitScreen("cancelled.");
        awaitScreen("first 130.");
        await().atMost(LONG)
                .until(() -> process.descendants()
                        .anyMatch(one -> one.info().command().orElse("").endsWith("java")));
        type(CTRL_C);
        awaitScreen("second 130.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ctrl-C", "SIGTERM"})
    void whatIsTypedDuringAWatchIsNotShownAndTheTerminalIsAsItWasHoweverItEnds(String end) throws Exception {
        run(
                "trap : INT; scripts/ftj --sandbox watch ftj-live-completes; echo \"code $?\"; stty -a; read line;"
                        + " echo \"line $line.\"",
                "",
                "");
        awaitScreen("STARTING");
        type("typed\r");
        awaitScreen("RUNNING");
        assertThat(shown()).doesNotContain("typed");

        // a terminal drops at Ctrl-C what nobody has read
        if (end.equals("Ctrl-C")) {
            type(CTRL_C);
            awaitScreen("code 130");
            awaitScreen(" echo ");
            type("seen\r");
            awaitScreen("line seen.");
        } else {
            process.descendants()
                    .filter(one -> one.info().command().orElse("").endsWith("java"))
                    .forEach(ProcessHandle::destroy);
            awaitScreen("code 143");
            awaitScreen(" echo ");
            awaitScreen("line typed.");
        }
    }

    @Test
    void aPlainTerminalHandlesCtrlCAsAnyOther() throws Exception {
        server.setDispatcher(new JobsThatStall());
        terminalType = "dumb";
        // typed before there is a prompt
        open("", server.url("/").toString());
        type("version\r");
        awaitPromptAfter("(Java ");

        type("no-such-command");
        awaitScreen("no-such-command");
        type(CTRL_C);
        awaitScreen("no-such-command^C");
        type("whoami\r");
        awaitScreen("sk_...6789");
        type("cancel ftj-1\r");
        awaitScreen("[y/N]");
        type(CTRL_C);
        awaitScreen("left as it is");
        type("get stalls\r");
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        type(CTRL_C);
        awaitScreen("cancelled.");
        type("watch ftj-1\r");
        awaitScreen("ftj-1  RUNNING");
        type(CTRL_C);
        awaitScreen("the watch was ended");
        type("version\rexit\r");

        assertThat(exitCode()).isZero();
        assertThat(shown().split("\\(Java ", -1)).hasSize(3);
        assertThat(shown()).doesNotContain("unknown command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumb", "xterm"})
    void aKeyIsNotShownAlsoAfterCtrlZAndNothingIsPrintedAfterIt(String type) throws Exception {
        terminalType = type;
        interactiveShell("scripts/ftj", server.url("/").toString());
        awaitScreen("> ");
        type("login\r");
        awaitScreen("(not shown): ");
        type("sk_canary_");
        type("\u001a");
        awaitScreen("Stopped");
        type("echo keys are $((1 + 1)) again\r");
        awaitScreen("keys are 2 again");
        assertThat(shown()).contains("echo keys are");
        type("fg\r");
        await().atMost(LONG).until(() -> shown().split("\\(not shown\\): ", -1).length > 2);
        type("sk_canary_0123456789abcdef\r");
        // without "sk_" if Ctrl-Z discarded a part of what was typed before
        awaitPromptAfter("...cdef");
        String before = shown();
        type("version\r");
        awaitPromptAfter("(Java ");
        type("exit\r");
        // what is typed before is the end of no line of the shell's
        await().atMost(LONG).until(() -> shown().endsWith("$ "));
        type("echo left with $?.\r");
        awaitScreen("left with 0.");

        assertThat(shown()).doesNotContain("canary").doesNotContain("Exception");
        // a repainting thread would print the question again and again
        assertThat(shown().split("\\(not shown\\): ", -1)).hasSameSizeAs(before.split("\\(not shown\\): ", -1));
    }

    @Test
    void whereWhatIsTypedCannotBeHiddenNoKeyIsAskedFor() throws Exception {
        terminalType = "dumb";
        // as an editor does that shows what is typed by itself
        run("stty -echo; exec scripts/ftj", server.url("/").toString(), "");
        awaitScreen("> ");
        type("login\r");
        awaitPromptAfter("this terminal cannot hide what is typed");
        type("exit\r");

        assertThat(exitCode()).isZero();
        assertThat(shown()).contains("ATAI_API_KEY_FILE").doesNotContain("(not shown)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-shot", "prompt"})
    void aWatchThatGoesOnAfterCtrlZIsDrawnBelowWhatCameBetweenAndHidesTheKeys(String where) throws Exception {
        String watch = "watch ftj-live-completes ftj-live-fails";
        interactiveShell(where.equals("prompt") ? "scripts/ftj --sandbox" : "scripts/ftj --sandbox " + watch, "");
        if (where.equals("prompt")) {
            awaitScreen("ftj [sandbox]> ");
            type(watch + "\r");
        }
        awaitScreen("ftj-live-completes  ");
        type("\u001a");
        awaitScreen("Stopped");
        type("sleep 2; echo between $((1 + 1)); fg\r");
        awaitScreen("between 2");
        await().atMost(LONG).until(() -> {
            String sent = Files.readString(screen);
            return sent.substring(sent.lastIndexOf("between 2")).contains("\u001b[?2026h");
        });
        type("typed");
        awaitScreen("FAILED");
        type(CTRL_C);
        awaitScreen("the watch was ended");

        assertThat(shown()).doesNotContain("typed");
        String sent = Files.readString(screen);
        String after = sent.substring(sent.lastIndexOf("between 2"));
        int first = after.indexOf("\u001b[?2026h");
        assertThat(after.substring(first, after.indexOf("ftj-live-completes", first)))
                .doesNotContain("A");
    }

    @Test
    void ctrlCBeforeAChangeIsSentSaysSo() throws Exception {
        server.setDispatcher(new JobsThatStall());
        run(
                "trap : INT; scripts/ftj cancel stalls; echo \"first $?.\"; scripts/ftj cancel ftj-1 --yes;"
                        + " echo \"second $?.\"; scripts/ftj create --like stalls --name n; echo \"third $?.\"",
                server.url("/").toString(),
                "");
        for (String end : new String[] {"first 130.", "second 130.", "third 130."}) {
            assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
            type(CTRL_C);
            awaitScreen(end);
        }

        String shown = shown();
        assertThat(shown.substring(0, shown.indexOf("first 130.")))
                .contains("ftj: stalls: interrupted. Nothing was sent.");
        assertThat(shown.substring(shown.indexOf("first 130."), shown.indexOf("second 130.")))
                .contains("may have been carried out");
        assertThat(shown.substring(shown.indexOf("second 130.")))
                .contains("ftj: stalls: interrupted. Nothing was sent.");
    }

    @Test
    void ctrlCIsReadInItsTurnAlsoAfterCtrlZ() throws Exception {
        interactiveShell("scripts/ftj --sandbox", "");
        awaitScreen("ftj [sandbox]> ");
        type("no-such-command" + CTRL_C + "version\r");
        awaitPromptAfter("(Java ");
        type("no-such");
        awaitScreen("no-such");
        type("\u001a");
        awaitScreen("Stopped");
        type("fg\r");
        await().atMost(LONG).until(() -> {
            String shown = shown();
            return shown.substring(shown.lastIndexOf("fg")).contains("ftj [sandbox]> no-such");
        });
        type("-command" + CTRL_C + "help version\r");
        awaitPromptAfter("Usage: ftj version");
        type("sandbox\r");
        awaitScreen("export ATAI_API_KEY=");
        type(CTRL_C);
        awaitPromptAfter("cancelled");
        type("exit\r");
        await().atMost(LONG).until(() -> shown().endsWith("$ "));

        assertThat(shown()).doesNotContain("unknown command");
    }

    @Test
    void ctrlCAtAQuestionEndsItsLine() throws Exception {
        server.setDispatcher(new JobsThatStall());
        run(
                "trap : INT; scripts/ftj stop ftj-1; echo \"first $?.\"",
                server.url("/").toString(),
                "");
        awaitScreen("[y/N] ");
        type(CTRL_C);
        awaitScreen("first 130.");

        assertThat(shown()).containsPattern("\\[y/N\\] \\^C\\r?\\nftj: cancelled\\.");
    }

    /** A job that runs; any other, and every change, gets no answer. */
    private static final class JobsThatStall extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            MockResponse.Builder answer = new MockResponse.Builder();
            return request.getMethod().equals("GET") && request.getTarget().endsWith("/ftj-1")
                    ? answer.body("{\"id\": \"ftj-1\", \"status\": \"RUNNING\"}")
                            .build()
                    : answer.onResponseStart(SocketEffect.Stall.INSTANCE).build();
        }
    }

    /** JLine unpacks a native library there, which then cannot be loaded. */
    @Test
    void aTemporaryDirectoryWithoutExecutionIsNotNoticedAndNothingIsLeftThere() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("temporary"));
        String mount = "mount -t tmpfs -o noexec none " + temporary;
        assumeThat(new ToolProcess(home, "unshare", "-rm", "sh", "-c", mount)
                        .run()
                        .code())
                .as("a mount of one's own")
                .isZero();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        run(
                "exec unshare -rm sh -c 'trap : INT; " + mount + " && scripts/ftj; echo \"$? left: $(ls -A " + temporary
                        + ").\"'",
                server.url("/").toString(),
                "-Djava.io.tmpdir=" + temporary);
        awaitScreen("> ");

        type("get ftj-1\r");
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        type(CTRL_C);
        awaitScreen("cancelled.");
        type("vers\t\r");
        awaitScreen("(Java ");
        type("exit\r");

        awaitScreen("0 left: .");
        assertThat(shown()).doesNotContainIgnoringCase("jline").doesNotContain("WARNING");
    }

    /** In a shell that stops and continues its jobs. */
    private void interactiveShell(String command, String endpoint) throws IOException {
        assumeThat(Files.isExecutable(Path.of("/bin/bash"))).as("bash").isTrue();
        run("PS1='$ ' exec /bin/bash --norc --noprofile --noediting -i", endpoint, "");
        awaitScreen("$ ");
        type(command + "\r");
    }

    private void open(String options, String endpoint) throws IOException {
        run("exec scripts/ftj " + options, endpoint, "");
    }

    private void run(String command, String endpoint, String javaOptions) throws IOException {
        screen = home.resolve("screen");
        ProcessBuilder builder = new ProcessBuilder(
                        ToolProcess.interruptible("script", "-qefc", "stty cols 100 rows 30; " + command, "/dev/null"))
                .directory(Places.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().remove("ATAI_API_KEY_FILE");
        builder.environment().put("ATAI_API_ENDPOINT", endpoint);
        builder.environment().put("ATAI_API_KEY", endpoint.isEmpty() ? "" : "sk_environment_0123456789");
        builder.environment()
                .put(
                        "FTJ_HOME",
                        TrainedCache.copyTo(home.resolve("ftj"), "command", "prompt")
                                .toString());
        builder.environment().put("JAVA_HOME", Places.JAVA_HOME.toString());
        builder.environment().put("TERM", terminalType);
        builder.environment().put("JDK_JAVA_OPTIONS", javaOptions);
        process = ToolProcess.killedAtTheEnd(builder.start());
    }

    private void type(String keys) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitScreen(String text) {
        await(text).atMost(LONG).until(() -> shown().contains(text));
    }

    /** What is typed before the prompt is back is the terminal's own, to which Ctrl-D is no key. */
    private void awaitPromptAfter(String text) {
        await(text).atMost(LONG).until(() -> {
            String shown = shown();
            return shown.contains(text) && shown.substring(shown.indexOf(text)).contains("> ");
        });
    }

    /** What the terminal was sent, without its own codes. */
    private String shown() throws IOException {
        return Files.readString(screen).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]", "");
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
