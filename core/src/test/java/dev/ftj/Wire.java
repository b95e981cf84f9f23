package dev.ftj;

import java.time.Duration;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** What tests of the client share: a record, a key, answers, and clients of a server on loopback. */
final class Wire {
    static final String CANARY = "sk_canary_0123456789abcdef4e60";
    static final String ID = "ftj-1";
    static final String RECORD = record(ID);

    private Wire() {}

    static String record(String id) {
        return "{\"id\": \"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"status\": \"RUNNING\"}";
    }

    static FineTuneClientBuilder client(MockWebServer server) {
        return FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(CANARY))
                .endpoint(Endpoint.of("http://127.0.0.1:" + server.getPort()));
    }

    /** A client whose waits take no time. */
    static FineTuneClientBuilder client(MockWebServer server, FakeTiming timing) {
        return client(server).timing(timing, () -> 1.0);
    }

    static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    static MockResponse answer(int status, String header, String value) {
        return new MockResponse.Builder().code(status).addHeader(header, value).build();
    }

    static MockResponse ok() {
        return answer(200, RECORD);
    }

    static void always(MockWebServer server, MockResponse response) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response;
            }
        });
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
