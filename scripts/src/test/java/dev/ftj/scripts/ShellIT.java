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
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
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
        awaitScreen("ftj: cancelled.");
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
        awaitScreen("ftj: cancelled.");
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

    /** JLine unpacks a native library there, which then cannot be loaded. */
    @Test
    void aTemporaryDirectoryWithoutExecutionIsNotNoticedAndNothingIsLeftThere() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("temporary"));
        String mount = "mount -t tmpfs -o noexec none " + temporary;
        assumeThat(new Program(home, "unshare", "-rm", "sh", "-c", mount).run().code())
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
        awaitScreen("ftj: cancelled.");
        type("vers\t\r");
        awaitScreen("(Java ");
        type("exit\r");

        awaitScreen("0 left: .");
        assertThat(shown()).doesNotContainIgnoringCase("jline").doesNotContain("WARNING");
    }

    private void open(String options, String endpoint) throws IOException {
        run("exec scripts/ftj " + options, endpoint, "");
    }

    private void run(String command, String endpoint, String javaOptions) throws IOException {
        screen = home.resolve("screen");
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", "stty cols 100 rows 30; " + command, "/dev/null")
                .directory(Places.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().remove("ATAI_API_KEY_FILE");
        builder.environment().put("ATAI_API_ENDPOINT", endpoint);
        builder.environment().put("ATAI_API_KEY", endpoint.isEmpty() ? "" : "sk_environment_0123456789");
        builder.environment().put("FTJ_HOME", home.resolve("ftj").toString());
        builder.environment().put("JAVA_HOME", Places.JAVA_HOME.toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().put("JDK_JAVA_OPTIONS", javaOptions);
        process = builder.start();
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
