package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.testing.QuickServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PagedStreamTest {
    private static final String LIST = "/v0.5/fine-tune/jobs?limit=-1&offset=0";

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final List<String> taken = new ArrayList<>();

    private List<String> list() {
        taken.clear();
        try (FineTuneClient client = client(server, new FakeTiming()).build();
                Stream<JobResult> jobs = client.list()) {
            jobs.forEach(job -> taken.add(job.id()));
        }
        return taken;
    }

    private void page(String beside, String... ids) {
        server.enqueue(answer(200, envelope(beside, ids)));
    }

    private static String envelope(String beside, String... ids) {
        return Arrays.stream(ids)
                .map(Wire::record)
                .collect(Collectors.joining(", ", "{\"data\": [", "]" + beside + "}"));
    }

    private List<String> targets() throws InterruptedException {
        List<String> targets = new ArrayList<>();
        while (targets.size() < server.getRequestCount()) {
            targets.add(server.takeRequest().getTarget());
        }
        return targets;
    }

    @Test
    void withoutAWordAboutMoreThereIsOnePage() throws Exception {
        page("", "a", "b");
        assertThat(list()).containsExactly("a", "b");
        page(", \"has_more\": false, \"next\": \"x\", \"after\": \"y\"", "a");
        assertThat(list()).containsExactly("a");
        page(", \"has_more\": null, \"next\": null, \"after\": \"\"", "a");
        assertThat(list()).containsExactly("a");
        page(", \"has_more\": true");
        assertThat(list()).isEmpty();
        assertThat(targets()).containsExactly(LIST, LIST, LIST, LIST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"has_more\": true | &after=b",
                "\"next\": \"cur/sor=\" | &after=cur%2Fsor%3D",
                "\"after\": 12 | &after=12",
                "\"has_more\": true, \"after\": \"x\" | &after=x",
                "\"next\": \"/v0.5/fine-tune/jobs?cursor=c%2Fd\" | &cursor=c%2Fd",
                "\"next\": \"https://elsewhere.example/x?cursor=c\" | &cursor=c",
            })
    void theNextPageIsAskedForAsTheServerSays(String beside, String query) throws Exception {
        page(", " + beside, "a", "b");
        page("", "c");
        assertThat(list()).containsExactly("a", "b", "c");
        assertThat(targets()).containsExactly(LIST, LIST + query);
    }

    @Test
    void aUrlWithAWholeQueryReplacesOurs() throws Exception {
        page(", \"next\": \"http://h/jobs?limit=2&cursor=c\"", "a", "b");
        page("", "c");
        assertThat(list()).containsExactly("a", "b", "c");
        assertThat(targets()).containsExactly(LIST, "/v0.5/fine-tune/jobs?limit=2&cursor=c");
    }

    @Test
    void whatTheNextPageRepeatsSinceTheListGrewComesOnce() {
        page(", \"next\": \"1\"", "e", "d", "c");
        page(", \"next\": \"2\"", "d", "c", "b");
        page("", "b", "a");
        assertThat(list()).containsExactly("e", "d", "c", "b", "a");
    }

    /** It ignores the cursor, and says each time that there is more. */
    @Test
    void aServerThatRepeatsItselfEndsTheListWithAFailure() {
        for (int i = 0; i < 2; i++) {
            page(", \"has_more\": true", "a", "b");
        }
        FineTuneException e = catchThrowableOfType(FineTuneException.class, this::list);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("there are more jobs");
        assertThat(taken).containsExactly("a", "b");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    /** Answers the requests from 0 on with pages that say that there are more. */
    private AtomicInteger endless(IntFunction<String> page) {
        AtomicInteger count = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int number = count.getAndIncrement();
                return answer(200, "{\"data\": [" + page.apply(number) + "], \"next\": \"" + number + "\"}");
            }
        });
        return count;
    }

    @Test
    void aServerWithANewCursorForOldPagesIsNotFollowedForever() {
        AtomicInteger count =
                endless(number -> number % 2 == 0 ? record("a") + "," + record("b") : record("c") + "," + record("d"));
        assertThat(catchThrowableOfType(FineTuneException.class, this::list).kind())
                .isEqualTo(Kind.UNREADABLE);
        assertThat(taken).containsExactly("a", "b", "c", "d");
        assertThat(count).hasValue(3);
    }

    @Test
    void aPageOfKnownIdsEndsTheListWhateverElseIsNewInIt() {
        AtomicInteger count = endless(number -> {
            List<String> ids = List.of("a", "b", "c");
            return Stream.of(0, 1, 2)
                    .map(i -> "{\"id\": \"" + ids.get((number + i) % 3) + "\", \"x\": " + number + "}")
                    .collect(Collectors.joining(","));
        });
        assertThat(catchThrowableOfType(FineTuneException.class, this::list).kind())
                .isEqualTo(Kind.UNREADABLE);
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(count).hasValue(2);
    }

    @Test
    void elementsWithoutAnIdAreRecognizedByTheirText() {
        AtomicInteger count = endless(number -> "{\"uuid\": \"a\"}");
        assertThat(catchThrowableOfType(FineTuneException.class, this::list).kind())
                .isEqualTo(Kind.UNREADABLE);
        assertThat(taken).containsExactly("a");
        assertThat(count).hasValue(2);
    }

    @Test
    void evenAListThatIsAlwaysNewEnds() {
        AtomicInteger count = new AtomicInteger();
        try (Stream<RawJson> events = PagedStream.stream("events", query -> page(count), -1, (event, place) -> event)) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, events::count);
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(e).hasMessageContaining("there are more events, but sends no new ones");
        }
        assertThat(count).hasValue(10_000);
    }

    private static ListPage page(AtomicInteger count) {
        String body = String.format("{\"data\": [{\"id\": %d}], \"has_more\": true}", count.incrementAndGet());
        return new ListPage(
                "events",
                reader -> {
                    try {
                        reader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
                        return CompletableFuture.completedFuture(null);
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                },
                text -> text);
    }

    @Test
    void aCursorThatStaysTheSameEndsTheList() {
        page(", \"next\": \"x\"", "a");
        page(", \"next\": \"x\"", "b");
        assertThat(list()).containsExactly("a", "b");
    }

    @Test
    void aPageThatFailsFailsTheListAfterWhatCameBefore() {
        page(", \"has_more\": true", "a", "b");
        server.enqueue(answer(404, "{}"));
        assertThat(catchThrowableOfType(FineTuneException.class, this::list).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void aStatusWithoutContentIsNoListEvenIfItHasALength() {
        server.enqueue(answer(204, "[]"));
        FineTuneException e = catchThrowableOfType(FineTuneException.class, this::list);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("the answer is empty");
    }

    @Test
    void noPageIsRequestedBeyondTheLimit() {
        page(", \"has_more\": true", "a", "b");
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> jobs = client.list(List.of(), 2, 0)) {
            assertThat(jobs).extracting(JobResult::id).containsExactly("a", "b");
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
