package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.jobPath;
import static dev.ftj.sandbox.SandboxClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHandlerTest {
    private static final String SAMPLE_LINE = "GET /v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID + " HTTP/1.1";

    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @Test
    void aRequestWithoutAKeyIsRefused() {
        HttpResponse<String> response = sampleWith();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(text(response, "/detail")).isEqualTo("Not authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk_another_key_of_someone", "Bearer ", "Basic c2s6", "Bearer", "nonsense"})
    void aWrongKeyIsRefusedAndNotEchoed(String authorization) {
        HttpResponse<String> response = sampleWith(authorization);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(text(response, "/errors/0/code")).isEqualTo("invalid_api_key");
        assertThat(response.body() + response.headers().map())
                .doesNotContain("sk_another", "c2s6", "nonsense", client.sandbox.apiKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:%d", "127.0.0.1:1", "localhost", "[::1]:%d", ""})
    void aForeignHostIsRefusedBeforeAnythingElse(String host) throws IOException {
        String named = "Host: " + host.replace("%d", Integer.toString(client.port()));

        assertThat(client.raw(SAMPLE_LINE, named))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\": \"misdirected_request\"");
    }

    @Test
    void localhostIsItsOwnHostAndBearerIsCaseInsensitive() throws IOException {
        assertThat(client.raw(
                        SAMPLE_LINE,
                        "Host: LocalHost:" + client.port(),
                        "Authorization: bearer " + client.sandbox.apiKey()))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aSecondHostNoHostOrAForeignHostInTheTargetIsRefused() throws IOException {
        String host = "Host: 127.0.0.1:" + client.port();
        String key = "Authorization: " + client.key();

        assertThat(client.raw(SAMPLE_LINE, host, "Host: evil.example", key)).startsWith("HTTP/1.1 4");
        assertThat(client.raw(SAMPLE_LINE.replace("1.1", "1.0"), key)).contains(" 421 ");
        assertThat(client.raw(SAMPLE_LINE.replace("/v0.5", "http://evil.example/v0.5"), host, key))
                .contains(" 421 ");
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs, 'GET, POST', HEAD PUT DELETE PATCH OPTIONS",
        "/jobs/ftj-error-500, 'GET, DELETE', HEAD POST PUT PATCH OPTIONS",
        "/jobs/ftj-live-stops/stop, PUT, GET HEAD POST DELETE PATCH",
        "/jobs/ftj-live-stops/cancel, PUT, GET HEAD POST DELETE PATCH",
        "/jobs/ftj-nobody/metrics, GET, HEAD POST PUT DELETE",
        "/status, GET, HEAD POST PUT DELETE"
    })
    void anotherMethodIsNotAllowed(String path, String allowed, String methods) {
        for (String method : methods.split(" ")) {
            HttpResponse<String> response = client.call(method, path);

            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
            assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(32);
        }
        assertThat(client.status("ftj-live-stops")).isNotEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/job/ftj-1",
                "/jobs/",
                "/jobs/ftj-1/",
                "/jobs/ftj-1/nothing",
                "/jobs//metrics",
                "/jobs/../jobs/ftj-1"
            })
    void anUnknownPathIsNotFound(String path) {
        HttpResponse<String> response = client.call("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response, "/detail")).isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftj-nobody",
                "ftj-error-418",
                "FTJ-ERROR-500",
                "%2e%2e",
                "a%2Fb",
                "lab+7%2f%E5%A4%9C%E5%8B%A4",
                "%ff"
            })
    void anUnknownIdIsNotFound(String segment) {
        HttpResponse<String> response = client.call("GET", "/jobs/" + segment);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response, "/errors/0/code")).isEqualTo("not_found");
    }

    @Test
    void anIdIsOneDecodedPathSegment() {
        HttpResponse<String> response = client.call("GET", "/jobs/lab%207%2f%E5%A4%9C%E5%8B%A4?verbose=1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response, "/id")).isEqualTo("lab 7/夜勤");
    }

    private HttpResponse<String> sampleWith(String... authorization) {
        return client.send("GET", "/fine-tune" + jobPath(Sandbox.SAMPLE_JOB_ID), List.of(authorization), "");
    }
}
