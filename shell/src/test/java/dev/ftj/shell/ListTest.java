package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.shell.args.Option;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListTest {
    private static final String A = job("a", "zebra", "RUNNING", Duration.ofHours(3));
    private static final String B = job("b", "工場", "COMPLETED", Duration.ofHours(1));
    private static final String C = "{\"id\":\"c\",\"name\":\"=1+1\"}";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private static String job(String id, String name, String status, Duration age) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"status\":\"" + status
                + "\",\"config\":{\"model\":\"m-" + id + "\"},\"created_at\":\""
                + Instant.now().minus(age) + "\"}";
    }

    private Program ftj(String answer) {
        server.enqueue(new MockResponse.Builder().body(answer).build());
        return Program.of(server, home);
    }

    private String target() throws InterruptedException {
        return server.takeRequest().getTarget();
    }

    @Test
    void theServerSelectsAndCounts() throws InterruptedException {
        Result result = ftj("[" + A + "," + B + "]")
                .run("list", "--status", "running", "--status=Newer", "--limit", "5", "--offset=2");

        assertThat(target()).isEqualTo("/v0.5/fine-tune/jobs?limit=5&offset=2&statuses=RUNNING&statuses=NEWER");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).hasLineCount(2).contains("a  RUNNING    zebra  m-a  ", "b  COMPLETED  工場   m-b  ");
    }

    @Test
    void quietPrintsIdsOnlyAndExcludesOtherShapes() {
        Program ftj = ftj("[" + A + ",{\"uuid\": \"u-2\"}]");

        assertThat(ftj.run("list", "-q")).isEqualTo(new Result(0, "a\nu-2\n", ""));
        assertThat(ftj.run("list", "--quiet", "-o", "json").code()).isEqualTo(2);
        assertThat(ftj.run("list", "--quiet", "--field", "id").code()).isEqualTo(2);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void sinceTakesEpochSecondsAndSaysHowManyJobsHaveNoTime() {
        String seconds = "{\"id\":\"s\",\"created_at\":" + Instant.now().getEpochSecond() + "}";
        String date = "{\"id\":\"d\",\"created_at\":\"2026-01-02\"}";
        String odd = "{\"id\":\"o\",\"created_at\":\"yesterday\"}";
        String list = "[" + C + "," + A + "," + date + "," + odd + "," + seconds + "]";

        assertThat(ftj(list).run("list", "-q", "--since", "2h"))
                .isEqualTo(new Result(0, "s\n", "ftj: --since left out 2 jobs without a readable created_at\n"));
        assertThat(ftj(list).run("list", "-q", "--since", "2026-01-02T00:00:00Z", "--sort", "created"))
                .isEqualTo(new Result(0, "d\na\ns\n", "ftj: --since left out 2 jobs without a readable created_at\n"));
        assertThat(ftj("[" + A + "," + C + "]")
                        .run("list", "-q", "--since", "1d")
                        .err())
                .isEqualTo("ftj: --since left out 1 job without a readable created_at\n");
    }

    @Test
    void anotherNameOfAStatusIsLookedForHere() throws InterruptedException {
        String canceled = A.replace("RUNNING", "canceled");
        Result result = ftj("[" + B + "," + canceled + "," + C + "]")
                .run("list", "--status", " Canceled", "--status", "failure", "-o", "jsonl");

        assertThat(target()).isEqualTo("/v0.5/fine-tune/jobs?limit=-1&offset=0");
        assertThat(result.out()).isEqualTo(canceled + "\n");
    }

    @Test
    void whatTheServerCannotDoIsDoneWithAllAndCountedLast() throws InterruptedException {
        Result result = ftj("[" + A + "," + B + "," + C + "]")
                .run("list", "--sort", "-created", "--limit", "1", "--offset", "1", "-o", "jsonl");

        assertThat(target()).isEqualTo("/v0.5/fine-tune/jobs?limit=-1&offset=0");
        assertThat(result).isEqualTo(new Result(0, A + "\n", ""));
        assertThat(ftj("[" + C + "," + A + "," + B + "]")
                        .run("list", "--sort", "created", "-o", "json")
                        .out())
                .as("what has no such field is last")
                .isEqualTo("[" + A + "," + B + "," + C + "]\n");
        assertThat(ftj("[" + A + "," + B + "," + C + "]")
                        .run("list", "--since", "2h", "-o", "json")
                        .out())
                .isEqualTo("[" + B + "]\n");
        assertThat(ftj("[" + A + "," + B + "]")
                        .run("list", "--model", "m-b", "-o", "json")
                        .out())
                .isEqualTo("[" + B + "]\n");
    }

    @Test
    void sinceTakesAgesAndDates() {
        String old = job("old", "x", "RUNNING", Duration.ofDays(20));
        String date = LocalDate.now(ZoneId.systemDefault()).minusDays(2).toString();
        for (String since : new String[] {"7d", "1w", "1w2d", " 24h ", date, date + "T12:00", date + "T12:00Z"}) {
            assertThat(ftj("[" + old + "," + B + "]")
                            .run("list", "--since", since, "-o", "json")
                            .out())
                    .as(since)
                    .isEqualTo("[" + B + "]\n");
        }
        assertThat(ftj("[" + old + "," + B + "]")
                        .run("list", "--since", "3w", "-o", "json")
                        .out())
                .isEqualTo("[" + old + "," + B + "]\n");
    }

    @Test
    void everyExampleOfTheHelpOfSinceIsTaken() {
        List<String> examples = Pattern.compile("\\b\\d+[\\w-]*( ago)?")
                .matcher(Option.SINCE.description())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(examples).contains("90m", "1w", "2026-11-20");
        for (String since : examples) {
            assertThat(ftj("[]").run("list", "--since", since)).as(since).isEqualTo(new Result(0, "", ""));
        }
    }

    @Test
    void aLimitOfZeroDoesNotSayThatThereAreNoJobs() {
        assertThat(ftj("[]").at("oe").run("list").err()).contains("there are no jobs yet");
        assertThat(ftj("[]").at("oe").run("list", "--limit", "0").err()).doesNotContain("there are no jobs yet");
    }

    @Test
    void statusesMayStandInOneValue() throws InterruptedException {
        ftj("[]").run("list", "--status", " running , Completed,", "--status", "FAILED");

        assertThat(target())
                .isEqualTo("/v0.5/fine-tune/jobs?limit=-1&offset=0"
                        + "&statuses=RUNNING&statuses=COMPLETED&statuses=FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATED",
                "created_at",
                "-Created_At",
                "ID",
                "-id",
                "-updated_at",
                "inference_config_path",
                "-inference_config_path"
            })
    void sortTakesTheWordsOfTheHeads(String sort) {
        assertThat(ftj("[" + A + "]").run("list", "--sort", sort, "-o", "json"))
                .isEqualTo(new Result(0, "[" + A + "]\n", ""));
    }

    @Test
    void fieldsArePrintedAsByGet() {
        String record = "{\"id\":\"a\",\"name\":\"x,y\",\"created_at\":\"2026-04-27 14:32:18\"}";

        assertThat(ftj("[" + A + "," + C + "]").run("list", "--field", "id")).isEqualTo(new Result(0, "a\nc\n", ""));
        assertThat(ftj("[" + A + "]").run("list", "--field", "id", "--field", "config.model", "-o", "json"))
                .isEqualTo(new Result(0, "[[\"a\", \"m-a\"]]\n", ""));
        assertThat(ftj("[" + A + "," + C + "]").run("list", "--field", "id", "--field", "status"))
                .isEqualTo(new Result(1, "a\tRUNNING\nc\t\n", "ftj: c: its status is null or missing.\n"));
        assertThat(ftj("[" + record + "]")
                        .run("list", "--field", "name", "--field", "created_at", "-o", "csv")
                        .out())
                .isEqualTo("name,created_at\n\"x,y\",2026-04-27T14:32:18.000Z\n");
    }

    @Test
    void timesInCsvHaveOneForm() {
        StringBuilder records = new StringBuilder();
        for (String time : new String[] {
            "2026-04-27T14:32:18", "2026-04-27T14:32:18.000000Z", "2026-04-27 16:32:18+02:00", "2026-04-27T14:32:18Z"
        }) {
            records.append(",{\"id\":\"a\",\"created_at\":\"").append(time).append("\"}");
        }
        assertThat(ftj("[" + records.substring(1) + ",{\"id\":\"b\",\"created_at\":\"soon\"}]")
                        .run("list", "-o", "csv")
                        .out()
                        .lines()
                        .skip(1))
                .containsExactly(
                        "a,,,,2026-04-27T14:32:18.000Z,,",
                        "a,,,,2026-04-27T14:32:18.000Z,,",
                        "a,,,,2026-04-27T14:32:18.000Z,,",
                        "a,,,,2026-04-27T14:32:18.000Z,,",
                        "b,,,,soon,,");
    }

    @Test
    void brokenRecordsAreReportedAmongGoodOnesWhichMayBeTwice() {
        Result result = ftj("[" + A + ",5,{}," + A + "]").run("list", "-o", "jsonl");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEqualTo(A + "\n" + A + "\n");
        assertThat(result.err()).hasLineCount(2).contains("record 2 of the list", "record 3 of the list");
    }

    @Test
    void anAnswerThatIsNoListIsNone() {
        Result result = ftj("{\"jobs\":[]}").run("list", "-o", "json");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void csvHasTheServersTextsAndNoFormula() {
        Result result = ftj("[" + C + "]").run("list", "-o", "csv");

        assertThat(result.out())
                .isEqualTo("id,name,status,model,created_at,updated_at,inference_config_path\nc,'=1+1,,,,,\n");
    }

    @Test
    void anEmptyListIsAWordAtATerminalAlone() {
        assertThat(ftj("[]").run("list")).isEqualTo(new Result(0, "", ""));
        assertThat(ftj("[]").run("list", "-o", "json")).isEqualTo(new Result(0, "[]\n", ""));
        assertThat(ftj("[]").at("oe").run("list").err()).contains("there are no jobs yet");
        assertThat(ftj("[]").at("oe").run("list", "--model", "m").err()).contains("no job matches");
    }

    @Test
    void narrowTerminalsKeepIdAndStatus() {
        Program narrow =
                ftj("[" + A + "," + B + "]").at("oe").with("NO_COLOR", "1").with("COLUMNS", "20");

        assertThat(narrow.run("list").out()).isEqualTo("    ID  STATUS\n@1  a   RUNNING\n@2  b   COMPLETED\n");
    }

    @Test
    void theRowsCanBeUsedAndTheLastJobShownStaysIt() {
        ftj(C).run("get", "c");
        ftj("[" + A + "," + B + "]").at("oe").run("list");

        assertThat(ftj(C).run("get", "@last", "--field", "id").out()).isEqualTo("c\n");
        assertThat(ftj(B).run("get", "@2", "--field", "id").out()).isEqualTo("b\n");
    }

    @Test
    void aPipedOrFailedListLeavesTheRowsAsTheyWere() {
        ftj("[" + A + "," + B + "]").at("oe").run("list");

        assertThat(ftj("[" + C + "]").run("list").code()).isZero();
        assertThat(ftj("[" + C + ", torn").at("oe").run("list").code()).isEqualTo(5);
        assertThat(ftj(B).run("get", "@2", "--field", "id").out()).isEqualTo("b\n");
        ftj("[" + C + "]");
        assertThat(ftj(C).stdin("list -o jsonl\nget @1 --field id\n").run().out())
                .as("the lines of a script refer to its own rows")
                .endsWith("\nc\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--limit=-2",
                "--limit=x",
                "--limit=99999999999",
                "--offset=-1",
                "--since=0s",
                "--since=2026-13-01",
                "--since=yesterday",
                "--status=,",
                "--field=a..b",
                "--sort=age",
                "--status="
            })
    void whatCannotBeIsRefusedBeforeAnyRequest(String option) {
        Result result = Program.of(server, home).run("list", option);

        assertThat(result.code()).isEqualTo(2);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aStatusThatTheServerRefusesIsComparedWithTheDocumentedOnes() {
        server.enqueue(new MockResponse.Builder()
                .code(422)
                .body("{\"detail\": \"no such status\"}")
                .build());
        Result refused = Program.of(server, home).run("list", "--status", "runing");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("no such status", "RUNING is not a documented status. Did you mean RUNNING?");
    }

    @Test
    void andOneThatLeadsToNothingIs() {
        assertThat(ftj("[]").at("oe").run("list", "--status", "runing").err()).contains("Did you mean RUNNING?");
        assertThat(ftj("[]").at("oe").run("list", "--status", "running").err()).doesNotContain("nearest");
    }

    @Test
    void atATerminalARowBeginsWithTheWordThatItCanBeCalledBy() {
        String[] ten = new String[10];
        Arrays.fill(ten, A);
        Result table = ftj("[" + String.join(",", ten) + "]")
                .at("oe")
                .with("NO_COLOR", "1")
                .run("list");
        List<String> lines = table.out().lines().toList();
        assertThat(lines.get(0)).startsWith("    ID");
        assertThat(lines.get(1)).startsWith("@1  a ");
        assertThat(lines.get(9)).startsWith("@9  a ");
        assertThat(lines.get(10)).startsWith("    a ");
        assertThat(ftj("[" + A + "]").run("list").out()).startsWith("a ");
        Program.in(home).run("save", "a", "--as", "best");
        assertThat(Program.in(home).at("oe").with("NO_COLOR", "1").run("saved").out())
                .contains("\n@1  @best  a");
        assertThat(Program.in(home).run("saved").out()).startsWith("@best  a");
    }
}
