package dev.ftj.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An HTTP error that ends a request; the bodies are in {@code errors.json} and never repeat the request. */
@SuppressWarnings("serial") // never serialized
final class ErrorResponse extends RuntimeException {
    /** Ids that begin so answer with an error instead of a job, if {@code errors.json} has them. */
    static final String JOB_ID_PREFIX = "ftj-error-";

    private static final Map<String, String> ERRORS = SandboxJson.members(SandboxJson.resource("errors.json"));

    final int status;
    final Map<String, String> headers;
    final String body;

    private ErrorResponse(int status, Map<String, String> headers, String body) {
        super(Integer.toString(status), null, false, false);
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the error of that name; a body that is a JSON string is sent unquoted. */
    static ErrorResponse of(String name) {
        Map<String, String> error = SandboxJson.members(Objects.requireNonNull(ERRORS.get(name), name));
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        SandboxJson.members(error.getOrDefault("headers", "{}"))
                .forEach((header, value) -> headers.put(header, Objects.requireNonNull(SandboxJson.text(value))));
        String body = Objects.requireNonNull(error.get("body"));
        return new ErrorResponse(
                Integer.parseInt(Objects.requireNonNull(error.get("status"))),
                headers,
                Objects.requireNonNullElse(SandboxJson.text(body), body));
    }

    /**
     * Returns the one shape of a 422: {@code {"detail": [{"loc", "msg", "type"}]}} for the first problem found.
     *
     * @param location the place in the request, such as {@code body.config.datasets.0.name}
     */
    static ErrorResponse invalid(String location, String problem) {
        return of("invalid").fill("location", location.replace(".", "\", \"")).fill("problem", problem);
    }

    /** Returns the ids that always answer with an error. */
    static List<String> jobIds() {
        return ERRORS.keySet().stream()
                .filter(name -> name.startsWith(JOB_ID_PREFIX))
                .toList();
    }

    /** Replaces a placeholder of the body by JSON-safe text. */
    ErrorResponse fill(String placeholder, String text) {
        return new ErrorResponse(status, headers, body.replace("{" + placeholder + "}", text));
    }

    ErrorResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ErrorResponse(status, more, body);
    }
}
