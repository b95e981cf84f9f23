package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private final Sandbox sandbox = Sandbox.start();
    private final Caller caller = new Caller(sandbox);
    private final String bearer = "Bearer " + sandbox.apiKey();
    private final String samplePath = "/v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID;
    private final int port = URI.create(sandbox.endpoint()).getPort();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void withoutAKeyNothingIsTold() {
        HttpResponse<String> answer = caller.send("GET", caller.jobPath(Sandbox.SAMPLE_JOB_ID));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Caller.json(answer).path("detail").stringValue()).isEqualTo("Not authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk_another_key_of_someone", "Bearer ", "Basic c2s6", "Bearer", "nonsense"})
    void aWrongKeyIsRefusedAndNotEchoed(String authorization) {
        HttpResponse<String> answer = caller.send("GET", caller.jobPath(Sandbox.SAMPLE_JOB_ID), authorization);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Caller.json(answer).at("/errors/0/code").stringValue()).isEqualTo("invalid_api_key");
        assertThat(answer.body() + answer.headers().map())
                .doesNotContain("sk_another", "c2s6", "nonsense", sandbox.apiKey());
    }

    @Test
    void theSchemeOfTheKeyMayBeInAnyCase() {
        String path = caller.jobPath(Sandbox.SAMPLE_JOB_ID);

        assertThat(caller.send("GET", path, "bearer " + sandbox.apiKey()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:%d", "127.0.0.1:1", "localhost", "[::1]:%d", ""})
    void aForeignHostIsRefusedBeforeAnythingElse(String host) throws IOException {
        String named = "Host: " + host.replace("%d", Integer.toString(port));

        String answer = caller.raw("GET " + samplePath + " HTTP/1.1", named);

        assertThat(answer).startsWith("HTTP/1.1 421 ").contains("\"code\": \"misdirected_request\"");
    }

    @Test
    void severalHostsOrNoneOrOneInTheTargetCannotGoAroundThat() throws IOException {
        String line = "GET " + samplePath + " HTTP/1.1";
        String ours = "Host: 127.0.0.1:" + port;
        String key = "Authorization: " + bearer;

        assertThat(caller.raw(line, ours, "Host: evil.example", key)).startsWith("HTTP/1.1 4");
        assertThat(caller.raw("GET " + samplePath + " HTTP/1.0", key)).contains(" 421 ");
        assertThat(caller.raw("GET http://evil.example" + samplePath + " HTTP/1.1", ours, key))
                .contains(" 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST"})
    void bothOfItsOwnNamesAreAnswered(String name) throws IOException {
        String answer =
                caller.raw("GET " + samplePath + " HTTP/1.1", "Host: " + name + ":" + port, "Authorization: " + bearer);

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "/fine-tune/jobs, 'GET, POST', HEAD PUT DELETE PATCH OPTIONS",
        "/fine-tune/jobs/ftj-error-500, 'GET, DELETE', HEAD POST PUT PATCH OPTIONS",
        "/fine-tune/jobs/ftj-live-stops/stop, PUT, GET HEAD POST DELETE PATCH",
        "/fine-tune/jobs/ftj-live-stops/cancel, PUT, GET HEAD POST DELETE PATCH",
        "/fine-tune/jobs/ftj-nobody/metrics, GET, HEAD POST PUT DELETE",
        "/fine-tune/status, GET, HEAD POST PUT DELETE"
    })
    void anotherMethodIsNotAllowed(String path, String allowed, String methods) {
        for (String method : methods.split(" ")) {
            HttpResponse<String> answer = caller.send(method, path, bearer);

            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(32);
        }
        assertThat(caller.job("ftj-live-stops").path("status").stringValue()).isNotEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/fine-tune",
                "/fine-tune/job/ftj-1",
                "/fine-tune/jobs/",
                "/fine-tune/jobs/ftj-1/",
                "/fine-tune/jobs/ftj-1/nothing",
                "/fine-tune/jobs/ftj-1/metrics/",
                "/fine-tune/jobs//metrics",
                "/fine-tune/jobs/ftj-1/stop/now",
                "/fine-tune/status/",
                "/fine-tune/jobs/../jobs/ftj-1"
            })
    void anUnknownPathIsNotFound(String path) {
        HttpResponse<String> answer = caller.send("GET", path, bearer);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Caller.json(answer).path("detail").stringValue()).isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftj-nobody", "%2e%2e", "a%2Fb", "ftj-my%2Dfinetune-run-3de60a5c%00", "ftj+live-completes"})
    void anUnknownIdIsNoJob(String segment) {
        HttpResponse<String> answer = caller.send("GET", "/fine-tune/jobs/" + segment, bearer);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Caller.json(answer).at("/errors/0/code").stringValue()).isEqualTo("not_found");
    }

    @Test
    void anIdIsOneSegmentWhateverItHolds() {
        HttpResponse<String> answer =
                caller.send("GET", "/fine-tune/jobs/lab%207%2f%E5%A4%9C%E5%8B%A4?verbose=1", bearer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Caller.json(answer).path("id").stringValue()).isEqualTo("lab 7/夜勤");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "ftj-%c3", "%ed%a0%80", "ftj-%C0%AF"})
    void anEncodingOfNoTextIsABadRequest(String segment) {
        HttpResponse<String> answer = caller.send("GET", "/fine-tune/jobs/" + segment, bearer);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Caller.json(answer).at("/errors/0/code").stringValue()).isEqualTo("invalid_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "é"})
    void aTargetThatIsNoUriIsABadRequest(String segment) throws IOException {
        String answer = caller.raw(
                "GET /v0.5/fine-tune/jobs/" + segment + " HTTP/1.1",
                "Host: 127.0.0.1:" + port,
                "Authorization: " + bearer);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }
}
