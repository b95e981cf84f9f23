package dev.ftj.bench;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** The server of a benchmark, in a process of its own, so that nothing of it is measured: what asks it, and for what. */
final class Service {
    static final String KEY = "sk_bench_is_not_a_key_0123";

    private Service() {}

    /** Compiles the server, so that no round has a slower one than another. */
    static void warm() throws IOException {
        try (ByHand byHand = new ByHand()) {
            for (int i = 0; i < 5000; i++) {
                byHand.job(id(i));
            }
        }
    }

    /** Given to this JVM, whose options those of JMH take over. */
    static String endpoint() {
        return System.getProperty("ftj.bench.endpoint");
    }

    static FineTuneClient client() {
        return FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(KEY))
                .endpoint(Endpoint.of(endpoint()))
                .build();
    }

    static String id(int place) {
        return "ftj-bench-" + place;
    }

    static Iterator<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Service::id).iterator();
    }
}
