package dev.ftj.bench;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** The server of a benchmark, in a process of its own, so that nothing of it is measured; and what asks it. */
record Service(Process process) implements AutoCloseable {
    static final String KEY = "sk_bench_is_not_a_key_0123";

    private static final String ENDPOINT = "ftj.bench.endpoint";

    static Service start() throws IOException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JobServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + port.readLine() + "/v0.5");
        Service service = new Service(process);
        warm();
        return service;
    }

    /** Compiles the server, so that no round has a slower one than another. */
    private static void warm() throws IOException {
        try (ByHand byHand = new ByHand()) {
            for (int i = 0; i < 5000; i++) {
                byHand.job(id(i));
            }
        }
    }

    static String endpoint() {
        return System.getProperty(ENDPOINT);
    }

    /** The option by which another JVM knows it. */
    static String jvmOption() {
        return "-D" + ENDPOINT + "=" + endpoint();
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

    @Override
    public void close() {
        process.destroy();
    }
}
