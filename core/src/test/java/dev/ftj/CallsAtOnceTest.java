package dev.ftj;

import static dev.ftj.Wire.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ftj.testing.QuickServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many calls are under way at once, and over how many connections. */
class CallsAtOnceTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> versions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile CountDownLatch open = new CountDownLatch(0);

    private void echo() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                connections.add(request.getConnectionIndex());
                versions.add(request.getVersion());
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                open.await();
                atOnce.decrementAndGet();
                String target = request.getTarget();
                return Wire.answer(200, Wire.record(target.substring(target.lastIndexOf('/') + 1)));
            }
        });
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "ftj-" + i).toList();
    }

    private static void takeAll(FineTuneClient client, List<String> ids) {
        try (Stream<JobResult> results = client.jobs(ids)) {
            assertThat(results.map(result -> result.get().id())).isEqualTo(ids);
        }
    }

    @Test
    void aServerThatSpeaksHttp2HasAllCallsOnOneConnection(@TempDir Path folder) throws Exception {
        server.useHttps(TrustTest.SERVER.sslSocketFactory());
        echo();
        Path pem = Files.writeString(folder.resolve("ca.pem"), TrustTest.authorityPem());
        try (FineTuneClient client = Wire.client(server)
                .environment(Map.of("SSL_CERT_FILE", pem.toString()))
                .endpoint(Endpoint.of("https://127.0.0.1:" + server.getPort()))
                .build()) {
            client.job(ID);
            takeAll(client, ids(100));
        }
        assertThat(versions).containsExactly("HTTP/2");
        assertThat(connections).hasSize(1);
    }

    @Test
    void anyOtherHasAsManyConnectionsAsManyJobsAreAskedForAtOnce() {
        echo();
        try (FineTuneClient client = Wire.client(server).build()) {
            takeAll(client, ids(400));
        }
        assertThat(versions).containsExactly("HTTP/1.1");
        assertThat(connections).hasSizeBetween(2, BatchFetch.AT_ONCE);
    }

    @Test
    void anotherNumberIsHeldToByAllCallsTogether() throws Exception {
        echo();
        open = new CountDownLatch(1);
        try (FineTuneClient client = Wire.client(server).callsAtOnce(3).build()) {
            List<CompletableFuture<FineTuneJob>> futures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                futures.add(client.async().job(JobId.of(ID)));
                threads.add(new Thread(() -> client.job(ID)));
                threads.add(new Thread(() -> takeAll(client, ids(5))));
            }
            threads.forEach(Thread::start);
            await().until(() -> server.getRequestCount() == 3);
            open.countDown();
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
                assertThat(thread.isAlive()).isFalse();
            }
            futures.forEach(CompletableFuture::join);
        }
        assertThat(server.getRequestCount()).isEqualTo(5 + 5 + 25);
        assertThat(mostAtOnce).hasValue(3);
        assertThat(connections).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void stagesOfFuturesMayWaitForFurtherCalls(int most) throws Exception {
        echo();
        try (FineTuneClient client = Wire.client(server).callsAtOnce(most).build()) {
            List<CompletableFuture<String>> futures = IntStream.range(0, 64)
                    .mapToObj(i -> client.async()
                            .job(JobId.of("ftj-" + i))
                            .thenApply(job ->
                                    client.async().job(JobId.of("ftj-next")).join() + "")
                            .thenApply(job -> client.job("ftj-last").id()))
                    .toList();

            for (CompletableFuture<String> future : futures) {
                assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("ftj-last");
            }
        }
        assertThat(mostAtOnce).hasValueLessThanOrEqualTo(most);
    }

    @Test
    void manyJobsTakeAllOfIt() {
        echo();
        open = new CountDownLatch(1);
        try (FineTuneClient client = Wire.client(server).callsAtOnce(12).build()) {
            CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> takeAll(client, ids(30)));
            await().until(() -> server.getRequestCount() == 12);
            open.countDown();
            taken.join();
        }
        assertThat(mostAtOnce).hasValue(12);
    }

    @Test
    void aCallWithinACallDoesNotWaitForTheTurnThatItHas() {
        echo();
        AtomicReference<FineTuneClient> used = new AtomicReference<>();
        List<String> inner = new CopyOnWriteArrayList<>();
        try (FineTuneClient client = Wire.client(server)
                .callsAtOnce(1)
                .onAttempt(attempt -> {
                    if (attempt.path().endsWith("/outer")) {
                        inner.add(
                                Objects.requireNonNull(used.get()).job("inner").label());
                    }
                })
                .build()) {
            used.set(client);
            assertThat(client.job("outer").id()).isEqualTo("outer");
            assertThat(inner).containsExactly("inner");
            CompletableFuture<FineTuneJob> future =
                    client.async().job(JobId.of("outer")).thenApply(job -> client.job("last"));
            assertThat(future.orTimeout(10, TimeUnit.SECONDS).join().id()).isEqualTo("last");
            assertThat(inner).containsExactly("inner", "inner");
        }
    }

    @Test
    void lessThanOneIsNoNumberOfCalls() {
        assertThatThrownBy(() -> FineTuneClient.builder().callsAtOnce(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
