package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that was sent, or tried to be sent, for a caller who wants to see them
 * ({@link FineTuneClientBuilder#onAttempt}). It never holds the API key.
 *
 * @param number 1 for the first request of a call, 2 for its first repetition, and so on
 * @param method the HTTP method, such as {@code GET}
 * @param path the path as it was sent, percent-encoded; without its query if that is a presigned URL's secret
 * @param route method and path pattern, such as {@code GET /fine-tune/jobs/{job_id}}: one of a few values, as a label of
 *     metrics needs it
 * @param resourceId the id of the job, file or upload in the path; null if there is none
 * @param status the answer's HTTP status; null where none arrived
 * @param failure what went wrong, in a few words; null where an answer arrived
 * @param took from the beginning of the attempt to the end of its answer
 * @param nextIn how long it is until the next attempt; null where there is none
 * @param requestHeaders what was sent, but for the {@code Authorization}
 * @param responseHeaders what came back, unmodifiable, empty where nothing did
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
     * One line for people.
     *
     * @return such as {@code GET /v0.5/fine-tune/jobs/ftj-1: 503 in 12 ms, again in 500 ms}, safe to print
     */
    @Override
    public String toString() {
        return Sanitizer.oneLine(method + " " + path + ": " + (status == null ? failure : status) + " in "
                + took.toMillis() + " ms" + (nextIn == null ? "" : ", again in " + nextIn.toMillis() + " ms"));
    }
}
