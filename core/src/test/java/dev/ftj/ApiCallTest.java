package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, as the server counts them. */
class ApiCallTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();

    private FineTuneException failure(FineTuneClientBuilder builder) {
        try (FineTuneClient client = builder.build()) {
            return catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
        }
    }

    @ParameterizedTest
    @CsvSource({"408, SERVER", "429, RATE_LIMITED", "500, SERVER", "502, SERVER", "503, SERVER", "504, SERVER"})
    void aFailureThatPassesIsTriedFourTimes(int status, Kind kind) {
        always(server, answer(status, ""));
        FineTuneException e = failure(client(server, timing));
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.attempts()).isEqualTo(4);
        assertThat(e.retryable()).isTrue();
        assertThat(e.getSuppressed()).hasSize(3).allMatch(earlier -> earlier instanceof FineTuneException);
        assertThat(timing.waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "300, SERVER", "304, SERVER", "400, INVALID", "401, AUTH", "402, SERVER", "403, AUTH", "404, NOT_FOUND",
        "405, SERVER", "406, SERVER", "409, CONFLICT", "410, SERVER", "413, INVALID", "418, SERVER", "421, SERVER",
        "422, INVALID", "425, SERVER", "451, SERVER", "501, SERVER", "505, SERVER", "599, SERVER"
    })
    void anyOtherStatusIsFinal(int status, Kind kind) {
        always(server, answer(status, "Retry-After", "0"));
        FineTuneException e = failure(client(server, timing));
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.httpStatus()).isEqualTo(status);
        assertThat(e.retryable()).isFalse();
        if (kind == Kind.SERVER && status >= 400 && status < 500) {
            assertThat(e.hint()).isEqualTo("Check the endpoint, the method and the path");
        }
        assertThat(e.attempts()).isEqualTo(1);
    }

    @Test
    void aServerThatSpeaksAsAProxyIsNotAskedTwice() {
        always(server, answer(407, "Proxy-Authenticate", "Basic"));
        FineTuneException e = failure(client(server, timing));
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e).hasMessageContaining("407");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aRetryAfterOfZeroIsNotRepeatedBehindOurBack(int status) {
        always(server, answer(status, "Retry-After", "0"));
        assertThat(failure(client(server, timing)).attempts()).isEqualTo(4);
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(timing.waits).containsOnly(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void oneAttemptIsOneRequest(int status) {
        always(server, answer(status, "Retry-After", "0"));
        assertThat(failure(client(server, timing).attempts(1)).attempts()).isEqualTo(1);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestThatSucceedsIsASuccess() {
        server.enqueue(answer(500, ""));
        server.enqueue(answer(429, ""));
        server.enqueue(ok());
        try (FineTuneClient client = client(server, timing).build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
    }

    static Stream<Arguments> waitsThatFit() {
        return Stream.of(
                Arguments.of("Retry-After", "7", Duration.ofSeconds(7)),
                Arguments.of("Retry-After", "1.5", Duration.ofMillis(1500)),
                Arguments.of("Retry-After", "Mon, 23 Nov 2026 12:00:09 GMT", Duration.ofSeconds(9)),
                Arguments.of("Retry-After", "Mon, 23 Nov 2020 12:00:09 GMT", Duration.ZERO),
                Arguments.of("Retry-After", "-5", Duration.ofMillis(500)),
                Arguments.of("Retry-After", "soon", Duration.ofMillis(500)),
                Arguments.of("X-Nothing", "1", Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @MethodSource("waitsThatFit")
    void aWaitThatTheServerAsksForIsObeyed(String header, String value, Duration wait) {
        server.enqueue(answer(503, header, value));
        server.enqueue(ok());
        try (FineTuneClient client = client(server, timing).build()) {
            client.job(ID);
        }
        assertThat(timing.waits).containsExactly(wait);
    }

    @Test
    void aDateIsCountedByTheServersOwnClock() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Date", "Tue, 01 Jan 2030 00:00:00 GMT")
                .addHeader("Retry-After", "Tue, 01 Jan 2030 00:00:04 GMT")
                .build());
        server.enqueue(ok());
        try (FineTuneClient client = client(server, timing).build()) {
            client.job(ID);
        }
        assertThat(timing.waits).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void theWaitMayStandInTheBody() {
        server.enqueue(answer(
                429, "{\"error\": {\"code\": \"slow\", \"message\": \"m\", \"details\": {\"retry_after\": 3}}}"));
        server.enqueue(ok());
        try (FineTuneClient client = client(server, timing).build()) {
            client.job(ID);
        }
        assertThat(timing.waits).containsExactly(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "60, Try again in 60 s.",
        "600, Try again in 10 min.",
        "86400, Try again in 24 h.",
        "99999999999999999999, Try again in a year or more.",
        "'Mon, 23 Nov 2026 12:02:00 GMT', Try again in 2 min."
    })
    void aWaitThatDoesNotFitFailsAtOnceAndSaysWhenToComeBack(String retryAfter, String told) {
        always(server, answer(429, "Retry-After", retryAfter));
        FineTuneException e = failure(client(server, timing));
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(timing.waits).isEmpty();
        assertThat(e).hasMessageEndingWith(told);
        assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void ourOwnWaitThatDoesNotFitEndsTheCall() {
        always(server, answer(500, ""));
        FineTuneException e = failure(client(server, timing).timeout(Duration.ofMillis(1400)));
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aConnectionThatBreaksIsTriedAgain(MockResponse broken) {
        for (int i = 0; i < 3; i++) {
            server.enqueue(broken);
        }
        server.enqueue(ok());
        try (FineTuneClient client = client(server, timing).build()) {
            assertThat(client.job(ID).id()).isEqualTo(ID);
        }
        assertThat(timing.waits).hasSize(3);
    }

    static Stream<MockResponse> breaks() {
        MockResponse.Builder good = new MockResponse.Builder().body(Wire.RECORD);
        return Stream.of(
                good.clone().onRequestStart(new SocketEffect.CloseSocket()).build(),
                good.clone().onResponseStart(new SocketEffect.CloseSocket()).build(),
                good.clone().onResponseBody(new SocketEffect.CloseSocket()).build(),
                good.clone()
                        .setHeader("Content-Length", 5000)
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build());
    }

    @Test
    void aConnectionThatAlwaysBreaksIsTheNetworksFailureAfterFourAttempts() {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        FineTuneException e = failure(client(server, timing));
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e.httpStatus()).isNull();
        assertThat(e.attempts()).isEqualTo(4);
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aRefusedConnectionIsTriedFourTimes() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        FineTuneException e = failure(client(server, timing).endpoint(Endpoint.of("http://127.0.0.1:" + free)));
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e.attempts()).isEqualTo(4);
        assertThat(e).hasMessageContaining("cannot connect to 127.0.0.1:" + free);
    }

    @Test
    void aCallersClientDoesNotRepeatBehindOurBack() {
        OkHttpClient callers = new OkHttpClient.Builder()
                .retryOnConnectionFailure(true)
                .followRedirects(true)
                .authenticator((route, response) -> response.request())
                .build();
        always(server, answer(401, "WWW-Authenticate", "Basic"));
        assertThat(failure(client(server, timing).okHttpClient(callers)).kind()).isEqualTo(Kind.AUTH);
        assertThat(server.getRequestCount()).isEqualTo(1);

        callers.connectionPool().evictAll(); // a pooled connection that breaks is replaced at once, uncounted
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        failure(client(server, timing).okHttpClient(callers));
        assertThat(server.getRequestCount()).isEqualTo(5);

        always(server, answer(503, "Retry-After", "0"));
        failure(client(server, timing).okHttpClient(callers));
        assertThat(server.getRequestCount()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{\"id\":"})
    void anUnreadableSuccessIsNotTriedAgain(String body) {
        always(server, answer(200, body));
        assertThat(failure(client(server, timing)).kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
