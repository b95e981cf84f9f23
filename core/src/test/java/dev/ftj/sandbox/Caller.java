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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that knows nothing of ours: what any HTTP client would get from a sandbox. */
record Caller(Sandbox sandbox) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }

    /** The record or error of a job, asked for with the right key. */
    HttpResponse<String> get(String id) {
        return send("GET", jobPath(id), "Bearer " + sandbox.apiKey());
    }

    JsonNode job(String id) {
        return json(get(id));
    }

    String jobPath(String id) {
        return "/fine-tune/jobs/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** One request for a path below the endpoint. */
    HttpResponse<String> send(String method, String path, String... authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.endpoint() + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (String value : authorization) {
            request.header("Authorization", value);
        }
        return send(request.build());
    }

    /** One request with the right key, for a path below {@code /fine-tune}; with a body, or with none. */
    HttpResponse<String> call(String method, String path, String... body) {
        return send(HttpRequest.newBuilder(URI.create(sandbox.endpoint() + "/fine-tune" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + sandbox.apiKey())
                .method(method, HttpRequest.BodyPublishers.ofString(String.join("", body)))
                .build());
    }

    HttpResponse<String> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(sandbox.endpoint() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + sandbox.apiKey())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** What the server sends for these lines, for requests that a proper client would not make. */
    String raw(String requestLine, String... headers) throws IOException {
        int port = URI.create(sandbox.endpoint()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
