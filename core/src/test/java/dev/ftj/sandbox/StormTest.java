package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StormTest {
    private static final String ORDER =
            "{\"name\": \"n\", \"id\": \"%s\", \"config\": {\"datasets\": [{\"name\": \"d\","
                    + " \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}}";

    private final List<Storm.Gust> forecast = forecast(40);

    @Test
    void theFirstFortyRequestsOfAStormMeetEverythingAndMostGetThrough() {
        assertThat(forecast).contains(Storm.Gust.values());
        assertThat(forecast.stream().filter(gust -> gust == Storm.Gust.NONE).count())
                .isBetween(22L, 34L);
    }

    @Test
    void inTheLongRunAThirdMeetsSomething() {
        assertThat(forecast(10_000).stream()
                        .filter(gust -> gust != Storm.Gust.NONE)
                        .count())
                .isBetween(3000L, 3600L);
    }

    @Test
    void everyRequestOfAStormMeetsWhatItsSeedForetells() throws IOException {
        try (Sandbox stormy = stormy()) {
            Caller caller = new Caller(stormy);
            for (Storm.Gust gust : forecast) {
                String answer = caller.raw(
                        "GET /v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID + " HTTP/1.1",
                        "Host: 127.0.0.1:" + URI.create(stormy.endpoint()).getPort(),
                        "Authorization: Bearer " + stormy.apiKey());

                assertThat(answer).as(gust.name()).matches(answerTo(gust));
            }
        }
    }

    /** A pattern of the whole answer, as it comes out of the socket. */
    private static String answerTo(Storm.Gust gust) {
        return switch (gust) {
            case NONE, SLOW -> "(?s)HTTP/1.1 200 .*\\.yaml\"\n}";
            case FAILED -> "(?s)HTTP/1.1 500 .*internal_error.*}";
            case NOT_PASSED_ON -> "(?s)HTTP/1.1 502 .*</html>\n";
            case TURNED_AWAY -> "(?s)HTTP/1.1 503 .*Retry-after: 1\r.*service_unavailable.*}";
            case TIMED_OUT -> "(?s)HTTP/1.1 504 .*upstream request timeout";
            case SENT_BACK -> "(?s)HTTP/1.1 429 .*Retry-after: 1\r.*rate_limit_exceeded.*}";
            case HUNG_UP -> "";
            case CUT_SHORT -> "(?s)HTTP/1.1 200 (?!.*inference_config_path).*\"name\": .*";
        };
    }

    @Test
    void aCreationIsCarriedOutWhollyOrNotAtAllAndItsAnswerMayBeLost() {
        try (Sandbox stormy = stormy()) {
            Caller caller = new Caller(stormy);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < forecast.size(); i++) {
                String id = "storm-" + i;
                sendWhateverComesBack(caller, ORDER.formatted(id));
                if (forecast.get(i).isCarriedOut()) {
                    expected.add(id);
                }
            }
            assertThat(stormy.jobIds().stream().filter(id -> id.startsWith("storm-")))
                    .isEqualTo(expected)
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void inTheCalmNothingIsMet() {
        try (Sandbox calm = Sandbox.start()) {
            Caller caller = new Caller(calm);
            for (int i = 0; i < 40; i++) {
                assertThat(caller.get(Sandbox.SAMPLE_JOB_ID).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void anotherSeedIsAnotherStorm() {
        Storm other = new Storm(Sandbox.Weather.STORMY, 9);
        List<Storm.Gust> gusts = new ArrayList<>();
        forecast.forEach(gust -> gusts.add(other.next()));

        assertThat(gusts).isNotEqualTo(forecast);
    }

    private static void sendWhateverComesBack(Caller caller, String order) {
        try {
            caller.call("POST", "/jobs", order);
        } catch (UncheckedIOException e) {
            // the very thing that is tried
        }
    }

    private static Sandbox stormy() {
        return Sandbox.builder().weather(Sandbox.Weather.STORMY).start();
    }

    private static List<Storm.Gust> forecast(int requests) {
        Storm storm = new Storm(Sandbox.Weather.STORMY, 8);
        List<Storm.Gust> gusts = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            gusts.add(storm.next());
        }
        return gusts;
    }
}
