package dev.ftj;

import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListStreamTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();

    private List<JobResult> list() {
        try (FineTuneClient client = client(server, timing).build();
                Stream<JobResult> jobs = client.list()) {
            return jobs.toList();
        }
    }

    private List<JobResult> list(String body) {
        server.enqueue(answer(200, body));
        return list();
    }

    private FineTuneException failure(String body) {
        return catchThrowableOfType(FineTuneException.class, () -> list(body));
    }

    private static String array(int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(i -> Wire.record("ftj-" + i))
                .toList()
                .toString();
    }

    @Test
    void theJobsComeInTheServersOrder() throws Exception {
        assertThat(list(array(3))).extracting(JobResult::id).containsExactly("ftj-0", "ftj-1", "ftj-2");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v0.5/fine-tune/jobs?limit=-1&offset=0");
    }

    @Test
    void limitOffsetAndStatusesGoToTheServer() throws Exception {
        server.enqueue(answer(200, "[]"));
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> jobs = client.list(List.of(JobStatus.RUNNING, JobStatus.of("A&B")), 20, 40)) {
            assertThat(jobs).isEmpty();
        }
        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/v0.5/fine-tune/jobs?limit=20&offset=40&statuses=RUNNING&statuses=A%26B");
    }

    @Test
    void aListMayBeTheDataOfAnObject() {
        String page = "{\"object\": \"list\", \"data\": " + array(3) + ", \"has_more\": false, \"after\": \"ftj-2\"}";
        assertThat(list(page)).extracting(JobResult::id).containsExactly("ftj-0", "ftj-1", "ftj-2");
        assertThat(list("{\"data\": []}")).isEmpty();
        assertThat(list("{\"data\": null}")).isEmpty();
        assertThat(failure("{\"data\": {}}").kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure("{\"jobs\": []}").kind()).isEqualTo(Kind.UNREADABLE);
        for (int end = 1; end < page.length(); end++) {
            assertThat(failure(page.substring(0, end)).kind()).as("%s", end).isEqualTo(Kind.UNREADABLE);
        }
    }

    @Test
    void whatStandsBesideAPageIsThereForItsReader() throws Exception {
        List<String> ids = new ArrayList<>();
        ArrayBodyReader reader = new ArrayBodyReader(
                "jobs", "data", text -> text.replace("secret", "***"), job -> ids.add(job.text("id")), () -> 0);
        String page = "{\"data\": [{\"id\": \"a\"}], \"has_more\": true, \"next\": null, \"after\": \"secret\"}";
        reader.read(new Buffer().writeUtf8(page).inputStream());
        assertThat(ids).containsExactly("a");
        assertThat(reader.head()).hasToString("{has_more=true, next=null, after=\"***\"}");
    }

    @Test
    void aRecordIsTheServersOwnText() {
        String record = "{\"id\":\"a\",  \"x\": 1.0E+2, \"y\": 1e400,\n \"x\": NaN, \"n\": \"\\u00e9\u00e9\"}";
        assertThat(list("\uFEFF [ " + record + " ]").get(0).get().json()).isEqualTo(record);
    }

    @Test
    void whatIsNoRecordFailsByItselfAndTheOthersGoOn() {
        List<JobResult> jobs = list(
                "[" + Wire.record("a") + ", null, {\"id\": 5}, " + Wire.record("b") + ", [], 7, {\"uuid\": \"u\"}]");
        assertThat(jobs).extracting(JobResult::id).containsExactly("a", "#2", "#3", "b", "#5", "#6", "u");
        assertThat(jobs.get(1).failure())
                .isNotNull()
                .hasMessageStartingWith("record 2 of the list is a JSON value and not a job's record: null")
                .extracting(FineTuneException::kind)
                .isEqualTo(Kind.UNREADABLE);
        assertThat(jobs.get(2).failure()).hasMessageContaining("neither id nor uuid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jobs\": []}|a JSON object and not a list of jobs",
                "{\"detail\": \"x\"}|a JSON object and not a list of jobs",
                "\"ftj-1\"|a JSON value and not a list of jobs",
                "null|a JSON value and not a list of jobs",
                "``|the answer is empty",
                "<html>|an HTML page and not JSON",
                "[|not JSON",
                "[] []|not JSON"
            })
    void anAnswerThatIsNoListIsUnreadable(String body, String told) {
        FineTuneException e = failure(body);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining(told);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"a, 1 job", "a b, 2 jobs"})
    void whatCameBeforeTheFaultIsHandedOut(String ids, String count) {
        String records =
                Stream.of(ids.split(" ")).map(id -> Wire.record(id) + ", ").collect(Collectors.joining());
        server.enqueue(answer(200, "[" + records + "{\"id\": tru}]"));
        List<String> seen = new ArrayList<>();
        try (FineTuneClient client = client(server, timing).build();
                Stream<JobResult> jobs = client.list()) {
            FineTuneException e =
                    catchThrowableOfType(FineTuneException.class, () -> jobs.forEach(job -> seen.add(job.id())));
            assertThat(e).message().containsPattern("not JSON after " + count + "\\b");
        }
        assertThat(seen).containsExactly(ids.split(" "));
    }

    @Test
    void anAnswerThatBreaksOffIsNotAskedForAgainOnceJobsWereHandedOut() {
        always(
                server,
                new MockResponse.Builder()
                        .body(array(500))
                        .setHeader("Content-Length", 1_000_000)
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build());
        List<String> seen = new ArrayList<>();
        try (FineTuneClient client = client(server, timing).build();
                Stream<JobResult> jobs = client.list()) {
            FineTuneException e =
                    catchThrowableOfType(FineTuneException.class, () -> jobs.forEach(job -> seen.add(job.id())));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e).hasMessageContaining("broke (after 500 jobs: ");
        }
        assertThat(seen).hasSize(500);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void whatPassesIsTriedAgainBeforeTheFirstJob() {
        server.enqueue(answer(503, ""));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(answer(200, array(1)));
        assertThat(list()).hasSize(1);
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aRefusalIsThrownWhenTheFirstIsAskedFor() {
        server.enqueue(answer(403, ""));
        assertThat(catchThrowableOfType(FineTuneException.class, this::list).kind())
                .isEqualTo(Kind.AUTH);
    }

    @Test
    @Timeout(20)
    void afterAFailureNothingMoreComes() {
        server.enqueue(answer(403, ""));
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> jobs = client.list()) {
            Iterator<JobResult> each = jobs.iterator();
            assertThatThrownBy(each::hasNext).isInstanceOf(FineTuneException.class);
            assertThat(each.hasNext()).isFalse();
        }
    }

    @Test
    void nothingIsSentBeforeTheFirstIsAskedFor() {
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> jobs = client.list()) {
            assertThat(jobs).isNotNull();
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void oneRecordMayBeAsLargeAsAnyAnswerAndNotLarger() {
        String large = "{\"id\": \"a\", \"x\": \"" + "x".repeat(15 * 1024 * 1024) + "\"}";
        assertThat(list("[" + large + "," + large + "]")).hasSize(2).allMatch(job -> job.job() != null);
        assertThat(failure("[{\"id\": \"a\", \"x\": \"" + "x".repeat(17 * 1024 * 1024) + "\"}]"))
                .hasMessageContaining("larger than 16 MiB");
    }

    @Test
    void aRecordThatIsTooDeepEndsTheList() {
        String deep = "{\"id\": \"a\", \"x\": " + "[".repeat(600) + "]".repeat(600) + "}";
        assertThat(failure("[" + deep + "]")).hasMessageContaining("deeper than 500");
    }

    @Test
    void timeForWhichNobodyTakesTheJobsDoesNotCount() throws Exception {
        server.enqueue(answer(200, array(5_000)));
        try (FineTuneClient client =
                        client(server).timeout(Duration.ofMillis(800)).build();
                Stream<JobResult> jobs = client.list()) {
            Iterator<JobResult> each = jobs.iterator();
            each.next();
            long began = System.nanoTime();
            await().pollDelay(Duration.ofMillis(1600)).until(() -> System.nanoTime() - began > 1_600_000_000L);
            int rest = 0;
            while (each.hasNext()) {
                each.next();
                rest++;
            }
            assertThat(rest).isEqualTo(4_999);
        }
    }

    @Test
    void anAnswerThatDripsEndsAtTheDeadline() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().writeUtf8(array(500)))
                .throttleBody(1024, 200, TimeUnit.MILLISECONDS)
                .build());
        try (FineTuneClient client =
                client(server).timeout(Duration.ofMillis(700)).build()) {
            FineTuneException e = catchThrowableOfType(
                    FineTuneException.class, () -> client.list().toList());
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void closingTheStreamCancelsTheCall() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().writeUtf8(array(20_000)))
                .build());
        try (FineTuneClient client = client(server).build()) {
            try (Stream<JobResult> jobs = client.list()) {
                assertThat(jobs.iterator().next().id()).isEqualTo("ftj-0");
            }
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("ftj-")
                            && List.of(thread.getStackTrace()).toString().contains("Prefetch")));
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> jobs = client.list()) {
            Thread.currentThread().interrupt();
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> jobs.toList());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void aKeyThatIsEchoedIsReplaced() {
        assertThat(list("[{\"id\": \"a\", \"x\": \"" + Wire.CANARY + "\"}]")
                        .get(0)
                        .get()
                        .json())
                .doesNotContain(Wire.CANARY);
    }

    @Test
    void impossibleBoundsAreRefused() {
        try (FineTuneClient client = client(server).build()) {
            assertThatThrownBy(() -> client.list(List.of(), -2, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.list(List.of(), -1, -1)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
