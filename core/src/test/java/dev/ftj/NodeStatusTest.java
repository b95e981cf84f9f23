package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeStatusTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private NodeStatus node(String body) {
        server.enqueue(answer(200, body));
        try (FineTuneClient client = client(server).build()) {
            return client.nodeStatus();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"READY\"|READY|true",
                "{\"status\": \"BUSY\", \"job\": \"ftj-1\"}|BUSY|true",
                "{\"status\": \"DRAINING\"}|DRAINING|false",
                "{\"status\": \"\"}|``|false"
            })
    void aStringAndAnObjectSayTheSame(String body, String value, boolean documented) throws Exception {
        NodeStatus status = node(body);
        assertThat(status.value()).isEqualTo(value);
        assertThat(status.isDocumented()).isEqualTo(documented);
        assertThat(status.json()).isEqualTo(body);
        assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /v0.5/fine-tune/status HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "{}", "[]", "{\"status\": 5}", "<html>", "null"})
    void anythingElseIsUnreadable(String body) {
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> node(body));
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void twoAreEqualWhateverElseCameWithThem() {
        assertThat(node("{\"status\": \"READY\", \"since\": 5}"))
                .isEqualTo(NodeStatus.READY)
                .hasSameHashCodeAs(NodeStatus.READY);
    }
}
