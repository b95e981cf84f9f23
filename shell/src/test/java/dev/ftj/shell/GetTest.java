package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class GetTest {
    /** Everything that a reader which binds and writes anew would change. */
    private static final String ODD = "{\"id\": \"odd\",\n  \"z\": 1.0E+2, \"a\": 1e400, \"b\": -0,"
            + " \"c\": 12345678901234567890.10, \"same\": 1, \"same\": 2, \"n\": NaN, \"m\": -Infinity,"
            + " \"slash\": \"\\/\\u00e9\", \"empty\": {}, \"none\": [ ]}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2").answer("odd", ODD);
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @Test
    void aRecordIsACardAndItsRequestIsTheDocumentedOne() {
        Result result = ftj().run("get", "ftj-1");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("(?m)^id +ftj-1$")
                .containsPattern("(?m)^name +name of ftj-1$")
                .containsPattern("(?m)^status +RUNNING$")
                .containsPattern("(?m)^config\\.a\\.b +1\\.0E\\+2$");
        RecordedRequest request = api.requests().get(0);
        assertThat(api.requests()).hasSize(1);
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget()).isEqualTo("/v0.5/fine-tune/jobs/ftj-1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Program.KEY);
        assertThat(request.getHeaders().get("User-Agent")).startsWith("ftj/");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    }

    @Test
    void jsonIsTheServersOwnText() {
        Result result = ftj().run("get", "odd", "-o", "json");

        assertThat(result).isEqualTo(new Result(0, ODD + "\n", ""));
    }

    @Test
    void jsonIsIndentedOnATerminalAndNothingElseChanges() {
        Result result = ftj().at("o").run("get", "odd", "-o", "json");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("{\n  \"id\": \"odd\",\n  \"z\": 1.0E+2,\n  \"a\": 1e400,\n  \"b\": -0,\n")
                .contains("\"same\": 1,\n  \"same\": 2,\n  \"n\": NaN,\n  \"m\": -Infinity,\n")
                .endsWith("  \"slash\": \"\\/\\u00e9\",\n  \"empty\": {},\n  \"none\": []\n}\n");
    }

    @Test
    void jsonlIsOneLineARecord() {
        Result result = ftj().run("get", "odd", "ftj-2", "-o", "jsonl");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.out()).startsWith("{\"id\":\"odd\",\"z\":1.0E+2,\"a\":1e400,\"b\":-0,");
    }

    @ParameterizedTest
    @CsvSource({"ftj-1,{,}", "ftj-1 ftj-2,[{,}]", "ftj-1 ftj-1,[{,}]", "-,[{,}]"})
    void theShapeFollowsTheCallAndNotTheCount(String ids, String start, String end) {
        String[] argv = ("get -o json " + ids).split(" ");

        Result result = ftj().stdin("ftj-1\n").run(argv);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith(start).endsWith(end + "\n");
    }

    @Test
    void anArrayOnATerminalIsIndentedAsAWhole() {
        api.answer("s", "{\"id\":\"s\",\"e\":{}}");

        assertThat(ftj().at("o").run("get", "s", "s", "-o", "json").out())
                .isEqualTo("[\n  {\n    \"id\": \"s\",\n    \"e\": {}\n  },\n  {\n    \"id\": \"s\",\n"
                        + "    \"e\": {}\n  }\n]\n");
    }

    @Test
    void anArrayIsThereEvenWhereEveryJobFails() {
        Result result = ftj().run("get", "no-1", "no-2", "-o", "json");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEqualTo("[]\n");
        assertThat(result.err().lines()).hasSize(2);
        assertThat(ftj().run("get", "no-1", "no-2", "-o", "yaml").out()).isEqualTo("[]\n");
        assertThat(ftj().run("get", "no-1", "no-2", "-o", "jsonl").out()).isEmpty();
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @Test
    void yamlReadsBackAsTheSameRecord() {
        Object one = yaml(ftj().run("get", "ftj-1", "-o", "yaml").out());
        Object two = yaml(ftj().run("get", "ftj-1", "ftj-2", "-o", "yaml").out());

        assertThat(one)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("id", "ftj-1")
                .containsEntry("inference_config_path", null)
                .containsKey("config");
        assertThat(two).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
    }

    @Test
    void yamlKeepsDigitsOrderAndWhatOnlyLooksLikeAnotherType() {
        api.answer(
                "y",
                "{\"id\": \"y\", \"no\": \"no\", \"1.0\": \"1.0\", \"num\": 1.0E+2, \"big\": 12345678901234567890123,"
                        + " \"nan\": NaN, \"text\": \"a: b\\n#c \\t'\\\"\", \"null\": \"null\"}");

        String yaml = ftj().run("get", "y", "-o", "yaml").out();
        Map<?, ?> read = (Map<?, ?>) yaml(yaml);

        assertThat(yaml)
                .contains("num: 1.0E+2\n")
                .contains("big: 12345678901234567890123\n")
                .contains("nan: .nan\n");
        assertThat(read.get("text")).isEqualTo("a: b\n#c \t'\"");
        assertThat(read.get("no")).isEqualTo("no");
        assertThat(read.get("null")).isEqualTo("null");
        assertThat(List.copyOf(read.keySet())).asString().startsWith("[id, no, 1.0, num, big, nan, text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl", "yaml", "text"})
    void noNumberAndNoNameIsTooLong(String format) {
        String record = "{\"id\": \"long\", \"" + "n".repeat(60_000) + "\": " + "7".repeat(3_000) + "}";
        api.answer("long", record);

        Result result = ftj().run("get", "long", "-o", format);

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("7".repeat(3_000)).contains("n".repeat(60_000));
    }

    @Test
    void anyIdIsOneEncodedSegment() {
        api.answer("..%2Fa%20b%3F%23%25%C3%A9", "{\"id\": \"../a b?#%é\"}");

        Result result = ftj().run("get", "../a b?#%é", "--field", "id");

        assertThat(result).isEqualTo(new Result(0, "../a b?#%é\n", ""));
    }

    @Test
    void aRecordOfAnotherIdIsNotShown() {
        api.answer("ftj-3", Api.record("ftj-4", "x", "RUNNING"));

        Result result = ftj().run("get", "ftj-3");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ftj: ftj-3: ");
    }

    @Test
    void aCallEndsAtItsTimeout() {
        api.silent("ftj-3");

        Result result = ftj().run("get", "ftj-3", "--timeout", "150ms", "-o", "jsonl");

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("\"kind\":\"timeout\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-5s", "soon", "5", ""})
    void aTimeoutIsATimeOfMoreThanZero(String timeout) {
        Result result = ftj().run("get", "ftj-1", "--timeout=" + timeout);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("ftj: invalid value for --timeout: ");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void gettingNothingIsAUsageError() {
        Result result = ftj().run("get");

        assertThat(result).isEqualTo(new Result(2, "", "ftj: get needs JOB... Usage: ftj get JOB...\n"));
    }
}
