package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class MetricsTest {
    private static final String THREE = "{\"last_checkpoint_step\": 600, \"metrics\": ["
            + "{\"step\": 200, \"loss\": 1.842, \"eval_loss\": 1.901, \"learning_rate\": 2.0E-4}, "
            + "{\"step\": 400, \"loss\": 1.2, \"eval_loss\": 1.31, \"learning_rate\": 0.0001}, "
            + "{\"step\": 600, \"loss\": 1.10, \"eval_loss\": 1.4, \"learning_rate\": 0}]}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    @TempDir
    Path files;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").answer("ftj-1/metrics", THREE);
        api.answer("new/metrics", "{\"last_checkpoint_step\": null, \"metrics\": []}");
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    private Result csv(String rows) {
        api.answer("c/metrics", "{\"metrics\": [" + rows + "]}");
        return ftj().run("metrics", "c", "-o", "csv");
    }

    @Test
    void thePersonSeesTheNewestValuesAndTheBestEvalLoss() {
        Result result = ftj().run("metrics", "ftj-1");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("(?m)^job +ftj-1$")
                .containsPattern("(?m)^records +3$")
                .containsPattern("(?m)^last checkpoint +step 600$")
                .containsPattern("(?m)^best eval_loss +1\\.31 at step 400$")
                .containsPattern("(?m)^loss +1\\.1 +█▂▁$")
                .containsPattern("(?m)^learning_rate +0 +█▅▁$");
        assertThat(api.asked()).containsExactly("ftj-1/metrics");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 80})
    void nothingIsWiderThanTheTerminal(int columns) {
        Result result = ftj().at("o")
                .with("COLUMNS", Integer.toString(columns))
                .run("metrics", "ftj-1", "--plot", "--color", "never");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    @Test
    void thePlotTellsTheLossesApartWithoutColour() {
        Result result = ftj().with("NO_COLOR", "1").at("o").run("metrics", "ftj-1", "--plot");

        assertThat(result.out())
                .contains("⠒⠒⠒ loss   ooo eval_loss")
                .containsPattern("(?m)^ *1\\.6 ┤")
                .contains("└")
                .containsPattern("(?m)^ +200 +.*600$")
                .containsPattern("(?m)^loss$")
                .containsPattern("(?m)^ +step$")
                .containsPattern("[⠁-⣿]")
                .doesNotContain("\u001b");
        assertThat(ftj().at("o").run("metrics", "ftj-1", "--plot").out())
                .contains("\u001b[36m")
                .contains("\u001b[33m");
    }

    @Test
    void aLoneValueIsADotInThePlot() {
        api.answer("one/metrics", "[{\"step\": 200, \"loss\": 1.842}]");

        String plot = ftj().run("metrics", "one", "--plot").out();

        assertThat(plot.chars().filter(c -> c == '•')).hasSize(1);
        assertThat(plot).contains("200");
    }

    @Test
    void aRunThatDivergedIsToldEverywhere() throws IOException {
        String phrase = "NaN since step 600, last 1.2 at step 400";
        api.answer("ftj-1/metrics", THREE.replace("1.10", "NaN").replace("\"eval_loss\": 1.4, ", ""));
        Path svg = files.resolve("a.svg");
        Path html = files.resolve("a.html");

        Result text = ftj().run("metrics", "ftj-1", "--plot", "--svg", svg.toString(), "--html", html.toString());

        assertThat(text.out())
                .containsPattern("(?m)^loss +NaN +█▁\\n +" + phrase + "$")
                .containsPattern("(?m)^eval_loss +1\\.31 +█▁$")
                .containsPattern("(?m)^ +200 +.*600$")
                .containsPattern("(?m)^loss: " + phrase + "$");
        assertThat(svg).content().contains("loss: " + phrase);
        assertThat(html)
                .content()
                .contains("<td colspan=\"2\">" + phrase + "</td>", "<title>Training metrics of ftj-1</title>");
        assertThat(ftj().run("get", "ftj-1", "--metrics").out())
                .containsPattern("(?m)^loss +█▁ " + phrase + " \\(best eval 1\\.31 at step 400\\)$");
    }

    @Test
    void recordsWithoutStepsAreCounted() {
        api.answer("r/metrics", "[{\"eval_loss\": 2}, {\"eval_loss\": 1}, {\"eval_loss\": 1.5}]");

        assertThat(ftj().run("metrics", "r", "--plot").out())
                .containsPattern("(?m)^best eval_loss +1 at record 2$")
                .containsPattern("(?m)^ +1 +.*2.*3$")
                .containsPattern("(?m)^ +record$")
                .doesNotContain("step");
        api.job("r");
        assertThat(ftj().run("get", "r", "--metrics").out()).contains("best eval 1 at record 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"last_checkpoint_step\": 600, \"x\": {\"y\": [1.0E+2, {}]}, \"metrics\": [{\"step\": 1, \"v\": [1, [2]]}, 5, {}]}",
                "{\"metrics\": [{\"step\": 1}]}",
                "{\"metrics\": []}",
                "{\"last_checkpoint_step\": null, \"metrics\": []}"
            })
    void streamedRecordsLookAsTheWholeDoes(String answer) {
        api.answer("s/metrics", answer);
        String picture = files.resolve("a.svg").toString();

        for (String format : new String[] {"json", "jsonl", "yaml"}) {
            for (String terminals : new String[] {"", "o"}) {
                Result streamed = ftj().at(terminals).run("metrics", "s", "-o", format);
                Result kept = ftj().at(terminals).run("metrics", "s", "-o", format, "--svg", picture);
                assertThat(streamed.code()).isZero();
                assertThat(streamed.out()).isEqualTo(kept.out());
                if (format.equals("yaml")) {
                    LoadSettings settings = LoadSettings.builder().build();
                    assertThat(new Load(settings).loadFromString(streamed.out()))
                            .isEqualTo(new Load(settings).loadFromString(answer)); // JSON is YAML
                }
            }
        }
        assertThat(ftj().run("metrics", "s", "-o", "json").out()).isEqualTo(answer + "\n");
    }

    @Test
    void manyRecordsKeepTheirOrderInEveryFormat() {
        String rows = IntStream.range(0, 2000)
                .mapToObj(i -> "{\"step\": " + i + "}")
                .collect(Collectors.joining(", ", "{\"metrics\": [", "]}"));
        api.answer("m/metrics", rows);

        assertThat(ftj().run("metrics", "m", "-o", "json").out()).isEqualTo(rows + "\n");
        assertThat(ftj().run("metrics", "m", "-o", "yaml").out().lines())
                .hasSize(2001)
                .startsWith("metrics:", "- step: 0")
                .endsWith("- step: 1999");
        assertThat(ftj().at("o").run("metrics", "m", "-o", "json").out())
                .startsWith("{\n  \"metrics\": [\n    {\n      \"step\": 0\n    },\n    {\n")
                .endsWith("    {\n      \"step\": 1999\n    }\n  ]\n}\n");
    }

    @Test
    @Timeout(60)
    void aReaderThatHasGoneEndsTheDownload() {
        api.answer("m/metrics", "[" + "{\"step\": 1, \"loss\": 1.5},".repeat(200_000) + "{}]");
        AtomicInteger written = new AtomicInteger();
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                written.incrementAndGet();
                throw new IOException("Broken pipe");
            }
        };

        Result result = ftj().runTo(gone, "metrics", "m", "-o", "json");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(written).hasValue(1);
    }

    @Test
    void aJobWithoutMetricsIsNoFailure() {
        assertThat(ftj().run("metrics", "new")).isEqualTo(new Result(0, "", "new: no metrics yet\n"));
        assertThat(ftj().run("metrics", "new", "--plot")).isEqualTo(new Result(0, "", "new: no metrics yet\n"));
        assertThat(ftj().run("metrics", "new", "-o", "csv")).isEqualTo(new Result(0, "", "new: no metrics yet\n"));
        assertThat(ftj().run("metrics", "new", "-o", "jsonl")).isEqualTo(new Result(0, "", ""));
        assertThat(ftj().run("metrics", "new", "-o", "json"))
                .isEqualTo(new Result(0, "{\"last_checkpoint_step\": null, \"metrics\": []}\n", ""));
    }

    @Test
    void recordsWithoutANumberAreCounted() {
        api.answer("words/metrics", "{\"metrics\": [{\"phase\": \"warm-up\", \"loss\": \"1.5\"}]}");

        Result result = ftj().run("metrics", "words", "--plot");

        assertThat(result.code()).isZero();
        assertThat(result.out()).containsPattern("(?m)^records +1$").contains("nothing to plot yet");
        assertThat(result.err()).isEqualTo("no record has a number; -o json shows them\n");
    }

    @Test
    void jsonIsTheServersOwnText() {
        assertThat(ftj().run("metrics", "ftj-1", "-o", "json")).isEqualTo(new Result(0, THREE + "\n", ""));
    }

    @Test
    void jsonlIsARecordALine() {
        List<String> lines =
                ftj().run("metrics", "ftj-1", "-o", "jsonl").out().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo("{\"step\":200,\"loss\":1.842,\"eval_loss\":1.901,\"learning_rate\":2.0E-4}");
    }

    @Test
    void yamlReadsBackAsTheSame() {
        String yaml = ftj().run("metrics", "ftj-1", "-o", "yaml").out();

        Map<?, ?> read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        assertThat(read.get("metrics"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .element(1, InstanceOfAssertFactories.MAP)
                .containsEntry("eval_loss", 1.31);
    }

    @Test
    void csvHasALineForEachRecordAndEveryNameTheStepFirst() {
        Result result = csv("{\"loss\": 1.10, \"step\": 1}, {\"step\": 2, \"note\": \"a \\\"b\\\", c\"}, 5,"
                + " {\"step\": 3, \"loss\": null, \"x\": {\"y\": [1, 2]}, \"ok\": true}");

        assertThat(result).isEqualTo(new Result(0, """
                        step,loss,note,x,ok
                        1,1.10,,,
                        2,,"a ""b"", c",,
                        ,,,,
                        3,,,"{""y"":[1,2]}",true
                        """, ""));
    }

    @Test
    void noTextOfACsvIsAFormulaAndNoNumberIsDamaged() {
        Result result = csv("{\"=n\": \"=1+1\", \"a\": \"+1\", \"b\": \"-1.5\", \"c\": \"@x\", \"d\": -1.5,"
                + " \"e\": -1.0E+2, \"f\": \"a\\r\\nb\\u001b\"}");

        assertThat(result.out()).isEqualTo("'=n,a,b,c,d,e,f\n'=1+1,'+1,'-1.5,'@x,-1.5,-1.0E+2,a\\r\\nb\\u001b\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "yaml", "csv"})
    void hostileNamesAndTextsActOnNoTerminal(String format) {
        String evil = "\\u001b]0;owned\\u0007\\u001b[2J\\r\\n\u009b31m\u007f\u202eloss\u2028";
        api.answer("evil/metrics", "[{\"step\": 1, \"" + evil + "\": 1, \"t\": \"" + evil + "\"}]");

        for (String terminals : new String[] {"", "ioe"}) {
            Result result = ftj().at(terminals).run("metrics", "evil", "-o", format, "--color", "never");
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("owned").doesNotContainPattern("[\\p{Cc}\u202e\u2028&&[^\n]]");
        }
    }

    @Test
    void hostileNamesDoNotActInAPlotEither() {
        api.answer("evil/metrics", "[{\"step\": 1, \"\\u001b[2Jloss\": 1}, {\"step\": 2, \"\\u001b[2Jloss\": 2}]");

        assertThat(ftj().at("o")
                        .run("metrics", "evil", "--plot", "--color", "never")
                        .out())
                .contains("⠒⠒⠒ \\u001b[2Jloss")
                .doesNotContain("\u001b");
    }

    @Test
    void picturesAreWrittenWholeAndTold() throws IOException {
        Path svg = files.resolve("a.svg");
        Path html = files.resolve("a.html");
        Files.writeString(svg, "old");

        Result result = ftj().run("metrics", "ftj-1", "--svg", svg.toString(), "--html", html.toString());

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("wrote " + svg + "\nwrote " + html + "\n");
        assertThat(result.out()).contains("best eval_loss");
        assertThat(svg).content().startsWith("<svg ").contains("best eval_loss 1.31 at step 400");
        assertThat(html)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<svg ")
                .contains("<td>1.31</td>");
        try (Stream<Path> all = Files.list(files)) {
            assertThat(all).containsExactlyInAnyOrder(svg, html);
        }
    }

    @Test
    void aPictureFollowsALinkAndNeverReplacesIt() throws IOException {
        Path real = Files.writeString(files.resolve("real.svg"), "old");
        Path link = Files.createSymbolicLink(files.resolve("link.svg"), real);

        ftj().run("metrics", "ftj-1", "--svg", link.toString());

        assertThat(link).isSymbolicLink();
        assertThat(real).content().startsWith("<svg ");
    }

    @Test
    void aPictureThatCannotBeWrittenIsALocalFailure() {
        Map<Path, String> reasons =
                Map.of(files, "Is a directory", files.resolve("none").resolve("a.svg"), "no such file or directory");
        reasons.forEach((file, reason) -> {
            Result result = ftj().run("metrics", "ftj-1", "--svg", file.toString());

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).startsWith("ftj: " + file + " cannot be written (" + reason + ")");
        });
    }

    @Test
    void stdoutTakesAPictureAlone() {
        Result result = ftj().run("metrics", "ftj-1", "--svg", "-");

        assertThat(result.out()).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--plot -o json",
        "--follow -o csv",
        "--follow -o json",
        "--svg - --html -",
        "--svg - --plot",
        "--interval 0s --follow",
        "--interval 199ms --follow",
        "-o xml"
    })
    void whatDoesNotGoTogetherIsAUsageError(String options) {
        Result result = ftj().run(("metrics ftj-1 " + options).split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get ftj-1", "saved", "whoami"})
    void csvIsForRowsAlone(String line) {
        Result result = ftj().run((line + " -o csv").split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("csv").contains("text, json, jsonl, yaml");
    }

    @Test
    void metricsThatCannotBeHadAreToldAsEverywhere() {
        api.answer("odd/metrics", "{\"detail\": \"soon\"}");

        assertThat(ftj().run("metrics", "none").code()).isEqualTo(4);
        Result odd = ftj().run("metrics", "odd");
        assertThat(odd.code()).isEqualTo(5);
        assertThat(odd.err()).startsWith("ftj: odd: the answer is a JSON object and not a list of metrics");
    }

    @Test
    void theCardOfAJobHasALineOfItsLossWhereThatIsAskedFor() {
        Result with = ftj().run("get", "ftj-1", "--metrics");

        assertThat(with.code()).isZero();
        assertThat(with.out()).containsPattern("(?m)^loss +█▂▁ 1\\.1 \\(best eval 1\\.31 at step 400\\)$");
        assertThat(api.asked()).containsExactly("ftj-1", "ftj-1/metrics");
        assertThat(ftj().run("get", "ftj-1").out()).doesNotContain("best eval");
        assertThat(api.asked()).containsExactly("ftj-1", "ftj-1/metrics", "ftj-1");
    }

    @Test
    void aCardIsShownEvenWhereItsMetricsAreNot() {
        api.job("bare").job("new");

        Result result = ftj().run("get", "bare", "new", "--metrics");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out())
                .containsPattern("(?m)^id +bare$")
                .containsPattern("(?m)^id +new$")
                .containsPattern("(?m)^metrics +none yet$");
        assertThat(result.err()).startsWith("ftj: bare: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o json", "--field status"})
    void metricsAreForTheCardAlone(String options) {
        Result result = ftj().run(("get ftj-1 --metrics " + options).split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }
}
