package dev.ftj.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox for one test, with a clock that the test sets and a plain HTTP client. */
class SandboxClient implements AfterEachCallback {
    static final Instant START = Instant.parse("2026-05-04T09:00:00.250Z");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    final Sandbox sandbox;
    private volatile Instant now = START;

    SandboxClient() {
        this.sandbox = Sandbox.builder().clock(() -> now).start();
    }

    SandboxClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sandbox.close();
    }

    Instant now() {
        return now;
    }

    /** Sets the clock to so many milliseconds after the start. */
    void setMillis(long millis) {
        now = START.plusMillis(millis);
    }

    void setSeconds(long seconds) {
        setMillis(seconds * 1000);
    }

    int port() {
        return URI.create(sandbox.endpoint()).getPort();
    }

    String key() {
        return "Bearer " + sandbox.apiKey();
    }

    static JsonNode json(HttpResponse<String> response) {
        return MAPPER.readTree(response.body());
    }

    /** Returns the text at a JSON pointer. */
    static String text(HttpResponse<String> response, String pointer) {
        return json(response).at(pointer).stringValue();
    }

    HttpResponse<String> get(String id) {
        return call("GET", jobPath(id));
    }

    JsonNode job(String id) {
        return json(get(id));
    }

    String status(String id) {
        return job(id).path("status").stringValue();
    }

    HttpResponse<String> act(String id, String action) {
        return call("PUT", jobPath(id) + "/" + action);
    }

    HttpResponse<String> create(String body) {
        return call("POST", "/jobs", body);
    }

    static String jobPath(String id) {
        return "/jobs/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends an authenticated request for a path below {@code /fine-tune}. */
    HttpResponse<String> call(String method, String path, String... body) {
        return send(method, "/fine-tune" + path, List.of(key()), String.join("", body));
    }

    /** Sends a request for a path below the endpoint. */
    HttpResponse<String> send(String method, String path, List<String> authorization, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.endpoint() + path))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        authorization.forEach(value -> request.header("Authorization", value));
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the server sends for these lines; for requests that an HTTP client would not make. */
    String raw(String requestLine, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            String request = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
