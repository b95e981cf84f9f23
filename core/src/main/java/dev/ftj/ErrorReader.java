package dev.ftj;

import static java.util.stream.Collectors.joining;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.internal.http.RetryPolicy;
import dev.ftj.internal.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the errors in a response: four documented shapes, and the raw text of any other. */
record ErrorReader(List<ApiError> errors, @Nullable Duration retryAfter) {

    static ErrorReader read(String body) {
        RawJson json = RawJson.parseOrNull(body);
        if (json == null) {
            return new ErrorReader(raw(body), null);
        }
        List<ApiError> errors = new ArrayList<>();
        collectList(json, errors);
        collectDetail(json, errors);
        Duration retryAfter = collectOlder(json, errors);
        return new ErrorReader(errors.isEmpty() ? raw(body) : errors, retryAfter);
    }

    /** {@code {"errors": [{"code", "message", "suggestion", "error_uid"}]}} */
    private static void collectList(RawJson json, List<ApiError> errors) {
        json.elements("errors").forEach(error -> errors.add(apiError(error)));
    }

    /** {@code {"detail": "..."}} or FastAPI's {@code {"detail": [{"loc", "msg", "type"}]}} */
    private static void collectDetail(RawJson json, List<ApiError> errors) {
        RawJson detail = json.member("detail");
        if (detail == null) {
            return;
        }
        if (!detail.isArray()) {
            errors.add(new ApiError(null, detail.shown(), null, null));
        }
        for (RawJson item : detail.elements()) {
            String message = item.text("msg");
            String where = item.elements("loc").stream().map(RawJson::shown).collect(joining("."));
            String what = message == null ? item.shown() : message;
            errors.add(new ApiError(item.text("type"), where.isEmpty() ? what : where + ": " + what, null, null));
        }
    }

    /** {@code {"error": {"code", "message", "details": {"retry_after"}}}} */
    private static @Nullable Duration collectOlder(RawJson json, List<ApiError> errors) {
        RawJson error = json.member("error");
        if (error == null) {
            return null;
        }
        errors.add(apiError(error));
        RawJson details = error.member("details");
        RawJson seconds = details == null ? null : details.member("retry_after");
        try {
            return seconds == null ? null : RetryPolicy.seconds(Double.parseDouble(seconds.shown()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ApiError apiError(RawJson error) {
        String message = error.text("message");
        return new ApiError(
                error.text("code"),
                message == null ? error.shown() : message,
                error.text("suggestion"),
                error.text("error_uid"));
    }

    private static List<ApiError> raw(String body) {
        return body.isBlank() ? List.of() : List.of(new ApiError(null, body.strip(), null, null));
    }
}
