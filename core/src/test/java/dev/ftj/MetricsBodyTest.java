package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class MetricsBodyTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private JobMetrics metrics() {
        try (FineTuneClient client = client(server, new FakeTiming()).build()) {
            return client.metrics("ftj-1");
        }
    }

    private static String body(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "{\"step\": " + i + ", \"loss\": 1.50}")
                .collect(Collectors.joining(",", "{\"last_checkpoint_step\": 7, \"metrics\": [", "]}"));
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgainAndNoRecordComesTwice() {
        server.enqueue(new MockResponse.Builder()
                .body(body(500))
                .setHeader("Content-Length", 1_000_000)
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(answer(200, body(501)));
        JobMetrics metrics = metrics();
        assertThat(metrics.rows()).hasSize(501);
        assertThat(metrics.lastCheckpointStep()).isEqualTo(7);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void anAnswerThatEndsAnywhereIsUnreadable() {
        String whole =
                "{\"last_checkpoint_step\": null, \"a\\u0062\": true, \"metrics\": [{\"step\": 1}], \"x\": 12, \"y\": null}";
        for (int end = 0; end < whole.length(); end++) {
            server.enqueue(answer(200, whole.substring(0, end)));
            FineTuneException e = catchThrowableOfType(FineTuneException.class, this::metrics);
            assertThat(e.kind()).as("%s", end).isEqualTo(Kind.UNREADABLE);
            assertThat(e.getMessage()).as("%s", end).doesNotContain("Exception");
        }
    }

    @Test
    void anAnswerIsReadOnTheWireAsItIsFromAText() {
        for (String body :
                new String[] {"{\"last_checkpoint_step\": 600}", "{\"metrics\": null}", "{\"metrics\": []}"}) {
            server.enqueue(answer(200, body));
            assertThat(metrics().size())
                    .isZero()
                    .isEqualTo(JobMetrics.fromJson(body).size());
        }
        server.enqueue(answer(200, "{\"last_checkpoint_step\": 600}"));
        assertThat(metrics().lastCheckpointStep()).isEqualTo(600);
        for (String body : new String[] {"{\"step\": 1}", "{\"last_checkpoint_step\": 600, \"metrics\": {}}"}) {
            server.enqueue(answer(200, body));
            assertThat(catchThrowableOfType(FineTuneException.class, this::metrics)
                            .kind())
                    .isEqualTo(Kind.UNREADABLE);
            assertThat(catchThrowableOfType(FineTuneException.class, () -> JobMetrics.fromJson(body))
                            .kind())
                    .isEqualTo(Kind.UNREADABLE);
        }
    }

    /** What a sink was handed, in its order. */
    private List<String> streamed(int most) {
        List<String> handed = new ArrayList<>();
        try (FineTuneClient client = client(server, new FakeTiming()).build()) {
            client.metrics("ftj-1", new JobMetrics.Sink() {
                @Override
                public void member(String json) {
                    handed.add(json);
                }

                @Override
                public boolean row(String json) {
                    handed.add(json);
                    return handed.size() < most;
                }
            });
        }
        return handed;
    }

    @Test
    void recordsAreHandedOnInTheOrderOfTheAnswer() {
        server.enqueue(answer(200, "{\"a\": 1.0E+2, \"metrics\": [{\"step\": 1}, 5], \"b\\u0022\": [NaN]}"));
        assertThat(streamed(100)).containsExactly("\"a\": 1.0E+2", "{\"step\": 1}", "5", "\"b\\\"\": [NaN]");
        for (String none : new String[] {"{\"metrics\": null, \"x\": 1}", "{\"last_checkpoint_step\": 1}", "[]"}) {
            server.enqueue(answer(200, none));
            assertThat(streamed(100)).hasSizeLessThan(2).doesNotContain("\"metrics\": null");
        }
    }

    @Test
    void aSinkThatHasEnoughEndsTheCallQuietly() {
        server.enqueue(answer(200, body(100_000)));
        assertThat(streamed(3)).hasSize(3);
    }

    @Test
    void anExceptionOfTheSinkIsThrownAsItIs() {
        UncheckedIOException full = new UncheckedIOException(new IOException("No space left on device"));
        try (FineTuneClient client = client(server, new FakeTiming()).build()) {
            server.enqueue(answer(200, body(3)));
            assertThatThrownBy(() -> client.metrics("ftj-1", row -> {
                        throw full;
                    }))
                    .isSameAs(full);
            server.enqueue(answer(200, body(3)));
            assertThatThrownBy(() -> client.metrics("ftj-1", new JobMetrics.Sink() {
                        @Override
                        public void member(String json) {
                            throw full;
                        }

                        @Override
                        public boolean row(String json) {
                            return true;
                        }
                    }))
                    .isSameAs(full);
        }
    }

    @Test
    void anAnswerThatBreaksOffBeforeTheFirstRecordIsAskedForAgainAndLaterItIsNot() {
        server.enqueue(cut("{\"last_checkpoint_step\": 7, \"metrics\": ["));
        server.enqueue(answer(200, body(2)));
        assertThat(streamed(100)).hasSize(3);
        server.enqueue(cut("{\"last_checkpoint_step\": 7, \"metrics\": [{\"step\": 1}" + " ".repeat(2000)));
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> streamed(100));
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e).hasMessageContaining("after 1 metric:");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    private static MockResponse cut(String body) {
        return new MockResponse.Builder()
                .body(body)
                .setHeader("Content-Length", 1_000_000)
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build();
    }

    @Test
    void theNumbersAloneAreAskedForAgainToo() {
        server.enqueue(cut(body(500)));
        server.enqueue(answer(200, body(501)));
        try (FineTuneClient client = client(server, new FakeTiming()).build()) {
            JobMetrics numbers = client.metricNumbers("ftj-1");
            assertThat(numbers.size()).isEqualTo(501);
            assertThat(numbers.series("loss").count()).isEqualTo(501);
            assertThat(numbers.lastCheckpointStep()).isEqualTo(7);
        }
    }

    @Test
    void whatStandsBesideTheRecordsIsLimitedInAll() {
        String member = "\"x\": \"" + "x".repeat(9 * 1024 * 1024) + "\"";
        server.enqueue(answer(200, "{" + member + "," + member + ", \"metrics\": []}"));
        FineTuneException e = catchThrowableOfType(FineTuneException.class, this::metrics);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("larger than 16 MiB");
    }
}
