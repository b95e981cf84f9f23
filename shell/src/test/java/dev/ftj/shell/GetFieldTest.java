package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.util.Arrays;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetFieldTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2");
    }

    private Result field(String path, String... more) {
        String[] argv = new String[more.length + 4];
        argv[0] = "get";
        argv[1] = "ftj-1";
        argv[2] = "--field";
        argv[3] = path;
        System.arraycopy(more, 0, argv, 4, more.length);
        return Program.of(server, home).run(argv);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "status ! RUNNING",
                "config.model ! Newton::c2",
                "config[\"a.b\"] ! 1.0E+2",
                "config[a.b] ! 1.0E+2",
                "[status] ! RUNNING",
                "config.datasets[0].file_ids ! [\"file-1\",\"file-2\"]",
                "config.datasets[0].file_ids[1] ! file-2",
                "config.datasets ! [{\"name\":\"d\",\"split\":\"train\",\"file_ids\":[\"file-1\",\"file-2\"]}]"
            })
    void aStringIsBareAndAnythingElseIsCompactJson(String path, String value) {
        assertThat(field(path)).isEqualTo(new Result(0, value + "\n", ""));
    }

    @Test
    void withJsonTheValueIsExact() {
        assertThat(field("status", "-o", "json")).isEqualTo(new Result(0, "\"RUNNING\"\n", ""));
        assertThat(field("config.datasets[0].file_ids", "-o", "json"))
                .isEqualTo(new Result(0, "[\"file-1\", \"file-2\"]\n", ""));
        assertThat(field("config[a.b]", "-o", "yaml").out()).isEqualTo("1.0E+2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inference_config_path", "nothing", "config.datasets[7]", "status.x", "config.datasets.name"})
    void whatIsNullOrMissingIsAnEmptyLineAndExitCodeOne(String path) {
        assertThat(field(path)).isEqualTo(new Result(1, "\n", "ftj: ftj-1: its " + path + " is null or missing.\n"));
    }

    @Test
    void aListWithCommasIsToldHowToAskForSeveral() {
        assertThat(field("id,status").err())
                .isEqualTo("ftj: ftj-1: its id,status is null or missing. Repeat --field for each field.\n");
    }

    @Test
    void severalFieldsStandOnALineWithTabsBetween() {
        String[] get = {
            "get", "ftj-1", "none", "--field", "id", "--field", "inference_config_path", "--field", "config[a.b]"
        };

        assertThat(field("id", "--field", "status", "--field", "config.datasets[0].file_ids"))
                .isEqualTo(new Result(0, "ftj-1\tRUNNING\t[\"file-1\",\"file-2\"]\n", ""));
        assertThat(field("id", "--field", "config[a.b]", "-o", "json"))
                .isEqualTo(new Result(0, "[\"ftj-1\", 1.0E+2]\n", ""));
        assertThat(field("id", "--field", "status", "-o", "yaml").out()).isEqualTo("- \"ftj-1\"\n- \"RUNNING\"\n");

        Result several = Program.of(server, home).run(get);
        assertThat(several.code()).isEqualTo(1);
        assertThat(several.out()).isEqualTo("ftj-1\t\t1.0E+2\n\t\t\n");
        assertThat(several.err()).contains("ftj: ftj-1: its inference_config_path is null or missing.\n");
        String[] json = Arrays.copyOf(get, get.length + 1);
        json[get.length] = "-ojson";
        assertThat(Program.of(server, home).run(json).out()).isEqualTo("[[\"ftj-1\", null, 1.0E+2],null]\n");
    }

    @Test
    void aNullIsANullInJson() {
        Result result = field("inference_config_path", "-o", "json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("null\n");
        assertThat(result.err()).startsWith("{\"error\":{\"kind\":\"local\",\"job_id\":\"ftj-1\"");
    }

    @Test
    void severalJobsAreALineEachAlsoOneThatFailed() {
        Result text = Program.of(server, home).run("get", "ftj-1", "none", "ftj-2", "--field", "id");
        Result json = Program.of(server, home).run("get", "ftj-1", "none", "ftj-2", "--field", "id", "-o", "json");
        Result jsonl = Program.of(server, home).run("get", "ftj-1", "none", "ftj-2", "--field", "id", "-ojsonl");

        assertThat(text.code()).isEqualTo(4);
        assertThat(text.out()).isEqualTo("ftj-1\n\nftj-2\n");
        assertThat(json.out()).isEqualTo("[\"ftj-1\",null,\"ftj-2\"]\n");
        assertThat(jsonl.out()).isEqualTo("\"ftj-1\"\nnull\n\"ftj-2\"\n");
    }

    @Test
    void aStringWithLineBreaksAndControlsStaysOneLine() {
        api.answer("ftj-1", "{\"id\": \"ftj-1\", \"name\": \"a\\nb\\u001b[2J\\u202e\"}");

        assertThat(field("name")).isEqualTo(new Result(0, "a\\nb\\u001b[2J\\u202e\n", ""));
    }

    @Test
    void ofSeveralMembersOfANameTheLastCounts() {
        api.answer("ftj-1", "{\"id\": \"ftj-1\", \"x\": 1, \"x\": {\"y\": true}}");

        assertThat(field("x.y").out()).isEqualTo("true\n");
    }

    @Test
    void aNameOfDigitsIsANameWhereAnObjectIs() {
        api.answer("ftj-1", "{\"id\": \"ftj-1\", \"x\": {\"0\": \"zero\"}}");

        assertThat(field("x[0]").out()).isEqualTo("zero\n");
        assertThat(field("x[\"0\"]").out()).isEqualTo("zero\n");
        assertThat(field("x.0").out()).isEqualTo("zero\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", "a[", "a[]", "a[0", "a[0]b", "[\"a]"})
    void whatIsNoPathIsRefusedBeforeAnyRequest(String path) {
        Result result = field(path);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ftj: not a --field path: ");
        assertThat(api.requests()).isEmpty();
    }
}
