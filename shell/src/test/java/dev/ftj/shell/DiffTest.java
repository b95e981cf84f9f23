package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    @TempDir
    Path files;

    private final Api api = new Api();

    private static String record(String id, String status, String config) {
        return "{\"id\": \"" + id + "\", \"name\": \"name of " + id + "\", \"status\": \"" + status
                + "\", \"config\": " + config + ", \"created_at\": \"2026-04-27T14:00:00Z\","
                + " \"updated_at\": \"2026-04-27T15:15:30Z\"}";
    }

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.answer(
                        "a",
                        record(
                                "a",
                                "COMPLETED",
                                "{\"model\": \"m1\", \"same\": 1.0, \"datasets\": [{\"name\": \"d\", \"file_ids\":"
                                        + " [\"f1\", \"f2\"]}]}"))
                .answer(
                        "a/metrics",
                        "{\"metrics\": [{\"step\": 100, \"loss\": 2, \"macro_f1\": 0.5, \"odd\": 7},"
                                + " {\"step\": 200, \"loss\": 1.5, \"macro_f1\": 0.8}]}");
        api.answer(
                        "b",
                        record(
                                "b",
                                "RUNNING",
                                "{\"same\": 1.0, \"model\": \"m2\", \"datasets\": [{\"name\": \"d\", \"file_ids\":"
                                        + " [\"f1\"]}], \"new\": {\"x\": null}}"))
                .answer(
                        "b/metrics",
                        "{\"metrics\": [{\"step\": 100, \"loss\": 1.2, \"macro_f1\": 0.6},"
                                + " {\"step\": 200, \"loss\": 1.4}]}");
    }

    private Result diff(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "diff";
        System.arraycopy(words, 0, line, 1, words.length);
        return Program.of(server, home).run(line);
    }

    @Test
    void onlyWhatDiffersIsShownAndTheBestOfEachMetricIsMarked() {
        Result result = diff("a", "b");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                A  a
                B  b

                                             A                  B
                name                         name of a          name of b
                status                       COMPLETED          RUNNING
                took                         1 h 15 min         -
                config.model                 m1                 m2
                config.datasets[0].file_ids  ["f1","f2"]        ["f1"]
                config.new.x                 -                  null
                loss, last                   1.5 at step 200    1.4 at step 200
                loss, lowest                 1.5 at step 200    1.2 at step 100 *
                macro_f1, last               0.8 at step 200    0.6 at step 100
                macro_f1, highest            0.8 at step 200 *  0.6 at step 100
                odd, last                    7 at step 100      -

                * best of these jobs
                """);
    }

    @Test
    void theMarksOfThePageAreExplained() {
        assertThat(diff("a", "b", "--html", "-").out()).contains(" *</td>", "<p>* best of these jobs</p>");
    }

    @Test
    void allShowsWhatIsTheSameToo() {
        assertThat(diff("a", "b", "--all").out())
                .containsPattern("(?m)^config\\.same +1\\.0 +1\\.0$")
                .containsPattern("(?m)^config\\.datasets\\[0\\]\\.name +d +d$");
    }

    @Test
    void aJobBesideItselfHasTheSameConfigurationAndIsAsGood() {
        assertThat(diff("a", "a").out())
                .contains("\nThe configurations are the same.\n")
                .containsPattern("(?m)^loss, lowest +1\\.5 at step 200 \\* +1\\.5 at step 200 \\*$")
                .doesNotContain("config.");
    }

    @Test
    void jsonHasTheNumbersAndWhichOfThemIsBetter() {
        Result result = diff("a", "b", "-o", "json");

        assertThat(result.out()).hasLineCount(1).isEqualTo("""
                {"jobs":[{"id":"a","name":"name of a","status":"COMPLETED","duration_seconds":4530.0,"metrics":\
                {"loss":{"last":1.5,"last_step":200,"best":1.5,"best_step":200,"better":"lower"},\
                "macro_f1":{"last":0.8,"last_step":200,"best":0.8,"best_step":200,"better":"higher"},\
                "odd":{"last":7,"last_step":100,"best":null,"best_step":null,"better":null}}},\
                {"id":"b","name":"name of b","status":"RUNNING","duration_seconds":null,"metrics":\
                {"loss":{"last":1.4,"last_step":200,"best":1.2,"best_step":100,"better":"lower"},\
                "macro_f1":{"last":0.6,"last_step":100,"best":0.6,"best_step":100,"better":"higher"}}}],\
                "config":{"config.model":["m1","m2"],"config.datasets[0].file_ids":[["f1", "f2"],["f1"]],\
                "config.new.x":[null,null]}}
                """);
    }

    @Test
    void aChartOverlaysOneSeriesOfAllJobs() throws IOException {
        Result plotted = diff("a", "b", "--plot", "--series", "macro_f1");
        Path svg = files.resolve("d.svg");
        Path html = files.resolve("d.html");
        Result drawn = diff("a", "b", "--svg", svg.toString(), "--html", html.toString());

        assertThat(plotted.out()).contains("\nmacro_f1\n").containsPattern("(?m)^\u2812\u2812\u2812 a {3}ooo b$");
        assertThat(drawn.err()).contains("wrote ");
        assertThat(svg).content().startsWith("<svg ").contains(">loss of 2 jobs<", ">a<", ">b<");
        assertThat(html)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<th scope=\"row\">config.model</th><td>m1</td><td>m2</td>",
                        "class=\"best\">1.2 at step 100 *");
    }

    @Test
    void aJobThatIsMissingIsReportedAndTheOthersAreCompared() {
        Result result = diff("a", "missing", "b");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("ftj: missing: ");
        assertThat(result.out()).startsWith("A  a\nB  b\n");
    }

    @Test
    void aJobWhoseMetricsFailIsComparedWithoutThem() {
        api.answer("b/metrics", 422, "{\"errors\": [{\"code\": \"x\", \"message\": \"no\"}]}");

        Result result = diff("a", "b");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).containsPattern("(?m)^loss, lowest +1\\.5 at step 200 \\* +-$");
    }

    @Test
    void oneJobIsAUsageErrorBeforeAnyRequest() {
        Result one = diff("a");
        Result none = Program.of(server, home).stdin("a\n").run("diff", "-");

        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("a comparison needs at least two jobs");
        assertThat(none.code()).isEqualTo(2);
        assertThat(api.asked()).containsExactly("a", "a/metrics");
    }

    @Test
    void aSeriesThatNoJobHasIsSaidSo() {
        Result result = diff("a", "b", "--plot", "--series", "nope");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("none of these jobs has a series nope");
    }

    @Test
    void noTextOfAServerActsOnATerminalOrABrowser() throws IOException {
        api.answer("b", record("b", "RUNNING", "{\"mo\\u001b[31mdel\": \"<b>\\u202e\\u001b[2J</b>\"}"));
        Path html = files.resolve("d.html");
        Result result = diff("a", "b", "--html", html.toString());

        assertThat(result.out() + result.err()).doesNotContain("\u001b", "\u202e");
        assertThat(Files.readString(html)).doesNotContain("<b>", "\u001b", "\u202e");
    }

    @Test
    void onANarrowTerminalValuesStandBelowEachOtherAndNoneIsCut() {
        Result result =
                Program.of(server, home).at("o").with("COLUMNS", "40").run("diff", "a", "b", "--color", "never");

        assertThat(result.out()).contains("config.datasets[0].file_ids\n  A  [\"f1\",\"f2\"]\n  B  [\"f1\"]\n");
    }
}
