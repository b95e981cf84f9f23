package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
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

class GetManyTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("a").job("b").job("c");
        api.answer("400", 400, "{}")
                .answer("401", 401, "{}")
                .answer("409", 409, "{}")
                .answer("418", 418, "{}")
                .answer("429", 429, "{}", Headers.of("Retry-After", "7200"));
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @Test
    void recordsComeInTheOrderOfTheArgumentsEachPlaceOnce() {
        Result result = ftj().run("get", "b", "a", "b", "c", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "b\na\nb\nc\n", ""));
    }

    @Test
    void aReferenceThatLeadsNowhereFailsInItsPlaceAndTheOthersGoOn() {
        Result result = ftj().run("get", "a", "@nobody", "b", "--field", "id");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEqualTo("a\n\nb\n");
        assertThat(result.err())
                .startsWith("ftj: @nobody: no job is saved under this name.")
                .hasLineCount(1);
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void cardsAreSetApartByAnEmptyLine() {
        assertThat(ftj().run("get", "a", "b").out()).containsOnlyOnce("\n\n").doesNotEndWith("\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "none 401, 3",
        "401 400, 3",
        "418 400, 2",
        "none 429, 5",
        "409 none, 4",
        "409 a, 7",
        "'none 401 400 418 409 a', 3",
        "'418 409 .', 2"
    })
    void theGravestFailureGivesTheExitCode(String ids, int code) {
        assertThat(ftj().run(("get " + ids).split(" ")).code()).isEqualTo(code);
    }

    @Test
    void aBadIdIsReportedWithoutARequestAndTheOthersGoOn() {
        Result result = ftj().run("get", "a", "..", "", "x".repeat(65), "b\u0007", "b", "--field", "id");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEqualTo("a\n\n\n\n\nb\n");
        assertThat(result.err().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("ftj: ") && line.contains(": not a job id: "));
        assertThat(result.err()).contains("b\\u0007: not a job id: it holds a control character");
        assertThat(api.asked()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void idsComeFromStdinWithWhateverLineEnds() {
        Result result = ftj().stdin("\uFEFFa\r\n\r\n   \nb\nc").run("get", "-", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "a\nb\nc\n", ""));
    }

    @Test
    void stdinMayStandAmongOtherIds() {
        assertThat(ftj().stdin("b\n").run("get", "a", "-", "c", "--field", "id").out())
                .isEqualTo("a\nb\nc\n");
    }

    @Test
    void idsFromStdinAreLiteral() {
        api.answer("%40last", "{\"id\": \"@last\"}").answer("-", "{\"id\": \"-\"}");

        Result result = ftj().stdin("@last\n-\n").run("get", "-", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "@last\n-\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "yaml"})
    void stdinWithoutAnIdIsNothingToDo(String format) {
        String none = format.equals("json") || format.equals("yaml") ? "[]\n" : "";
        for (String command : new String[] {"get - -o ", "wait - -o ", "watch - -o ", "stop - --yes -o "}) {
            assertThat(ftj().stdin("\n \r\n").run((command + format).split(" ")))
                    .as(command)
                    .isEqualTo(new Result(0, none, "ftj: nothing to do: stdin held no id\n"));
        }
        assertThat(ftj().run("forget", "-")).isEqualTo(new Result(0, "", "ftj: nothing to do: stdin held no id\n"));
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void whereOneIdIsNeededNoneIsAUsageError() {
        Result result = ftj().stdin("").run("metrics", "-");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("stdin held no id");
    }

    @Test
    void stdinIsReadOnce() {
        Result twice = ftj().stdin("a\n").run("get", "-", "-");
        Result keyToo = ftj().stdin("a\n").run("get", "-", "--api-key-file", "-");

        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.out()).isEmpty();
        assertThat(keyToo.code()).isEqualTo(2);
        assertThat(keyToo.err()).contains("stdin cannot give the API key: it is read for ids");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void behindTwoDashesADashIsAnId() {
        api.answer("-", "{\"id\": \"-\"}").answer("-o", "{\"id\": \"-o\"}");

        assertThat(ftj().stdin("a\n").run("get", "--field", "id", "--", "-", "-o"))
                .isEqualTo(new Result(0, "-\n-o\n", ""));
    }

    @Test
    void aSecondAtSignMakesALiteralId() {
        api.answer("%40x", "{\"id\": \"@x\"}").answer("%40%40", "{\"id\": \"@@\"}");

        assertThat(ftj().run("get", "@@x", "@@@", "--field", "id")).isEqualTo(new Result(0, "@x\n@@\n", ""));
    }

    @Test
    void whatStandsBeforeAFailureIsOnStdoutBeforeItIsTold() {
        Result result = ftj().run("get", "a", "none", "b", "-o", "jsonl");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.err().lines()).hasSize(1);
    }
}
