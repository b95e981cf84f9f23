package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands at an endpoint that ends in {@code /v0.6}. */
@Timeout(60)
class NewerApiCommandsTest {
    private static final String JOBS = "/v0.6/fine_tuning/jobs";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    private Program newer() {
        return Program.of(server, home).with("ATAI_API_ENDPOINT", "http://127.0.0.1:" + server.getPort() + "/v0.6");
    }

    private static String record(String status) {
        String model = status.equals("SUCCEEDED") ? "\"omega:n:1\"" : "null";
        return "{\"id\": \"ftj_1\", \"name\": \"n\", \"status\": \"" + status
                + "\", \"model\": \"omega\", \"fine_tuned_model\": " + model + "}";
    }

    private static String event(int number) {
        return "{\"id\": \"e" + number + "\", \"level\": \"info\", \"type\": \"t\", \"message\": \"event " + number
                + "\", \"created_at\": \"2026-07-17T09:12:" + String.format("%02d", number) + "Z\"}";
    }

    /** The newest first, as the API sends them. */
    private static String events(int count) {
        return IntStream.iterate(count, n -> n > 0, n -> n - 1)
                .mapToObj(NewerApiCommandsTest::event)
                .collect(Collectors.joining(", ", "{\"data\": [", "]}"));
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    /** A job that is looked at so many times before it has succeeded. */
    private void serve(int untilEnd, IntFunction<MockResponse> eventsAtLook) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String target = request.getTarget();
                requests.add(target);
                if (target.equals(JOBS + "/ftj_1")) {
                    return answer(200, record(looks.incrementAndGet() < untilEnd ? "RUNNING" : "SUCCEEDED"));
                }
                if (target.startsWith(JOBS + "/ftj_1/events")) {
                    return eventsAtLook.apply(looks.get());
                }
                return target.startsWith(JOBS + "?")
                        ? answer(200, "{\"data\": [" + record("RUNNING") + "]}")
                        : answer(404, Api.NOT_FOUND);
            }
        });
    }

    private void serve(String path, String body) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request.getTarget());
                return request.getTarget().startsWith(JOBS + path) ? answer(200, body) : answer(404, Api.NOT_FOUND);
            }
        });
    }

    private static List<String> messages(String text) {
        return text.lines()
                .filter(line -> line.contains("event "))
                .map(line -> line.substring(line.indexOf("event ")))
                .toList();
    }

    @Test
    void getShowsTheWholeRecordAndTheModel() {
        serve(1, look -> answer(200, events(0)));

        Result result = newer().run("get", "ftj_1");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("(?m)^fine_tuned_model +omega:n:1$")
                .containsPattern("(?m)^model +omega$");
        assertThat(newer().run("get", "ftj_1", "-o", "jsonl").out())
                .isEqualTo(record("SUCCEEDED").replace(": ", ":").replace(", ", ",") + "\n");
        assertThat(newer().run("get", "ftj_1", "--field", "fine_tuned_model").out())
                .isEqualTo("omega:n:1\n");
    }

    @Test
    void listIsTheDataOfTheAnswer() {
        serve(1, look -> answer(200, events(0)));

        assertThat(newer().run("list", "-q")).isEqualTo(new Result(0, "ftj_1\n", ""));
        assertThat(newer().run("list", "--status", "completed", "-q").out()).isEmpty();
        assertThat(newer().run("get", "@1", "--field", "id").out()).isEmpty();
        assertThat(requests).startsWith(JOBS + "?limit=100");
    }

    @Test
    void anIdOfTheOlderApiSaysWhereToAsk() {
        serve(1, look -> answer(200, events(0)));

        assertThat(newer().run("get", "ftj-1").err()).contains("ask there with --endpoint v0.5");
        assertThat(newer().run("get", "ftj_9").err()).doesNotContain("--endpoint");
    }

    @Test
    void theModelIsTheModelOfTheRecordInEveryList() {
        serve("?", "{\"data\": [" + record("RUNNING") + ", {\"id\": \"ftj_2\", \"model\": \"other\"}]}");

        assertThat(newer().run("list", "-o", "csv").out().lines().skip(1))
                .containsExactly("ftj_1,n,RUNNING,omega,,,", "ftj_2,,,other,,,");
        assertThat(newer().run("list").out()).containsPattern("ftj_1 +RUNNING +n +omega");
        assertThat(newer().run("list", "--sort", "-model", "-q").out()).isEqualTo("ftj_2\nftj_1\n");
        assertThat(newer().run("list", "--model", "omega", "-q").out()).isEqualTo("ftj_1\n");
    }

    @Test
    void aVersionAloneIsTheSamePlace() {
        serve(1, look -> answer(200, events(0)));
        Program older = Program.of(server, home);

        assertThat(older.run("get", "ftj_1", "--endpoint", "v0.6", "--field", "id")
                        .out())
                .isEqualTo("ftj_1\n");
        assertThat(newer().run("whoami", "--endpoint", "v0.5").out()).contains("/v0.5\n");
        Result miss = older.run("get", "ftj_1");
        assertThat(miss.code()).isEqualTo(4);
        assertThat(miss.err())
                .contains("List your jobs. It may be a job of the newer API")
                .contains("--endpoint v0.6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics ftj_1",
                "stop ftj_1 --yes",
                "cancel ftj_1 --yes",
                "delete ftj_1 --yes",
                "create --name n --train f",
                "create --name n --train f --dry-run",
                "node",
                "files",
                "upload pom.xml",
                "diff ftj_1 ftj_2",
                "get ftj_1 --metrics"
            })
    void whatTheNewerApiDoesNotHaveIsRefusedBeforeARequest(String line) {
        serve(1, look -> answer(200, events(0)));

        Result result = newer().run(line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("has no public form in v0.6").contains("/v0.5. Nothing was sent");
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "checkpoints"})
    void whatTheOlderApiDoesNotHaveIsRefusedBeforeARequest(String command) {
        serve(1, look -> answer(200, events(0)));

        Result result = Program.of(server, home).run(command, "ftj_1");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("only in v0.6").contains(server.getPort() + "/v0.6");
        assertThat(requests).isEmpty();
    }

    @Test
    void eventsComeOldestFirstAsText() {
        serve(1, look -> answer(200, events(3)));

        Result result = newer().run("events", "ftj_1");

        assertThat(result.code()).isZero();
        assertThat(messages(result.out())).containsExactly("event 1", "event 2", "event 3");
        assertThat(result.out().lines().findFirst().orElseThrow())
                .matches("2026-07-1[678] \\d\\d:12:01  info   event 1");
    }

    @Test
    void moreEventsThanCanBeSortedAreShownUpToThereAndNamed() {
        serve(1, look -> answer(200, events(100_001)));

        Result result = newer().run("events", "ftj_1");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).hasLineCount(100_000);
        assertThat(result.err()).contains("too many events to be sorted", "-o jsonl");

        String huge = IntStream.range(0, 6)
                .mapToObj(i -> "{\"id\": \"" + i + "\", \"message\": \"" + "x".repeat(12 << 20) + "\"}")
                .collect(Collectors.joining(",", "{\"data\": [", "]}"));
        serve(1, look -> answer(200, huge));
        assertThat(newer().run("events", "ftj_1").code()).as("of their size").isEqualTo(1);
        assertThat(newer().run("events", "ftj_1", "--follow").code()).isEqualTo(1);
    }

    @Test
    void moreCheckpointsThanCanBeSortedAreAnError() {
        serve("/ftj_1/checkpoints", "{\"data\": [" + "{},".repeat(100_000) + "{}]}");

        Result result = newer().run("checkpoints", "ftj_1", "-o", "jsonl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).hasLineCount(100_000);
        assertThat(result.err()).contains("too many checkpoints to be sorted");
    }

    @Test
    void eventsAreAsSentInOtherFormats() {
        serve(1, look -> answer(200, events(2)));

        assertThat(newer().run("events", "ftj_1", "-o", "json").out())
                .isEqualTo("[" + event(2) + "," + event(1) + "]\n");
        assertThat(newer().run("events", "ftj_1", "-o", "csv").out())
                .isEqualTo("id,created_at,level,type,message\ne2,2026-07-17T09:12:02Z,info,t,event 2\n"
                        + "e1,2026-07-17T09:12:01Z,info,t,event 1\n");
        assertThat(newer().run("events", "ftj_1", "-o", "jsonl").out().lines()).hasSize(2);
    }

    @Test
    void theLimitIsOfTheNewest() {
        serve(1, look -> answer(200, events(5)));

        assertThat(messages(newer().run("events", "ftj_1", "--limit", "2").out()))
                .containsExactly("event 4", "event 5");
        assertThat(requests).containsExactly(JOBS + "/ftj_1/events?limit=2");
    }

    @Test
    void aLimitOfZeroSaysNothingAboutTheEvents() {
        serve(1, look -> answer(200, "{\"data\": []}"));

        assertThat(newer().run("events", "ftj_1", "--limit", "0")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void noEventsAreNoFailure() {
        serve(1, look -> answer(200, "{\"data\": []}"));

        assertThat(newer().run("events", "ftj_1")).isEqualTo(new Result(0, "", "ftj_1: no events yet\n"));
        assertThat(newer().run("events", "ftj_1", "-o", "json").out()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\": \"a\\u001b[2Jb\"} | a\\u001b[2Jb",
                "{\"message\": \"one\\ntwo\"} | one\\ntwo",
                "{\"level\": \"\\u202ex\", \"message\": \"m\"} | m",
                "{\"id\": 5} | {\"id\":5}",
                "null | null",
                "[1, \"\\u001b[31m\"] | [1,\"\\u001b[31m\"]"
            })
    void whateverAnEventHoldsIsALineThatIsSafeToPrint(String json, String shown) {
        serve(1, look -> answer(200, "{\"data\": [" + json + "]}"));

        Result result = newer().run("events", "ftj_1");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .endsWith(shown)
                .doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\": {}}", "<html>", ""})
    void anAnswerWithoutEventsIsExitFive(String body) {
        serve(1, look -> answer(200, body));

        assertThat(newer().run("events", "ftj_1").code()).isEqualTo(5);
    }

    @Test
    void whatCameBeforeAPageThatFailsIsShown() {
        serve(1, look -> answer(200, events(2).replace("]}", "], \"has_more\": true}")));

        Result result = newer().run("events", "ftj_1");

        assertThat(result.code()).isEqualTo(5);
        assertThat(messages(result.out())).containsExactly("event 1", "event 2");
        assertThat(result.err()).contains("may not be all");
    }

    @Test
    void followPrintsEachEventOnceUntilTheJobHasEnded() {
        serve(4, look -> answer(200, events(2 * Math.max(1, look))));

        Result result = newer().run("events", "ftj_1", "--follow", "--interval", "200ms");

        assertThat(result.code()).isZero();
        assertThat(messages(result.out()))
                .containsExactly(
                        IntStream.rangeClosed(1, 8).mapToObj(n -> "event " + n).toArray(String[]::new));
        looks.set(0);
        Result objects =
                newer().run("events", "ftj_1", "--follow", "--interval", "200ms", "-o", "jsonl", "--limit", "1");
        assertThat(objects.out().lines().map(line -> line.substring(7, 9)))
                .containsExactly("e2", "e3", "e4", "e5", "e6", "e7", "e8");
    }

    @Test
    void followGoesOnThroughFailuresAndShowsNothingTwice() {
        serve(5, look -> look == 2 || look == 3 ? answer(200, "<html>") : answer(200, events(look)));

        Result result = newer().run("events", "ftj_1", "--follow", "--interval", "200ms");

        assertThat(result.code()).isZero();
        assertThat(messages(result.out())).containsExactly("event 1", "event 2", "event 3", "event 4", "event 5");
        assertThat(result.err()).contains("Next poll in 200 ms");
        assertThat(newer().run("events", "ftj_1", "--follow", "-o", "csv").code())
                .isEqualTo(2);
    }

    @Test
    void watchShowsNewEventsAsTheyCome() {
        serve(4, look -> answer(200, events(3 * look)));

        Result result = newer().run("watch", "ftj_1", "--interval", "200ms");

        assertThat(result.code()).isZero();
        assertThat(messages(result.err()))
                .containsExactly(
                        IntStream.rangeClosed(1, 12).mapToObj(n -> "event " + n).toArray(String[]::new));
        assertThat(result.out()).contains("omega:n:1");
        assertThat(requests).noneMatch(target -> target.contains("metrics"));
    }

    @Test
    void watchShowsTheLastTenOfTheEventsBeforeIt() {
        serve(2, look -> answer(200, events(50)));

        assertThat(messages(newer().run("watch", "ftj_1", "--interval", "200ms").err()))
                .hasSize(10)
                .endsWith("event 50");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void eventsThatCannotBeReadNeverEndAWatch(int status) {
        serve(4, look -> answer(status, "<html>"));

        Result result = newer().run("watch", "ftj_1", "--interval", "200ms");

        assertThat(result.code()).isZero();
        assertThat(result.err()).containsOnlyOnce("; the watch goes on").contains("SUCCEEDED");
    }

    @Test
    void waitAndRecordsHaveNoEvents() {
        serve(2, look -> answer(200, events(5)));

        assertThat(newer().run("wait", "ftj_1", "--field", "status").err()).isEmpty();
        looks.set(0);
        assertThat(newer().run("watch", "ftj_1", "-o", "jsonl", "--interval", "200ms")
                        .err())
                .isEmpty();
        assertThat(requests).noneMatch(target -> target.contains("/events"));
    }

    @Test
    void checkpointsAreInTheOrderOfTheirSteps() {
        serve(
                "/ftj_1/checkpoints",
                "{\"data\": [{\"id\": \"ckp_2\", \"step\": 200, \"metrics\": {\"macro_f1\": 0.90, \"x\": null}},"
                        + " {\"id\": \"ckp_3\", \"metrics\": 5}, {\"id\": \"ckp_1\", \"step\": 20}]}");

        assertThat(newer().run("checkpoints", "ftj_1").out())
                .isEqualTo("ckp_1  20\nckp_2  200  highest  macro_f1 0.90, x null\nckp_3                5\n");
        assertThat(newer().run("checkpoints", "ftj_1", "-o", "csv").out())
                .isEqualTo("id,step,highest_step,macro_f1,x\nckp_1,20,false,,\nckp_2,200,true,0.90,\nckp_3,,false,,\n");
        assertThat(newer().run("checkpoints", "ftj_1", "-o", "jsonl").out())
                .isEqualTo(
                        "{\"id\":\"ckp_2\",\"step\":200,\"metrics\":{\"macro_f1\":0.90,\"x\":null},\"highest_step\":true}\n"
                                + "{\"id\":\"ckp_3\",\"metrics\":5}\n{\"id\":\"ckp_1\",\"step\":20}\n");
    }

    @Test
    void checkpointsThatCameBeforeAPageThatFailsAreShown() {
        serve(
                "/ftj_1/checkpoints",
                "{\"data\": [{\"id\": \"ckp_2\", \"step\": 2}, {\"id\": \"ckp_1\", \"step\": 1}], \"has_more\": true}");

        Result text = newer().run("checkpoints", "ftj_1");
        assertThat(text.code()).isEqualTo(5);
        assertThat(text.out()).isEqualTo("ckp_1  1\nckp_2  2\n");
        assertThat(text.err()).contains("These checkpoints may not be all");
        assertThat(newer().run("checkpoints", "ftj_1", "-o", "json").out())
                .as("JSON stays open")
                .isEqualTo("[{\"id\": \"ckp_2\", \"step\": 2},{\"id\": \"ckp_1\", \"step\": 1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"data\": []} | 0", "{\"data\": null} | 0", "{\"data\": [null, 5, {}]} | 0", "{} | 5"})
    void checkpointsMayBeAnything(String body, int code) {
        serve("/ftj_1/checkpoints", body);

        for (String format : List.of("text", "json", "jsonl", "yaml", "csv")) {
            assertThat(newer().run("checkpoints", "ftj_1", "-o", format).code()).isEqualTo(code);
        }
    }

    @Test
    void theSandboxServesTheNewerApi() {
        Program ftj = Program.in(home);

        assertThat(ftj.run("--sandbox", "events", "ftj_sample_succeeded").out()).contains("The model is ready");
        assertThat(ftj.run("--sandbox", "checkpoints", "ftj_sample_succeeded").out())
                .contains("highest");
        assertThat(ftj.run("--sandbox", "get", "ftj_sample_succeeded", "--endpoint", "v0.6", "--field", "status")
                        .out())
                .isEqualTo("SUCCEEDED\n");
        assertThat(ftj.run("--sandbox", "list", "--endpoint", "v0.6", "-q").out())
                .contains("ftj_many_events\n");
        assertThat(ftj.run("--sandbox", "doctor", "--endpoint", "v0.6").out()).contains("lists jobs");
        assertThat(ftj.run("--sandbox", "events", "ftj_many_events", "-o", "jsonl")
                        .out()
                        .lines())
                .hasSize(253);
        assertThat(ftj.run("--sandbox", "get", "x", "--endpoint", "https://h").code())
                .isEqualTo(2);
    }

    @Test
    void referencesAndTheBookAreThoseOfTheVersion() throws Exception {
        serve(1, look -> answer(200, events(0)));
        newer().run("get", "ftj_1");
        newer().run("save", "ftj_1", "--as", "best");

        assertThat(newer().run("get", "@best", "--field", "id").out()).isEqualTo("ftj_1\n");
        assertThat(newer().run("events", "@last").code()).isZero();
        assertThat(Program.of(server, home).run("get", "@best").code()).isEqualTo(2);
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(home.resolve("data"))) {
            all.forEach(file -> files.add(file.getFileName().toString()));
        }
        assertThat(files).anyMatch(name -> name.endsWith("+v0.6.ids")).noneMatch(name -> name.contains("v0.6+v0.5"));
    }

    @Test
    void aScriptMovesToTheOtherVersion() {
        serve(1, look -> answer(200, events(1)));

        Result result = Program.of(server, home)
                .stdin("endpoint v0.6\nendpoint\nevents ftj_1\n")
                .run();

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("http://127.0.0.1:" + server.getPort() + "/v0.6\n")
                .contains("event 1");
    }
}
