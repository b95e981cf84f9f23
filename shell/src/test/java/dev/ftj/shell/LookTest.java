package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookTest {
    private static final String ESCAPE = "\u001b";
    private static final String LONG_ID = "ftj-" + "0123456789".repeat(6);

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1");
        api.answer(
                LONG_ID,
                "{\"id\": \"" + LONG_ID + "\", \"name\": \"" + "many words ".repeat(12) + "\","
                        + " \"status\": \"RUNNING\", \"工場の異音\": \"検知 🔊🏭\"}");
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @ParameterizedTest
    @CsvSource({
        // terminal, --color, NO_COLOR, CLICOLOR_FORCE, TERM: coloured
        "oe, '', '', '', xterm, true",
        "'', '', '', '', xterm, false",
        "oe, '', '', '', dumb, false",
        "oe, '', 1, '', xterm, false",
        "oe, '', 1, 1, xterm, false",
        "'', '', '', 1, xterm, true",
        "'', '', '', 0, xterm, false",
        "oe, '', '', 1, dumb, true",
        "'', always, 1, '', dumb, true",
        "oe, never, '', 1, xterm, false",
        "oe, auto, '', '', xterm, true",
        "'', auto, '', '', xterm, false",
        "oe, auto, 1, '', xterm, false"
    })
    void anOptionBeatsNoColorWhichBeatsForceWhichBeatsTheTerminal(
            String terminals, String option, String no, String force, String term, boolean coloured) {
        Program ftj = ftj().at(terminals)
                .with("NO_COLOR", no)
                .with("CLICOLOR_FORCE", force)
                .with("TERM", term);
        String[] argv = option.isEmpty()
                ? new String[] {"get", "ftj-1", "none"}
                : new String[] {"get", "ftj-1", "none", "--color", option};

        Result result = ftj.run(argv);

        assertThat(result.out().contains(ESCAPE)).isEqualTo(coloured);
        assertThat(result.err().contains(ESCAPE)).isEqualTo(coloured);
    }

    @Test
    void dataForProgramsIsNeverColoured() {
        for (String format : new String[] {"json", "jsonl", "yaml"}) {
            assertThat(ftj().at("oe")
                            .run("get", "ftj-1", "-o", format, "--color", "always")
                            .out())
                    .doesNotContain(ESCAPE);
        }
        assertThat(ftj().at("oe")
                        .run("get", "ftj-1", "--field", "status", "--color", "always")
                        .out())
                .isEqualTo("RUNNING\n");
    }

    @Test
    void aStatusHasAColourAndAWord() {
        String out = ftj().run("get", "ftj-1", "--color", "always").out();

        assertThat(out).contains(ESCAPE + "[1;36mRUNNING" + ESCAPE + "[0m");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 60, 100})
    void aCardFitsItsTerminalExceptForWhatMustStayInOnePiece(int columns) {
        String out = ftj().at("oe")
                .with("COLUMNS", Integer.toString(columns))
                .run("get", LONG_ID, "--color", "never")
                .out();

        assertThat(out).contains(LONG_ID);
        assertThat(out.lines().filter(line -> !line.contains(LONG_ID)))
                .allMatch(line -> width(line) <= columns, "fits in " + columns);
        assertThat(out.replaceAll("\\s+", " "))
                .contains("many words ".repeat(12).strip());
    }

    @Test
    void nothingIsCutOrWrappedInAPipe() {
        String out = ftj().with("COLUMNS", "20").run("get", LONG_ID).out();

        assertThat(out).contains("many words ".repeat(12).strip()).contains(LONG_ID);
    }

    @Test
    void valuesAreAlignedBesideWideLabels() {
        String out = ftj().run("get", LONG_ID).out();

        assertThat(out.lines()
                        .filter(line -> line.startsWith("id ") || line.startsWith("工場"))
                        .map(line -> line.startsWith("id ")
                                ? width(line.substring(0, line.indexOf(LONG_ID)))
                                : width(line.substring(0, line.indexOf("検知")))))
                .hasSize(2)
                .containsOnly(out.lines()
                        .filter(line -> line.startsWith("status"))
                        .mapToInt(line -> line.indexOf("RUNNING"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void theNextCommandIsTalkForAPersonAlone() {
        Result person = ftj().at("ioe").run("get", "ftj-1");
        Result pipe = ftj().run("get", "ftj-1");
        Result program = ftj().at("ioe").run("get", "ftj-1", "-o", "json");

        assertThat(person.err()).contains("next: ftj watch ftj-1");
        assertThat(pipe.err()).isEmpty();
        assertThat(program.err()).isEmpty();
    }

    @Test
    void theNextCommandCanBeTypedAsItStands() {
        api.answer("a%20b%24%28x%29", Api.record("a b$(x)", "n", "FAILED"));

        assertThat(ftj().at("ioe").run("get", "a b$(x)", "--color", "never").err())
                .startsWith("the API gives no reason for FAILED. Look at the last values with `ftj metrics 'a b$(x)'`")
                .endsWith("job's id\n")
                .hasLineCount(1);
    }

    @Test
    void theNextCommandGoesWhereTheLineWent() {
        String url = "http://127.0.0.1:" + server.getPort();
        Program ftj = ftj().without("ATAI_API_ENDPOINT").at("ioe");

        assertThat(ftj.run("get", "ftj-1", "--endpoint", url, "--color=never").err())
                .contains("next: ftj watch --endpoint " + url + " ftj-1\n");
        assertThat(ftj.run("get", "@none", "--endpoint", url).err()).contains("See `ftj saved --endpoint " + url + "`");
        assertThat(ftj.run("saved", "--endpoint", url).err())
                .contains("nothing is saved here yet; ftj save --endpoint " + url + " JOB --as NAME does");
    }

    @Test
    void theSandboxIsNamedToAPerson() {
        Result result =
                Program.in(home).at("ioe").run("get", "--sandbox", "ftj-my-finetune-run-3de60a5c", "--color=never");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .startsWith("sandbox: ")
                .contains("next: ftj get --sandbox ftj-my-finetune-run-3de60a5c --field inference_config_path\n");
    }

    @Test
    void ofATableTheLastColumnAloneIsCutAndOnlyOnATerminal() {
        String note = "a note of many words 検知 that goes on and on and on";
        ftj().run("save", LONG_ID, "--as", "best", "--note", note);
        Program narrow = ftj().with("COLUMNS", "110");

        String terminal = narrow.at("oe").run("saved", "--color", "never").out();
        String pipe = narrow.at("").run("saved").out();

        assertThat(terminal)
                .contains("@best")
                .contains(LONG_ID)
                .contains("\u2026")
                .doesNotContain(note);
        assertThat(terminal.lines()).allMatch(line -> width(line) <= 110);
        assertThat(pipe).contains(note);
    }

    private static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }
}
