package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends that a caller or the clock sets: interrupts, cancelled futures, close, silence, deadlines. */
class CancellationTest {
    /** Where a call stands when it is ended. */
    private enum Standing {
        READING {
            @Override
            MockResponse response() {
                return new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            }
        },
        READING_THE_BODY {
            @Override
            MockResponse response() {
                return new MockResponse.Builder()
                        .body(Wire.RECORD)
                        .throttleBody(1, 1, TimeUnit.HOURS)
                        .build();
            }
        },
        WAITING {
            @Override
            MockResponse response() {
                return answer(503, "Retry-After", "3600");
            }
        };

        abstract MockResponse response();
    }

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    private FineTuneClient patient(Standing standing) {
        always(server, standing.response());
        return client(server)
                .timeout(Duration.ofHours(5))
                .silenceTimeout(Duration.ofHours(5))
                .onAttempt(attempts::add)
                .build();
    }

    private void awaitStanding(Standing standing) {
        await().until(() -> standing == Standing.WAITING ? attempts.size() == 1 : server.getRequestCount() == 1);
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void anInterruptEndsACallSoonAndForGood(Standing standing) throws Exception {
        try (FineTuneClient client = patient(standing)) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
                assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
                assertThat(e.jobId()).isEqualTo(ID);
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(task);
            thread.start();
            awaitStanding(standing);
            thread.interrupt();
            assertThat(task.get(2, TimeUnit.SECONDS)).as("still interrupted").isTrue();
            assertEndedForGood();
        }
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void aCancelledFutureEndsItsCall(Standing standing) throws Exception {
        try (FineTuneClient client = patient(standing)) {
            CompletableFuture<FineTuneJob> future = client.async().job(JobId.of(ID));
            awaitStanding(standing);
            future.cancel(true);
            assertThat(future).isCancelled();
            assertEndedForGood();
        }
    }

    @Test
    void aFutureThatSomebodyElseEndsEndsItsCall() throws Exception {
        try (FineTuneClient client = patient(Standing.READING)) {
            CompletableFuture<FineTuneJob> future = client.async().job(JobId.of(ID));
            awaitStanding(Standing.READING);
            future.orTimeout(1, TimeUnit.MILLISECONDS);
            assertEndedForGood();
        }
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void closingTheClientEndsItsCalls(Standing standing) throws Exception {
        CompletableFuture<FineTuneJob> future;
        try (FineTuneClient client = patient(standing)) {
            future = client.async().job(JobId.of(ID));
            awaitStanding(standing);
        }
        CompletionException e = catchThrowableOfType(
                CompletionException.class,
                () -> future.orTimeout(2, TimeUnit.SECONDS).join());
        assertThat(e.getCause())
                .isInstanceOfSatisfying(
                        FineTuneException.class,
                        ended -> assertThat(ended.kind()).isEqualTo(Kind.CANCELLED));
        assertEndedForGood();
    }

    /** The attempt that was cut off is the last: the call's thread is idle again, and nothing more arrives. */
    private void assertEndedForGood() throws InterruptedException {
        await().atMost(Duration.ofSeconds(2)).until(() -> attempts.size() == 1);
        assertThat(server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(server.takeRequest(700, TimeUnit.MILLISECONDS)).isNull();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void anAlreadyInterruptedThreadGetsNoAnswer() {
        try (FineTuneClient client = patient(Standing.READING)) {
            Thread.currentThread().interrupt();
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void aServerThatDripsIsLeftAtTheDeadline() {
        always(
                server,
                new MockResponse.Builder()
                        .body(Wire.RECORD)
                        .throttleBody(1, 100, TimeUnit.MILLISECONDS)
                        .build());
        try (FineTuneClient client =
                client(server).timeout(Duration.ofMillis(800)).build()) {
            long began = System.nanoTime();
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.kind().exitCode()).isEqualTo(6);
            assertThat(e).hasMessageContaining("no answer within 800 ms");
            assertThat(Wire.since(began)).isGreaterThanOrEqualTo(Duration.ofMillis(800));
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefusalThatDripsIsLeftAtTheDeadline() {
        always(
                server,
                new MockResponse.Builder()
                        .code(404)
                        .body("x".repeat(1000))
                        .throttleBody(1, 100, TimeUnit.MILLISECONDS)
                        .build());
        try (FineTuneClient client =
                client(server).timeout(Duration.ofMillis(500)).build()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.job(ID))
                            .kind())
                    .isIn(Kind.TIMEOUT, Kind.NOT_FOUND);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aSilentServerIsTheNetworksFailure() {
        always(server, Standing.READING.response());
        try (FineTuneClient client = client(server)
                .silenceTimeout(Duration.ofMillis(100))
                .attempts(2)
                .build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e).hasMessageContaining("did not respond in time");
            assertThat(e.attempts()).isEqualTo(2);
        }
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theDeadlineDoesNotCountWhileACallWaitsForItsTurn() {
        CountDownLatch open = new CountDownLatch(1);
        server.setDispatcher(new mockwebserver3.Dispatcher() {
            @Override
            public MockResponse dispatch(mockwebserver3.RecordedRequest request) throws InterruptedException {
                open.await();
                return Wire.ok();
            }
        });
        try (FineTuneClient client = client(server)
                .timeout(Duration.ofMillis(600))
                .onAttempt(attempts::add)
                .build()) {
            List<CompletableFuture<FineTuneJob>> first = java.util.stream.IntStream.range(0, 32)
                    .mapToObj(i -> client.async().job(JobId.of(ID)))
                    .toList();
            CompletableFuture<FineTuneJob> queued = client.async().job(JobId.of(ID));
            await().until(() -> first.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            open.countDown();
            assertThat(queued.join().id()).isEqualTo(ID);
        }
    }
}
