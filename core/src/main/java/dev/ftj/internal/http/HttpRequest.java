package dev.ftj.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is sent.
 *
 * @param target below the base URL, percent-encoded, with its query; or an absolute URL, which is sent byte for byte,
 *     without the key, and whose redirects are not followed
 * @param body null for none
 * @param repeatable whether sending it twice changes nothing more than sending it once, as for GET
 * @param route the target's pattern, such as {@code /fine-tune/jobs/{job_id}}: the same for all requests of a kind
 * @param resourceId the id of the resource that it is about; null for none
 * @param deadline for all attempts together; null for the client's
 */
public record HttpRequest(
        String method,
        String target,
        @Nullable HttpBody body,
        boolean repeatable,
        String route,
        @Nullable String resourceId,
        @Nullable Duration deadline) {
    /** Returns a request that reads something of the API. */
    public static HttpRequest get(String path, String route, @Nullable String resourceId) {
        return new HttpRequest("GET", path, null, true, route, resourceId, null);
    }

    /** Returns a request that changes something of the API, and is retried only if it surely was not carried out. */
    public static HttpRequest write(
            String method, String path, @Nullable HttpBody body, String route, @Nullable String resourceId) {
        return new HttpRequest(method, path, body, false, route, resourceId, null);
    }

    /**
     * Returns a PUT to object storage: no key is sent, and the URL is not re-encoded.
     *
     * @param url a presigned URL: https, or http to loopback
     */
    public static HttpRequest put(String url, HttpBody body, String route, @Nullable String resourceId) {
        return new HttpRequest("PUT", url, body, true, route, resourceId, null);
    }

    /** Returns the same request with a deadline of its own. */
    public HttpRequest within(Duration wholeCall) {
        return new HttpRequest(method, target, body, repeatable, route, resourceId, wholeCall);
    }

    boolean isAbsolute() {
        return !target.startsWith("/");
    }
}
