package dev.ftj.sandbox;

import dev.ftj.internal.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An HTTP error that ends a request; the bodies are in {@code errors.json} and never repeat the request. */
@SuppressWarnings("serial") // never serialized
final class ErrorResponse extends RuntimeException {
    /** Ids that begin so answer with an error instead of a job, if {@code errors.json} has them. */
    static final String JOB_ID_PREFIX = "ftj-error-";

    private static final Map<String, RawJson> ERRORS =
            SampleJobs.resource("errors.json").fields();

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
        RawJson error = Objects.requireNonNull(ERRORS.get(name), name);
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        RawJson more = error.field("headers");
        if (more != null) {
            more.forEachMember((header, value) -> headers.put(header, value.shown()));
        }
        int status =
                Integer.parseInt(Objects.requireNonNull(error.field("status")).raw());
        RawJson body = Objects.requireNonNull(error.field("body"));
        return new ErrorResponse(status, headers, Objects.requireNonNullElse(body.text(), body.raw()));
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
