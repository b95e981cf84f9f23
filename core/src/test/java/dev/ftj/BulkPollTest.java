package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.testing.QuickServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many jobs that are polled by one list request. */
class BulkPollTest {
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

    @Test
    void aWatchByListAsksOnceARoundAndForWhatTheListLacksAlone() {
        jobs.job("a", "RUNNING", "COMPLETED").job("b", "COMPLETED").job("c", "COMPLETED");
        jobs.list = answer(200, "[" + Jobs.record("a", "RUNNING") + "," + Jobs.record("b", "RUNNING") + "]");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a", "b", "c"))
                            .byList()
                            .timeout(Duration.ofSeconds(10))
                            .run())
                    .filteredOn(result -> result.job() != null)
                    .extracting(JobResult::id)
                    .containsExactly("c");
        }
        assertThat(jobs.singles()).isEqualTo(1);
        assertThat(jobs.asked).hasSize(5);
    }

    @Test
    void aWatchByListWhoseListFailsAsksForEachJob() {
        jobs.job("a", "COMPLETED").job("b", "COMPLETED");
        jobs.list = answer(503, "");
        try (FineTuneClient client = watching()) {
            assertThat(client.watch(List.of("a", "b")).byList().run()).allMatch(result -> result.job() != null);
        }
        assertThat(jobs.singles()).isEqualTo(2);
    }

    @Test
    void manyJobsShareAListAndWhatItLacksIsAskedForAlone() {
        List<String> ids = IntStream.range(0, 12).mapToObj(i -> "j" + i).toList();
        List<String> listed = new ArrayList<>();
        for (String id : ids) {
            jobs.job(id, "RUNNING", "COMPLETED");
            if (!id.equals("j11")) {
                listed.add(Jobs.record(id, "COMPLETED"));
            }
        }
        jobs.list = answer(200, listed.toString());
        List<JobResult> results = watch(ids.toArray(String[]::new));
        assertThat(results)
                .allMatch(result -> JobStatus.COMPLETED.equals(result.get().status()));
        assertThat(jobs.asked.size() - jobs.singles()).isBetween(1L, 2L);
        assertThat(jobs.singles()).isLessThanOrEqualTo(13);
    }

    @Test
    void aWaitThatTheServerAsksForIsNotCutShortByAListForTheOthers() {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(id, "RUNNING"));
        // the others are looked at after 71.375 s
        jobs.job("j0", answer(503, "Retry-After", "71.5"), "RUNNING");
        jobs.list = answer(
                200, ids.stream().map(id -> Jobs.record(id, "RUNNING")).toList().toString());
        try (FineTuneClient client = watching()) {
            client.watch(ids).timeout(Duration.ofSeconds(75)).run();
        }
        assertThat(timing.waits).contains(Duration.ofMillis(125));
    }

    private static List<String> records(String status, List<String> ids) {
        return ids.stream().map(id -> Jobs.record(id, status)).toList();
    }

    @Test
    void aWaitThatTheServerAsksForWithTheFirstListIsNotFilledWithSingleRequests() {
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(id, "RUNNING"));
        jobs.list = answer(429, "Retry-After", "30");
        try (FineTuneClient client = watching()) {
            client.watch(ids).byList().timeout(Duration.ofSeconds(20)).run();
        }
        assertThat(jobs.singles()).isZero();
    }

    @Test
    void aListIsPolledMoreAndMoreSlowlyWhicheverJobsEnd() {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(id, "COMPLETED"));
        jobs.list = answer(200, records("RUNNING", ids).toString());
        List<Duration> waits;
        try (FineTuneClient client = watching()) {
            Watch watch = client.watch(ids).byList().onUpdate(update -> {
                // one job fewer each round, the first ones first
                int ended = Math.min(4, timing.waits.size());
                List<String> all = new ArrayList<>(records("COMPLETED", ids.subList(0, ended)));
                all.addAll(records("RUNNING", ids.subList(ended, ids.size())));
                jobs.list = answer(200, all.toString());
            });
            watch.timeout(Duration.ofSeconds(25)).run();
            waits = timing.waits.stream()
                    .filter(wait -> wait.compareTo(Duration.ofSeconds(1)) > 0)
                    .toList();
        }
        assertThat(waits).hasSizeGreaterThan(3).hasSizeLessThan(8);
        assertThat(waits.subList(0, 4)).isSorted();
    }

    @Test
    void aListThatIsRefusedLeavesTheSingleLooks() {
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(id, "RUNNING", "RUNNING", "COMPLETED"));
        jobs.list = answer(403, "");
        assertThat(watch(ids.toArray(String[]::new))).allMatch(result -> result.job() != null);
        assertThat(jobs.asked.size() - jobs.singles()).isEqualTo(1);
    }

    @Test
    void aListThatKeepsFailingHoldsUpNoJob() {
        String[] ids = IntStream.range(0, 40).mapToObj(i -> "ftj-" + i).toArray(String[]::new);
        for (String id : ids) {
            jobs.job(id, "RUNNING", "RUNNING", "COMPLETED");
        }
        jobs.list = answer(503, "");
        assertThat(watch(ids)).hasSize(40).allMatch(result -> result.job() != null);
        assertThat(timing.waits.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(30));
        assertThat(jobs.asked.stream().filter(target -> target.contains("?"))).hasSizeLessThan(3);
    }

    @Test
    void aListThatHangsHoldsUpNoJob() {
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(id, "RUNNING", "RUNNING", "COMPLETED"));
        jobs.list = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        try (FineTuneClient client = client(server).build()) {
            assertThat(client.watch(ids)
                            .interval(Duration.ofMillis(200))
                            .timeout(Duration.ofSeconds(20))
                            .run())
                    .allMatch(result -> result.job() != null);
        }
        assertThat(jobs.asked.size() - jobs.singles()).isEqualTo(1);
    }

    @Test
    void aListThatComesSlowlyIsWaitedFor() {
        List<String> ids = IntStream.range(0, 8).mapToObj(i -> "j" + i).toList();
        ids.forEach(id -> jobs.job(
                id,
                answer(200, Jobs.record(id, "RUNNING"))
                        .newBuilder()
                        .headersDelay(500, TimeUnit.MILLISECONDS)
                        .build()));
        // more than what buffers on the way hold back
        String much = ", \"filler\": \"" + "x".repeat(20_000) + "\"}";
        List<String> listed = ids.stream()
                .map(id -> Jobs.record(id, "COMPLETED").replace("}", much))
                .toList();
        jobs.list = answer(200, listed.toString())
                .newBuilder()
                .throttleBody(much.length(), 300, TimeUnit.MILLISECONDS)
                .build();
        try (FineTuneClient client = client(server).build()) {
            assertThat(client.watch(ids)
                            .interval(Duration.ofMillis(400))
                            .timeout(Duration.ofSeconds(20))
                            .run())
                    .allMatch(result -> result.job() != null
                            && JobStatus.COMPLETED.equals(result.job().status()));
        }
        assertThat(jobs.singles()).isEqualTo(8);
    }
}
