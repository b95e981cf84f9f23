package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ftj.internal.json.RawJson;
import dev.ftj.testing.QuickServer;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that nobody knows, with names that JSON allows and parsers may refuse: half a surrogate pair above all. */
class OddNamesTest {
    private static final String PAIR = "\\ud83d\\ude00";

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private static String odd(String name) {
        return "\"" + name + "\": {\"deep " + name + "\": [\"" + name + "\"]}, \"" + PAIR + "\": \"" + PAIR + "\"";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\uDfFf",
                "x\\uD83D",
                "\\ud83dx",
                "\\ud83d\\ud83d",
                "\\ude00\\ud83d",
                "\\\\ud800",
                "\\\\\\ud800",
                "\\ud83d\\n",
                "",
                " ",
                "\\u0000",
                "\\\"",
                "\uFEFF",
                "<<"
            })
    void anUnknownFieldFailsNothingWhateverItsName(String name) {
        String record = "{" + odd(name) + ", \"id\": \"ftj-1\", \"name\": \"" + PAIR + "\"}";
        String row = "{" + odd(name) + ", \"step\": 1, \"loss\": 0.5}";
        server.enqueue(answer(200, record));
        server.enqueue(answer(200, "[" + record + ", " + record + "]"));
        server.enqueue(answer(200, "{" + odd(name) + ", \"metrics\": [" + row + "]}"));
        server.enqueue(answer(400, "{" + odd(name) + ", \"errors\": [{" + odd(name) + ", \"message\": \"m\"}]}"));
        try (FineTuneClient client = client(server).build()) {
            FineTuneJob job = client.job("ftj-1");
            assertThat(job.json()).isEqualTo(record);
            assertThat(job.name()).isEqualTo("\uD83D\uDE00");
            assertThat(job.json.fields())
                    .containsKeys(RawJson.parse('"' + name + '"').text(), "\uD83D\uDE00");
            assertThat(job.card()).contains("ftj-1").doesNotContainPattern("\\p{Cs}");
            assertThat(job.as(Named.class)).isEqualTo(new Named("ftj-1", "\uD83D\uDE00", "\uD83D\uDE00"));
            assertThat(list(client)).extracting(FineTuneJob::json).containsExactly(record, record);
            JobMetrics metrics = client.metrics("ftj-1");
            assertThat(metrics.rows()).containsExactly(row);
            assertThat(JobMetrics.fromJson(metrics.json()).json()).isEqualTo(metrics.json());
            assertThat(catchThrowableOfType(FineTuneException.class, () -> client.job("ftj-1"))
                            .errors())
                    .extracting(FineTuneException.ApiError::message)
                    .containsExactly("m");
        }
    }

    record Named(
            String id,
            String name,
            @JsonProperty("\uD83D\uDE00") String odd) {}

    private static List<FineTuneJob> list(FineTuneClient client) {
        try (Stream<JobResult> jobs = client.list()) {
            return jobs.map(JobResult::get).toList();
        }
    }

    /** The stream is read in pieces: one that ends within an escape leads to the same. */
    @Test
    void anEscapeMayLieAnywhereInAStream() {
        StringBuilder records = new StringBuilder("[");
        for (int i = 0; i < 2000; i++) {
            records.append("{\"id\": \"ftj-").append(i).append("\", \"\\ud800").append("x".repeat(i % 13));
            records.append(PAIR).append("\": \"").append(PAIR).append("\\udc00\"},");
        }
        records.setCharAt(records.length() - 1, ']');
        server.enqueue(answer(200, records.toString()));
        try (FineTuneClient client = client(server).build()) {
            List<FineTuneJob> jobs = list(client);
            assertThat(jobs).hasSize(2000);
            assertThat(jobs.get(1999).json.fields().values())
                    .extracting(RawJson::text)
                    .containsExactly("ftj-1999", "\uD83D\uDE00\uDC00");
            assertThat(jobs.get(1999).json.fields().keySet())
                    .containsExactly("id", "\uD800" + "x".repeat(1999 % 13) + "\uD83D\uDE00");
        }
    }

    @Test
    void whatIsNoEscapeStaysMalformed() {
        for (String name : new String[] {"\\ud8", "\\ud80g", "\\ud\uFF1800", "\\ud8\\u0000"}) {
            assertThat(RawJson.parseOrNull("{\"" + name + "\": 1}")).as(name).isNull();
        }
    }
}
