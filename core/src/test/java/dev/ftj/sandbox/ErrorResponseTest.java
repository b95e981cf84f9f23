package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.json;
import static dev.ftj.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ErrorResponseTest {
    @RegisterExtension
    final SandboxClient client = new SandboxClient();

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
        assertThat(client.sandbox.jobIds()).contains(id);
        for (int time = 0; time < 4; time++) {
            HttpResponse<String> response = client.get(id);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(text(response, pointer)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, /stop, 409", "PUT, /cancel, 403", "DELETE, '', 503", "GET, /metrics?limit=x, 429"})
    void theErrorAnswersEveryCallForTheId(String method, String below, int status) {
        assertThat(client.call(method, "/jobs/ftj-error-" + status + below).body())
                .isEqualTo(client.get("ftj-error-" + status).body());
    }

    @Test
    void theErrorAnswersACreationWithTheId() {
        assertThat(client.create("""
                {"name": "n", "id": "ftj-error-500",
                 "config": {"datasets": [{"name": "d", "split": "train", "file_ids": ["file-1"]}]}}""").statusCode()).isEqualTo(500);
    }

    @Test
    void oneResponseHoldsSeveralErrorsWithOptionalMembers() {
        JsonNode errors = client.job("ftj-error-400").path("errors");

        assertThat(errors.size()).isEqualTo(2);
        assertThat(errors.at("/0/suggestion").isString()).isTrue();
        assertThat(errors.at("/0/error_uid").stringValue()).startsWith("err-bfa600db-");
        assertThat(errors.get(1).has("suggestion")).isFalse();
        assertThat(errors.get(1).has("error_uid")).isFalse();
    }

    @Test
    void tooManyRequestsSaysWhenToRetryInHeaderAndBody() {
        HttpResponse<String> response = client.get("ftj-error-429");

        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(response).at("/error/details/retry_after").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"502, text/html, <h1>502 Bad Gateway</h1>", "504, text/plain, upstream request timeout"})
    void gatewaysAnswerWithoutJson(int status, String type, String text) {
        HttpResponse<String> response = client.get("ftj-error-" + status);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).containsExactly(type);
        assertThat(response.body()).contains(text).doesNotStartWith("\"");
    }

    @Test
    void theRecoveringIdFailsTwiceAndIsAJobFromThenOn() {
        String id = "ftj-error-503-then-well";

        assertThat(client.get(id).statusCode()).isEqualTo(503);
        assertThat(client.get(id).statusCode()).isEqualTo(503);
        assertThat(client.get(id).statusCode()).isEqualTo(200);
        assertThat(client.status(id)).isEqualTo("COMPLETED");
    }
}
