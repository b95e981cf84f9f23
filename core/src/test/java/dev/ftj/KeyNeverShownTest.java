package dev.ftj;

import static dev.ftj.Wire.CANARY;
import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ftj.testing.QuickServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that sends the key back, in every place that it has, and every string that the library makes of it. */
class KeyNeverShownTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final StringWriter seen = new StringWriter();

    static Stream<String> spellings() {
        return Stream.of(
                CANARY,
                CANARY.replace("s", "\\u0073"),
                CANARY.replace("_", "\\u005F").replace("k", "\\u006b"),
                CANARY.chars().mapToObj(c -> String.format("\\u%04x", c)).reduce("", String::concat),
                "\\\\" + CANARY,
                "\\n" + CANARY,
                CANARY.replace("s", "\\\\u0073"));
    }

    /** Calls the server with a listener, and keeps every string that comes of it. */
    private void ask() {
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        try (FineTuneClient client = client(server, new FakeTiming())
                .attempts(2)
                .onAttempt(attempts::add)
                .build()) {
            see(client);
            Throwable thrown = catchThrowable(() -> see(client.job(ID)));
            if (thrown != null) {
                see(thrown);
                thrown.printStackTrace(new PrintWriter(seen));
                if (thrown instanceof FineTuneException e) {
                    see(e.errors());
                    see(e.errors().stream()
                            .map(told -> told.code() + told.message() + told.suggestion() + told.errorUid())
                            .toList());
                    see(e.hint());
                }
            }
            try (Stream<JobResult> results = client.jobs(List.of(ID))) {
                results.forEach(this::see);
            }
            seeFailureOf(() -> {
                try (Stream<JobResult> results = client.list()) {
                    results.forEach(this::see);
                }
            });
            seeFailureOf(() -> see(client.metrics(ID)));
            seeFailureOf(() -> see(client.nodeStatus().json()));
        }
        attempts.forEach(attempt -> {
            see(attempt);
            see(attempt.path());
            see(attempt.failure());
            see(attempt.requestHeaders());
            see(attempt.responseHeaders());
        });
        assertThat(attempts).isNotEmpty();
    }

    private void see(FineTuneJob job) {
        see(job.json());
        see(job.name());
        see(job.card());
        see(job.config());
        see(job.config() == null ? null : job.config().json() + job.config().datasets());
        see(job.inferenceConfigPath());
        see((Object) job);
        job.json.fields().forEach((name, value) -> see(name + value.shown()));
    }

    private void seeFailureOf(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        see(thrown == null ? null : thrown.getMessage());
    }

    private void see(JobMetrics metrics) {
        see(metrics.json());
        see(metrics.names());
        see(metrics.toSvg() + metrics.toHtml());
        see((Object) metrics);
    }

    private void see(@org.jspecify.annotations.Nullable Object shown) {
        seen.append(String.valueOf(shown)).append('\n');
    }

    private void assertUnseen() {
        String all = seen.toString();
        assertThat(all)
                .doesNotContain(CANARY)
                .doesNotContainIgnoringCase(CANARY.substring(3))
                .doesNotContain("\\u0063\\u0061");
        assertThat(unescaped(all)).doesNotContain(CANARY);
    }

    private static String unescaped(String text) {
        return java.util.regex.Pattern.compile("\\\\+u([0-9a-fA-F]{4})")
                .matcher(text)
                .replaceAll(hex -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(hex.group(1), 16))));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void inARecord(String spelled) {
        always(
                server,
                answer(
                        200,
                        "{\"id\":\"ftj-1\",\"name\":\"a " + spelled + "\",\"" + spelled
                                + "\":1,\"config\":{\"model\":\""
                                + spelled + "\",\"datasets\":[{\"name\":\"" + spelled + "\"}]},"
                                + "\"inference_config_path\":\"s3:\\/\\/" + spelled + "\",\"status\":\"" + spelled
                                + "\"}"));
        ask();
        assertUnseen();
        assertThat(seen.toString()).contains("[key]").doesNotContain("FineTuneException");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void inARefusal(String spelled) {
        always(
                server,
                answer(
                        401,
                        "{\"errors\":[{\"code\":\"" + spelled + "\",\"message\":\"bad key " + spelled
                                + "\",\"suggestion\":\"" + spelled + "\",\"error_uid\":\"" + spelled
                                + "\"},{\"message\":\"" + spelled + "\"}]}"));
        ask();
        assertUnseen();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void inDamagedJsonAndPages(String spelled) {
        for (String body : List.of("{\"id\": \"" + spelled, "<html>" + spelled, "[\"" + spelled + "\"]", spelled)) {
            always(server, answer(200, body));
            ask();
            always(server, answer(502, body));
            ask();
        }
        assertUnseen();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void inMetricsAndWhatStandsBesideThem(String spelled) {
        always(
                server,
                answer(
                        200,
                        "{\"last_checkpoint_step\":\"" + spelled + "\",\"" + spelled + "\":[\"" + spelled
                                + "\"],\"metrics\":[{\"loss " + spelled + "\":1,\"note\":\"" + spelled + "\"}]}"));
        ask();
        assertUnseen();
        assertThat(seen.toString()).contains("\"last_checkpoint_step\": \"").contains("loss ");
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void inAList(String spelled) {
        always(server, answer(200, "[{\"id\":\"" + spelled + "\",\"" + spelled + "\":1}, \"" + spelled + "\"]"));
        ask();
        assertUnseen();
        assertThat(seen.toString()).contains("record 2 of the list");
    }

    @Test
    void inAnotherJobsId() {
        always(server, answer(200, Wire.record(CANARY)));
        ask();
        assertUnseen();
    }

    @Test
    void inHeadersAndRedirects() {
        String percent = CANARY.replace("s", "%73");
        for (String target : List.of(CANARY, percent)) {
            always(
                    server,
                    new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", "https://elsewhere.example/" + target + "?k=" + CANARY)
                            .addHeader("X-Echo", "Bearer " + CANARY)
                            .addHeader("X-" + CANARY, "1")
                            .addHeader("X-" + CANARY.toUpperCase(Locale.ROOT), CANARY.toUpperCase(Locale.ROOT))
                            .build());
            ask();
        }
        assertUnseen();
    }

    @Test
    void inTheHostOfARedirectWhichIsInLowerCase() {
        String key = "sk_Canary_0123456789ABCDEF4e60";
        always(server, answer(302, "Location", "https://" + key + ".elsewhere.example/"));
        try (FineTuneClient client = Wire.client(server).apiKey(ApiKey.of(key)).build()) {
            assertThatThrownBy(() -> client.job("ftj-1"))
                    .hasMessageContaining("redirects to https://[key].elsewhere.example/");
        }
    }

    @Test
    void inAStatusLineThatIsNone() {
        always(
                server,
                new MockResponse.Builder()
                        .status("NONSENSE " + CANARY + " \u001b[31m")
                        .build());
        ask();
        assertUnseen();
        assertThat(seen.toString()).contains("[key]").doesNotContain("\u001b");
    }

    @Test
    void aSlashMayBeEscapedToo() {
        ApiKey key = ApiKey.of("sk/with/slashes+and=more");
        assertThat(key.redact("{\"a\":\"sk\\/with\\/slashes+and=more\",\"b\":\"x\"}"))
                .isEqualTo("{\"a\":\"[key]\",\"b\":\"x\"}");
        assertThat(key.redact("sk/with/slashes+and=more\\")).isEqualTo("[key]\\");
    }

    @Test
    void aShortKeyIsAWordThatOccursByChance() {
        assertThat(ApiKey.of("a".repeat(11)).redact("b" + "a".repeat(11))).isEqualTo("b" + "a".repeat(11));
        assertThat(ApiKey.of("a".repeat(12)).redact("b" + "a".repeat(12))).isEqualTo("b[key]");
    }

    @Test
    void aTextOfBackslashesIsLookedThroughAtOnce() {
        String text = "\\".repeat(2_000_000);
        assertThat(ApiKey.of(CANARY).redact(text)).isEqualTo(text);
    }
}
