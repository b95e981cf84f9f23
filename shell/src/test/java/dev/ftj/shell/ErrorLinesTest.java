package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLinesTest {
    private static final String TWO_ERRORS = "{\"errors\": ["
            + "{\"code\": \"bad_id\", \"message\": \"Bad id.\", \"suggestion\": \"Mend it.\", \"error_uid\": \"err-1\"},"
            + "{\"code\": \"bad_day\", \"message\": \"Bad day\", \"error_uid\": \"err-2\"}]}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.answer("two", 400, TWO_ERRORS)
                .answer("detail", 403, "{\"detail\": \"Not yours\"}")
                .answer("busy", 429, "{}", Headers.of("Retry-After", "7200"));
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @Test
    void aFailureIsOneLineWithCodeUidAndWhatToDo() {
        assertThat(ftj().run("get", "none"))
                .isEqualTo(new Result(
                        4, "", "ftj: none: not found (404): No such job (job_not_found, err-1). List your jobs.\n"));
    }

    @Test
    void furtherErrorsOfTheAnswerHaveLinesOfTheirOwn() {
        assertThat(ftj().run("get", "two").err())
                .isEqualTo("ftj: two: the server refused the request (400): Bad id (bad_id, err-1). Mend it.\n"
                        + "ftj: Bad day (bad_day, err-2).\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl"})
    void inJsonAFailureIsOneObjectALine(String format) {
        Result result = ftj().run("get", "two", "detail", "-o", format);

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err().lines())
                .containsExactly(
                        "{\"error\":{\"kind\":\"invalid\",\"job_id\":\"two\",\"http_status\":400,\"errors\":["
                                + "{\"code\":\"bad_id\",\"message\":\"Bad id.\",\"suggestion\":\"Mend it.\","
                                + "\"error_uid\":\"err-1\"},{\"code\":\"bad_day\",\"message\":\"Bad day\","
                                + "\"suggestion\":null,\"error_uid\":\"err-2\"}],\"retryable\":false,\"attempts\":1,"
                                + "\"hint\":\"Mend it.\"}}",
                        "{\"error\":{\"kind\":\"auth\",\"job_id\":\"detail\",\"http_status\":403,\"errors\":["
                                + "{\"code\":null,\"message\":\"Not yours\",\"suggestion\":null,\"error_uid\":null}],"
                                + "\"retryable\":false,\"attempts\":1,\"hint\":\"Ask for access, or use another key\"}}");
    }

    @Test
    void yamlFailuresAreText() {
        assertThat(ftj().run("get", "none", "-o", "yaml").err()).startsWith("ftj: none: ");
    }

    @Test
    void aLimitOfTheServersSaysWhenToComeBack() {
        Result result = ftj().run("get", "busy");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("Try again in 2 h");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void aFailureThatNoServerToldHasAMessageInJsonToo() {
        Result bad = ftj().run("get", "..", "-o", "json");
        Result reference = ftj().run("get", "@nobody", "-o", "json");

        assertThat(bad.err()).contains("\"kind\":\"usage\",\"job_id\":\"..\",\"http_status\":null,\"errors\":[{");
        assertThat(reference.code()).isEqualTo(2);
        assertThat(reference.err()).contains("\"kind\":\"usage\"").contains("no job is saved under this name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "gte ftj-1 ! ftj: unknown command: gte. Did you mean get?",
                "get ftj-1 --ouput json ! ftj: unknown option: --ouput. Did you mean --output?",
                "get ftj-1 -o table ! ftj: invalid value for --output: table. Expected one of: text, json, jsonl, yaml.",
                "save ftj-1 ftj-2 ! ftj: unexpected argument: ftj-2. Usage: ftj save JOB.",
                "saved --timeout 5s ! ftj: saved does not take --timeout.",
                "get ftj-1 --sandbox=yes ! ftj: --sandbox takes no value.",
                "get x --timeout 60 ! ftj: invalid value for --timeout: 60. It has no unit: write 60s or 60m.",
                "sandbox --speed 0 ! ftj: invalid value for --speed: 0. Write a number of more than zero",
                "sandbox --weather storm ! ftj: invalid value for --weather: storm. Expected one of: calm, stormy.",
                "sandbox --port 65536 ! ftj: invalid value for --port: 65536. Write a number from 1 to 65535.",
                "get ftj-1 --speed 2 ! ftj: get does not take --speed."
            })
    void aCallThatIsWrongIsExitCodeTwoAndNoRequest(String line, String told) {
        Result result = ftj().run(line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith(told.strip()).hasLineCount(1);
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a url",
                "ftp://host",
                "https://user:secret-word@host",
                "http://example.com",
                "https://host/v0.7",
                "https://host?q=secret-word"
            })
    void aBadEndpointIsExitCodeTwoAndIsNotRepeated(String url) {
        Result option = ftj().run("get", "ftj-1", "--endpoint", url);
        Result variable = ftj().with("ATAI_API_ENDPOINT", url).run("get", "ftj-1");

        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).startsWith("ftj: not an endpoint: ").doesNotContain("secret-word");
        assertThat(variable).isEqualTo(option);
    }

    @Test
    void thereIsNoStackTraceUnlessAskedFor() {
        assertThat(ftj().run("get", "none", "-v").err()).doesNotContain("at dev.ftj");
        assertThat(ftj().run("get", "none", "-vv").err()).contains("at dev.ftj");
    }

    @Test
    void anAttemptIsOneLineOfTalk() {
        api.answer("a%20b", "{\"id\": \"a b\"}");

        Result result = ftj().run("get", "a b", "-v", "--field", "id");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("a b\n");
        assertThat(result.err()).matches("GET /v0.5/fine-tune/jobs/a%20b {2}200 {2}\\d+ ms\n");
    }

    @Test
    void headersAreShownOnceMoreIsAskedForButNotTheKeys() {
        api.answer("a", 200, "{\"id\": \"a\"}", Headers.of("X-Request-Id", "r-1", "X-Echo", Program.KEY));

        String err = ftj().run("get", "a", "-vv").err();

        assertThat(err).contains("> accept: application/json").containsIgnoringCase("< x-request-id: r-1");
        assertThat(err).doesNotContain(Program.KEY).doesNotContainIgnoringCase("authorization");
    }

    @Test
    void helpAndVersionAreData() {
        Result help = ftj().run("get", "--help");
        Result version = ftj().run("--version");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("--field PATH").contains("JOB...").contains("Exit codes");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("ftj \\S+ \\(Java \\S+\\)\n");
        assertThat(ftj().run("help", "gte").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "check '' ! ftj: an empty file name.",
                "check --train '' ! ftj: an empty file name.",
                "upload '' ! ftj: an empty file name.",
                "upload FILE --type '' ! ftj: not a content type: \"\".",
                "metrics ftj-my-finetune-run-3de60a5c --svg '' ! ftj: an empty file name.",
                "whoami --api-key-file '' ! ftj: the key file \"\" cannot be read (its name is empty).",
                "get ftj-my-finetune-run-3de60a5c --field '' ! ftj: not a --field path: \"\" (a name is empty).",
                "api '' /x ! ftj: invalid method: \"\".",
            })
    void anEmptyArgumentIsNamed(String line, String message) throws IOException {
        Path file = Files.writeString(home.resolve("train.jsonl"), "{}\n");
        String sandbox = line.startsWith("check") || line.startsWith("whoami") ? "" : " --sandbox";
        Result result = Program.in(home)
                .stdin(line.replace("FILE", file.toString()) + sandbox + "\n")
                .run();

        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains(message);
    }
}
