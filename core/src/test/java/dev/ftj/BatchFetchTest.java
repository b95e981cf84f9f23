package dev.ftj;

import static dev.ftj.Wire.always;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.ok;
import static dev.ftj.Wire.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class BatchFetchTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Answers with the record asked for, the earlier ids later than the others. */
    private void echo() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                try {
                    String id =
                            request.getTarget().substring(request.getTarget().lastIndexOf('/') + 1);
                    Thread.sleep(Math.floorMod(id.hashCode(), 4) * 5L + 5);
                    return Wire.answer(200, record(id));
                } finally {
                    atOnce.decrementAndGet();
                }
            }
        });
    }

    @SuppressWarnings("UnnecessaryLambda") // an Iterable that may be read twice
    private Iterable<String> endless() {
        return () -> Stream.generate(() -> "ftj-" + read.incrementAndGet()).iterator();
    }

    private static void stall(MockWebServer server) {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
    }

    @Test
    void theResultsComeInTheOrderOfTheIds() {
        echo();
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> "ftj-" + i).toList();
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(ids)) {
            List<JobResult> all = results.toList();
            assertThat(all).extracting(JobResult::id).isEqualTo(ids);
            assertThat(all).allSatisfy(result -> assertThat(result.get().id()).isEqualTo(result.id()));
        }
        assertThat(server.getRequestCount()).isEqualTo(200);
        assertThat(mostAtOnce).hasValueBetween(2, BatchFetch.AT_ONCE);
    }

    @Test
    void nothingIsReadOrSentBeforeAResultIsAskedFor() {
        try (FineTuneClient client = client(server).build()) {
            client.jobs(endless()).close();
        }
        assertThat(read).hasValue(0);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void endlessIdsAreReadAFewAheadOfWhatIsTaken() {
        echo();
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(endless())) {
            Iterator<JobResult> iterator = results.iterator();
            for (int taken = 1; taken <= 300; taken++) {
                assertThat(iterator.next().get().id()).isEqualTo("ftj-" + taken);
                // an iterator over a stream holds one result more than it has handed out
                assertThat(read.get()).isLessThanOrEqualTo(taken + 1 + BatchFetch.AHEAD * BatchFetch.AT_ONCE);
            }
        }
    }

    @Test
    void noMoreThanEightAreAskedForWhileTheFirstIsAwaited() throws Exception {
        stall(server);
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(endless())) {
            Thread reader = new Thread(() -> {
                try {
                    assertThat(results.findFirst()).isEmpty();
                } catch (FineTuneException e) {
                    assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
                }
            });
            reader.start();
            await().until(() -> server.getRequestCount() == BatchFetch.AT_ONCE);
            for (int i = 0; i < BatchFetch.AT_ONCE; i++) {
                server.takeRequest();
            }
            assertThat(server.takeRequest(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(read.get()).isLessThanOrEqualTo(BatchFetch.AT_ONCE + 1);
            reader.interrupt();
            reader.join(2000);
            assertThat(reader.isAlive()).isFalse();
        }
    }

    @Test
    void anIdThatCannotBeOneFailsAlone() {
        echo();
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(List.of("a", "", "b", "..", "c"))) {
            List<JobResult> all = results.toList();
            assertThat(all).extracting(JobResult::id).containsExactly("a", "", "b", "..", "c");
            assertThat(all)
                    .extracting(result -> result.failure() == null)
                    .containsExactly(true, false, true, false, true);
            assertThat(catchThrowableOfType(
                                    FineTuneException.class, () -> all.get(1).get())
                            .kind())
                    .isEqualTo(Kind.USAGE);
            assertThatThrownBy(() -> all.get(3).get()).isSameAs(all.get(3).failure());
        }
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aResultIsHandedOutWhileTheNextIdIsStillAwaited() throws Exception {
        echo();
        CountDownLatch typed = new CountDownLatch(1);
        Iterable<String> slow = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (read.get() == 1) {
                    try {
                        typed.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return read.get() < 2;
            }

            @Override
            public String next() {
                return "ftj-" + read.incrementAndGet();
            }
        };
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(slow)) {
            var taken = results.spliterator();
            FutureTask<Boolean> first = new FutureTask<>(() -> taken.tryAdvance(result -> {}));
            new Thread(first).start();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
            typed.countDown();
            assertThat(taken.tryAdvance(result -> assertThat(result.id()).isEqualTo("ftj-2")))
                    .isTrue();
            assertThat(taken.tryAdvance(result -> {})).isFalse();
            assertThat(taken.tryAdvance(result -> {})).isFalse();
        }
    }

    @Test
    void anIteratorThatThrowsIsHeardAfterTheResultsBeforeIt() {
        echo();
        for (Throwable thrown : List.of(new IllegalStateException("torn"), new AssertionError("torn"))) {
            Iterable<String> torn = () -> Stream.of("a", "b", "c")
                    .peek(id -> {
                        if (id.equals("c")) {
                            sneaky(thrown);
                        }
                    })
                    .iterator();
            AtomicInteger handedOut = new AtomicInteger();
            try (FineTuneClient client = client(server).build();
                    Stream<JobResult> results = client.jobs(torn)) {
                assertThatThrownBy(() -> results.forEach(result -> handedOut.incrementAndGet()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasStackTraceContaining("torn");
            }
            assertThat(handedOut).hasValue(2);
        }
    }

    private static void sneaky(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) thrown;
    }

    @Test
    void closingEarlyEndsTheCallsAndTheReading() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getTarget().endsWith("ftj-1")
                        ? ok()
                        : new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build();
            }
        });
        AtomicInteger ended = new AtomicInteger();
        try (FineTuneClient client = client(server)
                .timeout(Duration.ofHours(1))
                .silenceTimeout(Duration.ofHours(1))
                .onAttempt(attempt -> ended.incrementAndGet())
                .build()) {
            try (Stream<JobResult> results = client.jobs(endless())) {
                assertThat(results.findFirst()).isPresent();
                await().until(() -> server.getRequestCount() >= BatchFetch.AT_ONCE);
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> ended.get() == server.getRequestCount());
            int readByThen = read.get();
            await().during(Duration.ofMillis(200)).until(() -> read.get() <= readByThen + 1);
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheWait() throws Exception {
        stall(server);
        try (FineTuneClient client = client(server).build()) {
            Stream<JobResult> results = client.jobs(endless());
            FutureTask<FineTuneException> task = new FutureTask<>(
                    () -> catchThrowableOfType(FineTuneException.class, () -> results.forEach(result -> {})));
            new Thread(task).start();
            await().until(() -> server.getRequestCount() == BatchFetch.AT_ONCE);
            results.close();
            assertThat(task.get(5, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void noIdsAreNoResults() {
        try (FineTuneClient client = client(server).build();
                Stream<JobResult> results = client.jobs(List.of())) {
            assertThat(results).isEmpty();
        }
    }
}
