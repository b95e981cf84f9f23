package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** A call runs on the thread that waits for it: wherever that hangs before a request is sent, an interrupt gets it out. */
class InterruptTest {
    private static FineTuneClientBuilder patient(ServerSocket server) {
        return FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(Wire.CANARY))
                .connectTimeout(Duration.ofHours(5))
                .silenceTimeout(Duration.ofHours(5))
                .timeout(Duration.ofHours(5))
                .endpoint(Endpoint.of("https://localhost:" + server.getLocalPort()));
    }

    /** What a call on a thread of its own ended with, after the thread was interrupted where it hung. */
    private static void assertCancelled(FineTuneClient client, CountDownLatch hangs) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(Wire.ID));
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(task);
        thread.start();
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(task.get(2, TimeUnit.SECONDS)).as("still interrupted").isTrue();
    }

    @Test
    void aHandshakeThatIsNotAnsweredIsLeft() throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread silent = new Thread(() -> greet(server, greeted));
            silent.setDaemon(true);
            silent.start();
            try (FineTuneClient client = patient(server).build()) {
                assertCancelled(client, greeted);
            }
        }
    }

    /** Takes the first byte of whoever connects, and says nothing. */
    private static void greet(ServerSocket server, CountDownLatch greeted) {
        List<Socket> open = new ArrayList<>();
        while (true) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                socket.getInputStream().read();
                greeted.countDown();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void addressesThatDoNotAnswerAreLeft() throws Exception {
        CountDownLatch lookedUp = new CountDownLatch(1);
        try (ServerSocket full = new ServerSocket(0, 1);
                Socket first = new Socket("127.0.0.1", full.getLocalPort());
                Socket second = new Socket("127.0.0.1", full.getLocalPort())) {
            assertThat(List.of(first, second)).allMatch(Socket::isConnected);
            // OkHttp tries both, and waits for them in a way of its own
            OkHttpClient http = new OkHttpClient.Builder()
                    .connectTimeout(Duration.ofHours(5))
                    .dns(host -> {
                        lookedUp.countDown();
                        return List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));
                    })
                    .build();
            try (FineTuneClient client = patient(full).okHttpClient(http).build()) {
                assertCancelled(client, lookedUp);
            }
        }
    }

    @Test
    void whoWaitsForItsTurnIsLetGo() throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0)) {
            Thread silent = new Thread(() -> greet(server, greeted));
            silent.setDaemon(true);
            silent.start();
            try (FineTuneClient client = patient(server).callsAtOnce(1).build()) {
                var first = client.async().job(JobId.of(Wire.ID));
                await().until(() -> greeted.getCount() == 0);
                assertCancelled(client, greeted);
                assertThat(first).isNotDone();
            }
        }
    }
}
