package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send a request, for logs and metrics
 * ({@link FineTuneClientBuilder#onAttempt}). It never holds the API key. For Micrometer:
 *
 * <pre>{@code
 * FineTuneClient client = FineTuneClient.builder()
 *         .onAttempt(attempt -> Timer.builder("ftj.attempts")
 *                 .tag("route", attempt.route())
 *                 .tag("status", attempt.status() == null ? "none" : attempt.status().toString())
 *                 .register(registry)
 *                 .record(attempt.took()))
 *         .build();
 * }</pre>
 *
 * <p>A label takes {@code route}, which has few values; {@code resourceId} and {@code path} belong into traces and logs.
 *
 * @param number 1 for the first attempt of a call, 2 for its first retry, and so on
 * @param method the HTTP method, such as {@code GET}
 * @param path the path as it was sent, percent-encoded; without its query if that is a presigned URL's secret
 * @param route method and path pattern, such as {@code GET /fine-tune/jobs/{job_id}}: one of a few values, as a label of
 *     metrics needs it
 * @param resourceId the id of the job, file or upload in the path; null if there is none
 * @param status the response's HTTP status; null if none arrived
 * @param failure what went wrong, in a few words; null if a response arrived
 * @param took from the start of the attempt to the end of its response
 * @param nextIn the time until the next attempt; null if there is none
 * @param requestHeaders what was sent, without {@code Authorization}
 * @param responseHeaders what was received, unmodifiable; may be empty
 * @since 0.1.0
 */
public record Attempt(
        int number,
        String method,
        String path,
        String route,
        @Nullable String resourceId,
        @Nullable Integer status,
        @Nullable String failure,
        Duration took,
        @Nullable Duration nextIn,
        Map<String, List<String>> requestHeaders,
        Map<String, List<String>> responseHeaders) {

    /**
     * {@return one line for people, such as {@code GET /v0.5/fine-tune/jobs/ftj-1: 503 in 12 ms, again in 500 ms}, safe
     * to print}
     */
    @Override
    public String toString() {
        return Sanitizer.oneLine(method + " " + path + ": " + (status == null ? failure : status) + " in "
                + took.toMillis() + " ms" + (nextIn == null ? "" : ", again in " + nextIn.toMillis() + " ms"));
    }
}
