package dev.ftj;

import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.testing.QuickServer;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** What a server says of its refusal, in each shape of its body, down to the message of the exception. */
class ErrorReaderTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private FineTuneException refused(int status, String body) {
        server.enqueue(answer(status, body));
        try (FineTuneClient client = client(server).attempts(1).build()) {
            return catchThrowableOfType(FineTuneException.class, () -> client.job("ftj-1"));
        }
    }

    @Test
    void everyErrorOfTheListIsTold() {
        FineTuneException e = refused(
                400,
                "{\"errors\": [{\"code\": \"missing_parameter\", \"message\": \"No id.\", \"suggestion\": \"Give one.\","
                        + " \"error_uid\": \"err-1\"}, {\"code\": \"NOT_FOUND\", \"message\": \"Nothing\"}, {\"message\": \"third\","
                        + " \"suggestion\": \"rest\"}]}");
        assertThat(e.errors())
                .containsExactly(
                        new ApiError("missing_parameter", "No id.", "Give one.", "err-1"),
                        new ApiError("NOT_FOUND", "Nothing", null, null),
                        new ApiError(null, "third", "rest", null));
        assertThat(e)
                .hasMessage("ftj-1: the server refused the request (400): No id (missing_parameter, err-1). Give one.\n"
                        + "Nothing (NOT_FOUND).\nthird. rest.");
    }

    @Test
    void aDetailIsAMessage() {
        assertThat(refused(401, "{\"detail\": \"Bad token\"}"))
                .hasMessageStartingWith("ftj-1: the server refused the API key (401): Bad token.");
    }

    @Test
    void aListOfDetailsIsAnErrorEach() {
        FineTuneException e = refused(
                422,
                "{\"detail\": [{\"loc\": [\"path\", \"job_id\", 0], \"msg\": \"too long\", \"type\": \"value_error\"}, {\"x\": 1}]}");
        assertThat(e.errors())
                .containsExactly(
                        new ApiError("value_error", "path.job_id.0: too long", null, null),
                        new ApiError(null, "{\"x\":1}", null, null));
    }

    @Test
    void theOlderShapeHasAWait() {
        FineTuneException e = refused(
                429,
                "{\"error\": {\"code\": \"rate\", \"message\": \"Slow down\", \"details\": {\"retry_after\": 60}}}");
        assertThat(e.errors()).containsExactly(new ApiError("rate", "Slow down", null, null));
        assertThat(e.retryAfter()).hasSeconds(60);
        assertThat(e).hasMessage("ftj-1: too many requests (429): Slow down (rate). Try again in 60 s.");
    }

    @Test
    void aSuggestionAndAWaitAreBothTold() {
        FineTuneException e = refused(
                429,
                "{\"errors\": [{\"message\": \"m\", \"suggestion\": \"Ask less.\"}], \"error\": {\"message\": \"n\", \"details\":"
                        + " {\"retry_after\": \"90\"}}}");
        assertThat(e.getMessage()).contains("Ask less").contains("try again in 90 s");
    }

    @Test
    void aGatewaysPageIsReadWithoutItsTags() {
        FineTuneException e = refused(
                502,
                "<html><head><title>502</title><style>p {}</style></head><body><h1>Bad\nGateway</h1></body></html>");
        assertThat(e).hasMessageStartingWith("ftj-1: the server failed (502): Bad Gateway.");
        assertThat(e.errors())
                .singleElement()
                .extracting(ApiError::message)
                .asString()
                .startsWith("<html>");
    }

    @Test
    void anEmptyBodyOrPageLeavesTheStatus() {
        for (String body : new String[] {"", " \n", "<html></html>"}) {
            assertThat(refused(500, body)).hasMessage("ftj-1: the server failed (500). Try again later.");
        }
    }

    @Test
    void otherShapesKeepTheirText() {
        for (String body : new String[] {
            "oops",
            "\"oops\"",
            "[\"oops\"]",
            "{\"message\": \"oops\"}",
            "{\"errors\": 5, \"x\": \"oops\"}",
            "{\"error\": \"oops\"}",
            "{\"errors\": [\"oops\"]}",
            "{\"detail\": {\"a\": \"oops\"}}",
            "{\"oops"
        }) {
            assertThat(refused(500, body)).as(body).hasMessageContaining("oops");
        }
    }

    @Test
    void theIdentifierForSupportIsInTheMessage() {
        FineTuneException e = refused(500, "{\"errors\": [{\"message\": \"m\", \"error_uid\": \"err-9\"}]}");
        assertThat(e.getMessage()).contains("(err-9)");
    }

    @Test
    void aHostileMessageIsHarmless() {
        String hostile = "a\\u001b[31m\\n\\u202eb\u009b\u2028c\\u0000";
        FineTuneException e = refused(
                400,
                "{\"errors\": [{\"message\": \"" + hostile + "\", \"code\": \"" + hostile + "\", \"suggestion\": \""
                        + hostile + "\", \"error_uid\": \"" + hostile + "\"}]}");
        assertThat(e.getMessage())
                .doesNotContain("\u001b", "\n", "\u202e", "\u009b", "\u2028", "\u0000")
                .contains("\\u202e");
        assertThat(e.errors().get(0).message()).contains("\u001b");
        assertThat(e.errors().get(0).toString()).doesNotContain("\u001b", "\n");
    }

    @Test
    void aFloodOfErrorsIsCutInTheMessageAlone() {
        String one = "{\"message\": \"" + "x".repeat(5000) + "\"}";
        FineTuneException e = refused(400, "{\"errors\": [" + one + (", " + one).repeat(99) + "]}");
        assertThat(e.errors()).hasSize(100);
        assertThat(e.getMessage()).hasSizeLessThan(20_000).endsWith("(and 80 more errors)");
    }
}
