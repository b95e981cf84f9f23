package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String CANARY = "sk_canary_\"7f3a\\9c0d_and_more_Zq8W";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    @TempDir
    Path elsewhere;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1");
    }

    private Program ftj() {
        return Program.of(server, home).without("ATAI_API_KEY");
    }

    private String file(String content) throws IOException {
        return Files.writeString(elsewhere.resolve("key"), content).toString();
    }

    private String sent() {
        return api.requests().get(api.requests().size() - 1).getHeaders().get("Authorization");
    }

    @Test
    void theOptionBeatsTheVariableWhichBeatsTheVariableWithAFile() throws IOException {
        Path other = Files.writeString(elsewhere.resolve("other"), "from-variable-file\r\n");
        Program both = ftj().with("ATAI_API_KEY", "from-variable\n").with("ATAI_API_KEY_FILE", other.toString());

        both.run("get", "ftj-1", "--api-key-file", file("from-option-file\n"));
        assertThat(sent()).isEqualTo("Bearer from-option-file");
        both.run("get", "ftj-1");
        assertThat(sent()).isEqualTo("Bearer from-variable");
        both.with("ATAI_API_KEY", "").run("get", "ftj-1");
        assertThat(sent()).isEqualTo("Bearer from-variable-file");
    }

    @Test
    void theKeyMayComeFromStdin() {
        Result result = ftj().stdin("from-stdin\n").run("get", "ftj-1", "--api-key-file", "-", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "ftj-1\n", ""));
        assertThat(sent()).isEqualTo("Bearer from-stdin");
    }

    @Test
    void aScriptAndAKeyCannotBothBeReadFromStdin() {
        Result result = ftj().stdin("get ftj-1\n").run("--api-key-file", "-");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("stdin cannot give the API key: it is read for the lines of a script");
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void withoutAKeyNothingIsSentAndTheVariablesAreNamed(String key) throws IOException {
        List<Result> results = List.of(
                ftj().run("get", "ftj-1"),
                ftj().with("ATAI_API_KEY", key).run("get", "ftj-1"),
                ftj().run("get", "ftj-1", "--api-key-file", file(key)),
                ftj().stdin(key).run("get", "ftj-1", "--api-key-file", "-"));

        assertThat(results)
                .containsOnly(new Result(
                        3, "", "ftj: no API key. Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it.\n"));
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc\ndef-secret", "abc\tdef-secret", "abc\u00e9def-secret", "abcdef-secret\n\n"})
    void aKeyThatCannotBeSentIsRefusedWithoutShowingIt(String key) throws IOException {
        for (Result result : List.of(
                ftj().with("ATAI_API_KEY", key).run("get", "ftj-1"),
                ftj().run("get", "ftj-1", "--api-key-file", file(key)))) {
            assertThat(result.code()).isEqualTo(3);
            assertThat(result.err()).hasLineCount(1).doesNotContain("secret").doesNotContain("abc");
        }
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aKeyFileThatCannotBeReadIsALocalFailure() {
        Result missing = ftj().run(
                        "get",
                        "ftj-1",
                        "--api-key-file",
                        elsewhere.resolve("none").toString());
        Result directory = ftj().with("ATAI_API_KEY_FILE", elsewhere.toString()).run("get", "ftj-1");

        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("no such file");
        assertThat(directory.code()).isEqualTo(1);
    }

    /** Such as the pipe of {@code <(pass show key)}. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(30)
    void aKeyFileIsReadOnce() throws Exception {
        Path pipe = elsewhere.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Path> written = CompletableFuture.supplyAsync(() -> write(pipe, "from-a-pipe\n"));

        Result result = ftj().with("ATAI_API_KEY_FILE", pipe.toString()).run("get", "ftj-1", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "ftj-1\n", ""));
        assertThat(sent()).isEqualTo("Bearer from-a-pipe");
        written.join();
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSandboxReadsNoKeyAndGoesNowhereElse() {
        Program ftj = ftj().with("ATAI_API_KEY", "not\na key").with("ATAI_API_KEY_FILE", elsewhere.toString());
        String job = "ftj-my-finetune-run-3de60a5c";

        Result good = ftj.run("get", job, "--sandbox", "--field", "id");
        Result both = ftj.run("get", job, "--sandbox", "--endpoint", "https://example.com");

        assertThat(good).isEqualTo(new Result(0, job + "\n", ""));
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--sandbox and --endpoint");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void loginIsForThePromptAndNamesTheVariablesElsewhere() {
        Result argv = ftj().run("login");
        Result script = ftj().stdin("login\n").run();

        assertThat(argv.code()).isEqualTo(2);
        assertThat(argv.err()).contains("ATAI_API_KEY, or ATAI_API_KEY_FILE");
        assertThat(script.code()).isEqualTo(2);
    }

    @Test
    void aLogoutThatNothingFollowsIsRefused() {
        Result result = ftj().with("ATAI_API_KEY", Program.KEY).run("logout");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no line follows").contains("ATAI_API_KEY");
    }

    @Test
    void afterLogoutTheEnvironmentIsNotUsed() throws IOException {
        String key = file("another-key");
        Result result = ftj().with("ATAI_API_KEY", Program.KEY)
                .stdin("get ftj-1 --field id\nlogout\nwhoami\n")
                .run();
        Result option =
                ftj().stdin("logout\nget ftj-1 --api-key-file " + key + "\n").run();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).startsWith("ftj-1\n").contains("key       none");
        assertThat(result.err()).contains("you have logged out");
        assertThat(option.code()).isEqualTo(3);
        assertThat(api.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "sk_0123456789abcdef4e60, sk_...4e60",
        "0123456789abcdef, ...cdef",
        "0123456789abcde, ...",
        "sk_short, sk_..."
    })
    void whoamiTellsAtMostTheLastFourCharacters(String key, String shown) {
        Result result = ftj().with("ATAI_API_KEY", key).run("whoami");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .isEqualTo("endpoint  http://127.0.0.1:" + server.getPort() + "/v0.5\nkey       " + shown
                        + "\nfrom      ATAI_API_KEY\n");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void whoamiNamesEverySourceAndIsExitCodeThreeWithoutAKey() throws IOException {
        String file = file("0123456789abcdef");

        assertThat(ftj().run("whoami", "--api-key-file", file).out()).contains("--api-key-file " + file);
        assertThat(ftj().with("ATAI_API_KEY_FILE", file).run("whoami").out()).contains("ATAI_API_KEY_FILE\n");
        assertThat(ftj().stdin("0123456789abcdef")
                        .run("whoami", "--api-key-file=-")
                        .out())
                .contains("from      stdin\n");
        assertThat(ftj().run("whoami", "--sandbox").out()).contains("sandbox");
        Result none = ftj().run("whoami", "-o", "json");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.out()).contains("\"key\":null");
    }

    @Test
    void noServerCanMakeUsShowOrKeepTheKey() throws IOException {
        String json = CANARY.replace("\\", "\\\\").replace("\"", "\\\"");
        String spelled = json.replace("c", "\\u0063");
        Headers echo = Headers.of("X-Echo", CANARY, "Location", CANARY);
        api.answer(
                "echo",
                200,
                "{\"id\": \"echo\", \"name\": \"" + json + "\", \"status\": \"" + spelled + "\", \"" + json + "\": \""
                        + spelled + "\"}",
                echo);
        api.answer(
                "refused",
                400,
                "{\"errors\": [{\"code\": \"" + json + "\", \"message\": \"" + spelled + "\", \"suggestion\": \"" + json
                        + "\", \"error_uid\": \"" + json + "\"}]}",
                echo);
        api.answer("raw", 418, "you sent Bearer " + CANARY, echo);
        String file = file(CANARY);
        List<Program> sources =
                List.of(ftj().with("ATAI_API_KEY", CANARY), ftj().with("ATAI_API_KEY_FILE", file), ftj());

        for (Program ftj : sources) {
            for (String format : new String[] {"text", "json", "jsonl", "yaml"}) {
                String[] argv = {"get", "echo", "refused", "raw", "-vv", "-o", format, "--api-key-file", file};
                secret(ftj.run(ftj == sources.get(2) ? argv : Arrays.copyOf(argv, argv.length - 2)));
            }
            secret(ftj.stdin("whoami\nsave echo\nget @last --field name\nsaved\nsaved -o json\n")
                    .run("--api-key-file", file));
        }
        assertThat(sent()).isEqualTo("Bearer " + CANARY);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path written : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(written)).as(written.toString()).doesNotContain("sk_canary");
            }
        }
    }

    @Test
    void noRedirectCanMakeUsShowTheKey() {
        api.answer("moved", 302, "", Headers.of("Location", "https://x.example/" + Program.KEY));

        Result result = ftj().with("ATAI_API_KEY", Program.KEY).run("get", "moved", "-vv");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("https://x.example/[key]").doesNotContain(Program.KEY);
    }

    private static void secret(Result result) {
        assertThat(result.out()).doesNotContain("sk_canary").doesNotContain("9c0d_and_more");
        assertThat(result.err()).doesNotContain("sk_canary").doesNotContain("9c0d_and_more");
    }
}
