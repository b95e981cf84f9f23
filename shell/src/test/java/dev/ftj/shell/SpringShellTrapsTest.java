package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of Spring Shell 4.0.1 as it comes would trip over. */
@Timeout(60)
class SpringShellTrapsTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    private Program ftj() {
        server.setDispatcher(api);
        return Program.of(server, home);
    }

    @Test
    void argvIsNotJoinedWithSpacesAndCutAgain() {
        api.answer("a%20%20b", "{\"id\": \"a  b\"}").answer("%22", "{\"id\": \"\\\"\"}");

        assertThat(ftj().run("get", "a  b", "\"", "--field", "id")).isEqualTo(new Result(0, "a  b\n\"\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gte ftj-1", "get --ouput json ftj-1", "get", "get ftj-1 --timeout"})
    void aLineThatCannotBeParsedIsNotExitCodeZero(String line) {
        assertThat(ftj().run(line.split(" ")).code()).isEqualTo(2);
        assertThat(ftj().stdin(line + "\n").run().code()).isEqualTo(2);
    }

    @Test
    void singleQuotesHoldAWordTogether() {
        api.answer("a%20b", "{\"id\": \"a b\"}");

        assertThat(ftj().stdin("get 'a b' --field id\n").run().out()).isEqualTo("a b\n");
    }

    @Test
    void anUnbalancedQuoteIsAnError() {
        assertThat(ftj().stdin("get 'a b\n").run().err()).contains("the quote ' is not closed");
    }

    @Test
    void aFlagDoesNotSwallowTheIdBehindIt() {
        Result result = Program.in(home).run("get", "--sandbox", "ftj-my-finetune-run-3de60a5c", "--field", "status");

        assertThat(result).isEqualTo(new Result(0, "COMPLETED\n", ""));
    }

    @Test
    void shortOptionsCanBeGrouped() {
        api.job("ftj-1");

        assertThat(ftj().run("get", "ftj-1", "-vvojsonl").err()).contains("> accept: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "metrics",
                "save",
                "saved",
                "forget",
                "login",
                "logout",
                "whoami",
                "endpoint",
                "sandbox",
                "doctor",
                "completion",
                "history",
                "clear",
                "help",
                "version",
                "exit",
                "quit"
            })
    void everyCommandHasHelpInBothWays(String command) {
        Result help = ftj().run("help", command);
        Result option = ftj().run(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("ftj " + command + ": ").contains("Usage: ftj " + command);
        assertThat(option).isEqualTo(help);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "saved",
                "whoami",
                "completion bash",
                "completion zsh",
                "completion fish",
                "history",
                "clear",
                "help",
                "version",
                "exit",
                "quit",
                "save x",
                "-h",
                "--version"
            })
    void everyCommandRunsWithoutTheLibrariesThatAreLeftOut(String line) {
        assertThat(ftj().run(line.split(" ")).code()).isZero();
    }

    @Test
    void logoutRunsWithoutThemToo() throws IOException {
        assertThat(ftj().stdin("logout\nversion\n").run().code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.hibernate.validator.HibernateValidator",
                "org.springframework.boot.SpringApplication",
                "ch.qos.logback.classic.Logger",
                "reactor.core.publisher.Mono"
            })
    void nothingThatTalksOrStartsSlowlyIsOnTheClassPath(String type) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(type));
    }

    @Test
    void ctrlCAtThePromptDoesNotEndTheShell() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.clearLine();
            prompt.clearLine();
            prompt.enter("version");
            prompt.read("ftj ");
        }
    }

    @Test
    void anIdIsCompletedAlthoughItIsNoPartOfTheCommandsName() throws Exception {
        api.job("ftj-best");
        ftj().run("get", "ftj-best");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get ftj-b\t--field id");
            prompt.read("ftj-best\n");
        }
    }

    @Test
    void theNameOfAJobIsCompletedToItsId() throws Exception {
        api.answer("ftj-4711", "{\"id\": \"ftj-4711\", \"name\": \"My run 7\"}");
        ftj().run("get", "ftj-4711");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get my\t--field id");
            prompt.read("ftj-4711\n");
            prompt.enter("get 'my run\t --field name");
            prompt.read("My run 7\n");
        }
    }

    @Test
    void aFailureIsToldInOurWordsAlone() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get none");
            prompt.hear("List your jobs.\n");

            assertThat(prompt.err().lines().skip(1))
                    .isEqualTo(
                            List.of("ftj: none: not found (404): No such job (job_not_found, err-1). List your jobs."));
        }
    }
}
