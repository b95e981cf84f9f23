package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.RECORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers close idle connections (uvicorn, Node and Apache after 5 s): that is no outage, and no write meets it. */
class ClosedConnectionTest {
    private static final NewJob NEW_JOB =
            NewJob.builder().name("run").train("file-1").build();
    private static final Duration NEVER = Duration.ofSeconds(60);

    enum Call {
        JOB("GET", client -> client.job(ID)),
        LIST("GET", client -> client.list().forEach(JobResult::get)),
        METRICS("GET", client -> client.metrics(ID)),
        NODE("GET", FineTuneClient::nodeStatus),
        STOP("PUT", client -> client.stop(ID)),
        CANCEL("PUT", client -> client.cancel(ID)),
        DELETE("DELETE", client -> client.delete(ID)),
        CREATE("POST", client -> client.create(NEW_JOB));

        final String method;
        final Consumer<FineTuneClient> call;

        Call(String method, Consumer<FineTuneClient> call) {
            this.method = method;
            this.call = call;
        }
    }

    private final FakeTiming timing = new FakeTiming();
    private final List<Attempt> attempts = new ArrayList<>();

    private static byte[] answer(String request) {
        if (request.startsWith("GET /v0.5/fine-tune/jobs?")) {
            return RawServer.ok("[" + RECORD + "]");
        }
        if (request.endsWith("/metrics")) {
            return RawServer.ok("{\"metrics\": []}");
        }
        return RawServer.ok(request.endsWith("/status") ? "\"READY\"" : RECORD);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300, 5000})
    void everyCallSucceedsAtOnceOnceTheServerHasClosedTheConnection(long idleMillis) throws Exception {
        try (RawServer server = new RawServer(Duration.ofMillis(idleMillis), ClosedConnectionTest::answer)) {
            List<FineTuneClient> clients = new ArrayList<>();
            for (Call call : Call.values()) {
                FineTuneClient client =
                        server.client(timing).onAttempt(attempts::add).build();
                client.job(ID);
                clients.add(client);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> server.closed.get() == clients.size());
            for (Call call : Call.values()) {
                server.requests.clear();
                attempts.clear();
                try (FineTuneClient client = clients.get(call.ordinal())) {
                    call.call.accept(client);
                }
                assertThat(attempts).as("%s", call).hasSize(1);
                assertThat(server.requests).as("%s", call).hasSize(1).allMatch(line -> line.startsWith(call.method));
            }
            assertThat(timing.waits).isEmpty();
        }
    }

    @Test
    void aClientWithManyClosedConnectionsNeedsNoSecondAttempt() throws Exception {
        try (RawServer server = new RawServer(Duration.ofMillis(300), ClosedConnectionTest::answer);
                FineTuneClient client =
                        server.client(timing).onAttempt(attempts::add).build()) {
            List<String> ids = List.of(ID, ID, ID, ID, ID, ID, ID, ID);
            client.jobs(ids).forEach(JobResult::get);
            int connections = server.connections.get();
            await().atMost(Duration.ofSeconds(30)).until(() -> server.closed.get() == connections);
            attempts.clear();
            client.job(ID);
            assertThat(attempts).hasSize(1);
            assertThat(timing.waits).isEmpty();
        }
    }

    @Test
    void readsKeepTheirConnection() throws Exception {
        try (RawServer server = new RawServer(NEVER, ClosedConnectionTest::answer);
                FineTuneClient client = server.client(timing).build()) {
            for (int i = 0; i < 5; i++) {
                client.job(ID);
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void aNewConnectionThatBreaksIsAnOutage() throws Exception {
        try (RawServer server = new RawServer(NEVER, request -> new byte[0]);
                FineTuneClient client = server.client(timing).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(e.kind()).isEqualTo(Kind.NETWORK);
            assertThat(e.attempts()).isEqualTo(4);
            assertThat(server.requests).hasSize(4);
        }
    }

    @Test
    void bytesBehindAnAnswerDoNotFailTheNextCall() throws Exception {
        byte[] answer = (new String(RawServer.ok(RECORD), StandardCharsets.ISO_8859_1) + "\r\nstray bytes\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (RawServer server = new RawServer(NEVER, request -> answer);
                FineTuneClient client =
                        server.client(timing).onAttempt(attempts::add).build()) {
            client.job(ID);
            client.job(ID);
            client.stop(ID);
            assertThat(attempts).hasSize(3);
            assertThat(server.requests.stream().filter(line -> line.startsWith("PUT")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"STOP", "CANCEL", "DELETE", "CREATE"})
    void anInterceptorOfTheCallersThatRetriesDoesNotSendAWriteTwice(Call write) throws Exception {
        OkHttpClient retrying = new OkHttpClient.Builder()
                .addInterceptor(
                        chain -> chain.withRetryOnConnectionFailure(true).proceed(chain.request()))
                .dns(Dns.SYSTEM)
                .build();
        boolean[] broken = {false};
        try (RawServer server = new RawServer(NEVER, request -> broken[0] ? new byte[0] : answer(request));
                FineTuneClient client =
                        server.client(timing).okHttpClient(retrying).build()) {
            client.job(ID);
            broken[0] = true;
            server.requests.clear();
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> write.call.accept(client));
            assertThat(server.requests).hasSize(1);
            assertThat(e.uncertain()).isTrue();
        } finally {
            retrying.connectionPool().evictAll();
        }
    }

    @Test
    void aWriteThatHttp2RefusedUnprocessedIsSentAgain() throws Exception {
        try (MockWebServer server = QuickServer.create()) {
            server.useHttps(TrustTest.SERVER.sslSocketFactory());
            server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
            server.enqueue(new MockResponse.Builder()
                    .onRequestStart(new SocketEffect.CloseStream(7)) // REFUSED_STREAM
                    .build());
            server.enqueue(Wire.ok());
            server.start();
            OkHttpClient trusting = new OkHttpClient.Builder()
                    .sslSocketFactory(
                            TrustTest.ofAClient().sslSocketFactory(),
                            TrustTest.ofAClient().trustManager())
                    .build();
            try (FineTuneClient client = Wire.client(server, timing)
                    .endpoint(Endpoint.of("https://127.0.0.1:" + server.getPort()))
                    .okHttpClient(trusting)
                    .onAttempt(attempts::add)
                    .build()) {
                assertThat(client.stop(ID).id()).isEqualTo(ID);
                assertThat(attempts).hasSize(2);
                assertThat(attempts.get(0).failure()).contains("unprocessed");
            }
        }
    }
}
