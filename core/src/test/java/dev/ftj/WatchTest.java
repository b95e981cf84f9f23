package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of watching, in no time. */
class WatchTest {
    private static final MockResponse BROKEN = new MockResponse.Builder()
            .onResponseStart(new SocketEffect.CloseSocket())
            .build();

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();
    private final Jobs jobs = new Jobs();
    private final List<Watch.Update> updates = new CopyOnWriteArrayList<>();

    @BeforeEach
    void serve() {
        server.setDispatcher(jobs);
    }

    private FineTuneClient watching() {
        return client(server).timing(timing, () -> 0.5).build();
    }

    private List<JobResult> watch(String... ids) {
        try (FineTuneClient client = watching()) {
            return client.watch(List.of(ids)).onUpdate(updates::add).run();
        }
    }

    private static String status(Watch.Update update) {
        FineTuneJob job = update.job();
        return job == null ? "none" : String.valueOf(job.status());
    }

    private FineTuneException failure(String id) {
        return catchThrowableOfType(
                FineTuneException.class, () -> watch(id).get(0).get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "STOPPED", "CANCELLED", "FAILED"})
    void anyEndIsTheEndWhateverWasHopedFor(String end) {
        jobs.job("a", "RUNNING", end);
        try (FineTuneClient client = watching()) {
            assertThat(client.await("a").status()).isEqualTo(JobStatus.of(end));
        }
    }

    @Test
    void aJobThatHasEndedAlreadyIsLookedAtOnce() {
        jobs.job("a", "FAILED");
        assertThat(watch("a").get(0).get().status()).isEqualTo(JobStatus.FAILED);
        assertThat(jobs.asked).hasSize(1);
        assertThat(timing.waits).isEmpty();
        assertThat(updates).singleElement().matches(update -> update.statusChanged() && update.isLast());
    }

