package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class MetricsBodyTest {
    @StartStop
    private final MockWebServer server = new MockWebServer();

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

    @Test
    void whatStandsBesideTheRecordsIsLimitedInAll() {
        String member = "\"x\": \"" + "x".repeat(9 * 1024 * 1024) + "\"";
        server.enqueue(answer(200, "{" + member + "," + member + ", \"metrics\": []}"));
        FineTuneException e = catchThrowableOfType(FineTuneException.class, this::metrics);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageContaining("larger than 16 MiB");
    }
}
