package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FaultsTest {
    private final Sandbox sandbox = Sandbox.start();
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, /errors/0/code, missing_parameter",
        "401, /detail, Invalid API key",
        "403, /errors/0/code, permission_denied",
        "404, /errors/0/code, NOT_FOUND",
        "409, /errors/0/code, conflict",
        "413, /detail, Request Entity Too Large",
        "422, /detail/0/type, string_too_long",
        "429, /error/code, rate_limit_exceeded",
        "500, /error/code, internal_error",
        "503, /errors/0/code, service_unavailable"
    })
    void everyDocumentedErrorHasAnIdThatAlwaysAnswersWithIt(int status, String pointer, String value) {
        String id = "ftj-error-" + status;
        assertThat(sandbox.jobIds()).contains(id);
        for (int time = 0; time < 4; time++) {
            HttpResponse<String> answer = caller.get(id);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(Caller.json(answer).at(pointer).stringValue()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, /stop, 409", "PUT, /cancel, 403", "DELETE, '', 503", "GET, /metrics?limit=x, 429"})
    void theErrorIsTheAnswerToWhateverIsDoneToTheId(String method, String below, int status) {
        assertThat(caller.call(method, "/jobs/ftj-error-" + status + below).body())
                .isEqualTo(caller.get("ftj-error-" + status).body());
    }

    @Test
    void theErrorIsTheAnswerToACreationUnderTheId() {
        HttpResponse<String> answer = caller.call("POST", "/jobs", """
                {"name": "n", "id": "ftj-error-500",
                 "config": {"datasets": [{"name": "d", "split": "train", "file_ids": ["file-1"]}]}}""");

        assertThat(answer.statusCode()).isEqualTo(500);
    }

    @Test
    void oneAnswerHoldsSeveralErrorsWithAllThatIsOptional() {
        JsonNode errors = caller.job("ftj-error-400").path("errors");

        assertThat(errors.size()).isEqualTo(2);
        assertThat(errors.at("/0/suggestion").isString()).isTrue();
        assertThat(errors.at("/0/error_uid").stringValue()).startsWith("err-bfa600db-");
        assertThat(errors.get(1).has("suggestion")).isFalse();
        assertThat(errors.get(1).has("error_uid")).isFalse();
    }

    @Test
    void tooManyRequestsSaysWhenToComeBackInHeaderAndBody() {
        HttpResponse<String> answer = caller.get("ftj-error-429");

        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(Caller.json(answer).at("/error/details/retry_after").intValue())
                .isEqualTo(1);
    }

    @Test
    void gatewaysAnswerWithoutJson() {
        HttpResponse<String> html = caller.get("ftj-error-502");
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(html.body()).startsWith("<html>").contains("<h1>502 Bad Gateway</h1>");

        HttpResponse<String> text = caller.get("ftj-error-504");
        assertThat(text.statusCode()).isEqualTo(504);
        assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(text.body()).isEqualTo("upstream request timeout");
    }

    @Test
    void aPassingFaultPassesAfterTwoRequestsOfWhoeverMayAsk() {
        String id = "ftj-error-503-then-well";
        caller.send("GET", caller.jobPath(id), "Bearer sk_of_somebody_else_entirely");

        assertThat(caller.get(id).statusCode()).isEqualTo(503);
        assertThat(caller.get(id).statusCode()).isEqualTo(503);
        assertThat(caller.get(id).statusCode()).isEqualTo(200);
        assertThat(caller.job(id).path("status").stringValue()).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftj-error-418", "FTJ-ERROR-500", "ftj-error-"})
    void anIdThatOnlyLooksLikeOneIsNoJob(String id) {
        assertThat(caller.get(id).statusCode()).isEqualTo(404);
    }
}