    @Test
    void looksGrowRarerAndAreToldWithTheChanges() {
        jobs.job("a", "REGISTERED", "STARTING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        watch("a");
        assertThat(timing.waits.stream().map(Duration::toMillis))
                .containsExactly(2_000L, 3_000L, 4_500L, 6_750L, 10_125L, 15_000L, 15_000L);
        assertThat(updates.stream().filter(Watch.Update::statusChanged).map(WatchTest::status))
                .containsExactly("REGISTERED", "STARTING", "RUNNING", "COMPLETED");
        assertThat(updates.get(0).nextIn()).isEqualTo(Duration.ofSeconds(2));
        assertThat(updates.get(0).seenAt()).isEqualTo(FakeTiming.START);
    }

    @Test
    void anIntervalThatIsAskedForIsKept() {
        jobs.job("a", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        try (FineTuneClient client = watching()) {
            client.watch(List.of("a")).interval(Duration.ofSeconds(1)).run();
        }
        assertThat(timing.waits).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void jitterSpreadsTheLooks() {
        jobs.job("a", "RUNNING", "RUNNING", "COMPLETED");
        try (FineTuneClient client = client(server)
                .timing(timing, new ArrayDeque<>(List.of(0.0, 1.0))::remove)
                .build()) {
            client.await("a");
        }
        assertThat(timing.waits).containsExactly(Duration.ofMillis(1800), Duration.ofMillis(3300));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 501, 502, 503, 504})
    void itOutlivesWhatPasses(int status) {
        jobs.job("a", "RUNNING", status, status, status, status, status, status, "COMPLETED");
        assertThat(watch("a").get(0).job()).isNotNull();
        assertThat(updates.stream().filter(update -> update.failure() != null))
                .hasSize(6)
                .allMatch(update -> update.job() != null && !update.isLast());
        assertThat(jobs.asked).hasSize(8);
    }

    @Test
    void itOutlivesABrokenNetworkAndUnreadableAnswersOnceItHasHeard() {
        jobs.job("a", "RUNNING", BROKEN, answer(200, "<html>"), BROKEN, answer(200, ""), "COMPLETED");
        assertThat(watch("a").get(0).job()).isNotNull();
        assertThat(updates.get(1).seenAt()).isEqualTo(FakeTiming.START);
    }

    @Test
    void withoutASingleGoodAnswerABrokenNetworkEndsItAfterTheUsualAttempts() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (FineTuneClient client = client(server, timing)
                .endpoint(Endpoint.of("http://127.0.0.1:" + free))
                .build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.await("a"));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e.attempts()).isEqualTo(4);
        }
    }

    @Test
    void aServerThatIsDownFromTheBeginningIsWaitedFor() {
        jobs.job("a", 503, 503, 503, 503, 503, 503, "COMPLETED");
        assertThat(watch("a").get(0).job()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"400, INVALID", "401, AUTH", "403, AUTH", "404, NOT_FOUND", "405, SERVER", "422, INVALID"})
    void whatDoesNotPassEndsItForThatJobAlone(int status, Kind kind) {
        jobs.job("a", "RUNNING", status).job("b", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        List<JobResult> results = watch("a", "b");
        assertThat(results.get(0).failure()).extracting(FineTuneException::kind).isEqualTo(kind);
        assertThat(results.get(1).get().status()).isEqualTo(JobStatus.COMPLETED);
    }

    private static final NewJob NEW_JOB =
            NewJob.builder().name("run").train("file-1").build();

    @Test
    void aNewJobThatIsNotReadableYetIsWaitedFor() {
        jobs.create("ftj-1").job("ftj-1", 404, 404, 404, "RUNNING", "COMPLETED");
        try (FineTuneClient client = watching()) {
            client.create(NEW_JOB);
            assertThat(client.await("ftj-1").status()).hasToString("COMPLETED");
        }
        assertThat(jobs.singles()).isEqualTo(6);
    }

    @Test
    void aNewJobThatIsMissingForAMinuteIsNotFound() {
        jobs.create("ftj-1").job("ftj-1", 404);
        try (FineTuneClient client = watching()) {
            client.create(NEW_JOB);
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.await("ftj-1"));
            assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(timing.waits.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));
    }

    @Test
    void aJobThatVanishesAfterAMinuteIsNotFoundAtOnce() {
        jobs.create("ftj-1")
                .job(
                        "ftj-1", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING",
                        "RUNNING", 404);
        try (FineTuneClient client = watching()) {
            client.create(NEW_JOB);
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.await("ftj-1"))
                            .kind())
                    .isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(jobs.singles()).isEqualTo(11);
    }

    @Test
    void aRedirectElsewhereEndsIt() {
        jobs.job("a", "RUNNING", answer(302, "Location", "https://example.org/"));
        assertThat(failure("a")).hasMessageContaining("redirects to https://example.org/");
    }

    @Test
    void aWaitThatTheServerAsksForBeatsTheInterval() {
        jobs.job("a", "RUNNING", answer(429, "Retry-After", "90"), answer(503, "Retry-After", "0"), "COMPLETED");
        watch("a");
        assertThat(timing.waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(90), Duration.ofMillis(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"901", "86400", "99999999"})
    void aWaitOfMoreThanAQuarterOfAnHourDoesNotEndThePolling(String asked) {
        jobs.job("a", "RUNNING", answer(503, "Retry-After", asked), "COMPLETED");
        watch("a");
        assertThat(timing.waits).containsExactly(Duration.ofSeconds(2), Duration.ofMinutes(15));
        assertThat(updates.get(1).nextIn()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void anUnknownStatusIsNoEnd() {
        jobs.job(
                "a",
                "UNKNOWN",
                "PAUSED",
                answer(200, "{\"id\": \"a\"}"),
                answer(200, "{\"id\": \"a\", \"status\": 5}"),
                "COMPLETED");
        watch("a");
        assertThat(updates.stream().filter(Watch.Update::statusChanged)).hasSize(4);
    }

    @Test
    void anUnknownStatusThatDoesNotChangeFailsAfterTheLimit() {
        jobs.job("a", "RUNNING", "PAUSED", "paused ", "THAWING", "THAWING", "RUNNING", "THAWING");
        jobs.job("b", "PAUSED", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "COMPLETED");
        try (FineTuneClient client = watching()) {
            List<JobResult> results = client.watch(List.of("a", "b"))
                    .interval(Duration.ofSeconds(40))
                    .failOnUnknownStatus(Duration.ofSeconds(50))
                    .run();
            assertThat(results.get(0).failure())
                    .hasMessage("a: status THAWING is unknown to ftj and has not changed for 50 s."
                            + " Ask the vendor what it means, or wait for it with --until.")
                    .extracting(FineTuneException::kind)
                    .isEqualTo(Kind.SERVER);
            assertThat(results.get(1).get().status()).isEqualTo(JobStatus.COMPLETED);
        }
        // polled when the limit passes, not at the next interval; a change begins it anew
        assertThat(timing.waits).contains(Duration.ofSeconds(10));
    }

    @Test
    void aStatusThatIsAwaitedIsNoFailureHoweverLongItStood() {
        jobs.job("a", "PAUSED", "PAUSED", "PAUSED", "PAUSED", "THAWING");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a"))
                            .until(JobStatus.of("THAWING"))
                            .failOnUnknownStatus(Duration.ofMinutes(10))
                            .run()
                            .get(0)
                            .job())
                    .isNotNull();
        }
    }

    @Test
    void aTimeoutSaysThatTheLastStatusIsUnknown() {
        jobs.job("a", "PAUSED");
        try (FineTuneClient client = watching()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.await("a", Duration.ofMinutes(5))))
                    .hasMessageStartingWith(
                            "a: no end was seen within 5 min; it was last seen in the unknown status PAUSED");
        }
    }

    @Test
    void aStatusIsReachedThoughNobodySawIt() {
        jobs.job("a", "STARTING", "FINALIZING");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a"))
                            .until(JobStatus.RUNNING)
                            .run()
                            .get(0)
                            .get()
                            .status())
                    .isEqualTo(JobStatus.FINALIZING);
        }
    }

    @Test
    void anEndIsAnEndThoughSomethingElseWasWaitedFor() {
        jobs.job("a", "STARTING", "CANCELLED");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a"))
                            .until(JobStatus.RUNNING)
                            .run()
                            .get(0)
                            .get()
                            .status())
                    .isEqualTo(JobStatus.CANCELLED);
        }
    }

    @Test
    void aTimeoutEndsTheWatchAndSaysWhatItSawLast() {
        jobs.job("a", "RUNNING");
        try (FineTuneClient client = watching()) {
            FineTuneException e =
                    catchThrowableOfType(FineTuneException.class, () -> client.await("a", Duration.ofMinutes(5)));
            assertThat(e.kind()).isEqualTo(Kind.WAIT_TIMEOUT);
            assertThat(e)
                    .hasMessage(
                            "a: no end was seen within 5 min; it was last seen RUNNING, 3 s ago. Watch it again with a longer timeout.");
        }
        Duration slept = timing.waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(slept).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aTimeoutClaimsNoMoreThanWasHeard() {
        jobs.job("a", answer(200, "{\"id\": \"a\", \"status\": \"RUNNING\"}"), answer(503, ""));
        try (FineTuneClient client = watching()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.await("a", Duration.ofMinutes(5))))
                    .message()
                    .matches("(?s)a: no end was seen within 5 min; it was last seen RUNNING, 5 min ago\\."
                            + " Watch it again with a longer timeout\\..*");
        }
    }

    @Test
    void aJobEndsUnderWhateverNameTheServerHasForItAndByWhateverWordIsWaitedFor() {
        jobs.job("a", "Running", "succeeded");
        jobs.job("b", "RUNNING", "Canceled");
        jobs.job("c", "running", "FAILURE");
        jobs.job("d", "running", "paused_by_quota");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a", "b", "c")).run())
                    .extracting(result -> result.get().status())
                    .containsExactly(JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.FAILED);
            assertThat(client.watch(List.of("d"))
                            .until(JobStatus.of(" PAUSED_BY_QUOTA"))
                            .run()
                            .get(0)
                            .get()
                            .status())
                    .hasToString("paused_by_quota");
        }
    }

    @Test
    void aJobWithoutAStatusIsToldAsOneWhenTheTimeIsUp() {
        jobs.job("a", answer(200, "{\"id\": \"a\"}"));
        try (FineTuneClient client = watching()) {
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.await("a", Duration.ofSeconds(5))))
                    .hasMessageStartingWith("a: no end was seen within 5 s; it was last seen without a status");
        }
    }

    @Test
    void aTimeoutShorterThanOneCallDoesNotWaitForIt() {
        jobs.job(
                "a",
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        try (FineTuneClient client = client(server).build()) {
            FineTuneException e =
                    catchThrowableOfType(FineTuneException.class, () -> client.await("a", Duration.ofMillis(300)));
            assertThat(e.kind()).isEqualTo(Kind.WAIT_TIMEOUT);
            assertThat(e).hasMessageContaining("a: no response for it within 300 ms");
        }
    }

    @Test
    void everyJobIsFollowedToItsEndInTheOrderOfTheIds() {
        jobs.job("a", "RUNNING", "RUNNING", "RUNNING", "FAILED").job("b", "COMPLETED");
        assertThat(watch("a", "b", "a", "c", "")).extracting(JobResult::id).containsExactly("a", "b", "a", "c", "");
        assertThat(updates.stream().filter(Watch.Update::isLast).map(Watch.Update::id))
                .containsExactlyInAnyOrder("a", "b", "c", "");
    }

    @Test
    void anyEndsWithTheFirst() {
        jobs.job("a", "RUNNING").job("b", "RUNNING", "RUNNING", "STOPPED");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a", "c", "b")).any().run())
                    .singleElement()
                    .extracting(JobResult::id)
                    .isEqualTo("b");
        }
    }

    @Test
    void aJobThatHangsHoldsUpNoOther() {
        jobs.job(
                        "a",
                        new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build())
                .job("b", "RUNNING", "RUNNING", "COMPLETED");
        try (FineTuneClient client = client(server).build()) {
            List<JobResult> results = client.watch(List.of("a", "b"))
                    .interval(Duration.ofMillis(200))
                    .any()
                    .run();
            assertThat(results).singleElement().extracting(JobResult::id).isEqualTo("b");
        }
    }

    @Test
    void cancellingTheFutureEndsTheWatchAndNoJob() {
        jobs.job("a", "RUNNING");
        try (FineTuneClient client = client(server).build()) {
            CompletableFuture<FineTuneJob> end = client.async().await(JobId.of("a"));
            await().until(() -> !jobs.asked.isEmpty());
            end.cancel(true);
            assertThatThrownBy(end::join).isInstanceOf(CancellationException.class);
            await().until(() -> Thread.getAllStackTraces().values().stream()
                    .noneMatch(stack -> List.of(stack).toString().contains("dev.ftj.Poller")));
        }
        assertThat(jobs.asked).allMatch(target -> target.equals("/v0.5/fine-tune/jobs/a"));
    }

    @Test
    void closingTheClientEndsTheWatch() throws Exception {
        jobs.job("a", "RUNNING");
        CompletableFuture<FineTuneJob> end;
        try (FineTuneClient client = client(server).build()) {
            end = client.async().await(JobId.of("a"));
            await().until(() -> !jobs.asked.isEmpty());
        }
        assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void anInterruptEndsTheWatch() {
        jobs.job("a", "RUNNING");
        try (FineTuneClient client = client(server).build()) {
            Thread.currentThread().interrupt();
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.await("a"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        }
    }

    @Test
    void aListenerOfChangesHearsEachStatusOnce() {
        jobs.job("a", "STARTING", "STARTING", "RUNNING", "RUNNING", "COMPLETED");
        List<String> heard = new ArrayList<>();
        try (FineTuneClient client = watching()) {
            client.watch("a", job -> heard.add(String.valueOf(job.status())));
        }
        assertThat(heard).containsExactly("STARTING", "RUNNING", "COMPLETED");
    }

    @Test
    void aListenerThatFailsEndsTheWatch() {
        jobs.job("a", "RUNNING");
        try (FineTuneClient client = watching()) {
            assertThatThrownBy(() -> client.watch("a", job -> {
                        throw new IllegalStateException("listener");
                    }))
                    .hasMessage("listener");
        }
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        try (FineTuneClient client = watching()) {
            Watch watch = client.watch(List.of("a"));
            assertThatThrownBy(() -> watch.interval(Duration.ofMillis(199)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> watch.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void thousandsOfYearsAreNotTooLong() {
        jobs.job("a", "RUNNING", "COMPLETED");
        try (FineTuneClient client = watching()) {
            assertThat(client.await("a", Duration.ofSeconds(Long.MAX_VALUE))).isNotNull();
        }
    }
}
