package dev.ftj.internal.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A response, with the key replaced wherever the server repeated it.
 *
 * @param received its headers, as sent
 * @param sent the headers of the request, the key's included
 * @param body empty if a {@link BodyReader} has read it
 * @param redirect the target of a redirect that is not followed; null for any other response
 */
public record HttpReply(
        int status,
        Headers received,
        Headers sent,
        String body,
        @Nullable String redirect,
        Secret key) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the first value of a header, such as {@code ETag}; null if there is none. */
    public @Nullable String header(String name) {
        List<String> values = headers().get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** Returns the headers by name in lower case. */
    public Map<String, List<String>> headers() {
        return named(received);
    }

    /** Returns the headers of the request, without the key's, in the same way. */
    public Map<String, List<String>> sentHeaders() {
        return named(sent);
    }

    private Map<String, List<String>> named(Headers headers) {
        Map<String, List<String>> named = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String name = key.redactAnyCase(headers.name(i).toLowerCase(Locale.ROOT));
            if (name.equals(WireState.HIDDEN_RETRY_AFTER)) {
                name = "retry-after";
            }
            if (!name.equals("authorization")) {
                named.computeIfAbsent(name, n -> new ArrayList<>()).add(key.redactAnyCase(headers.value(i)));
            }
        }
        return Map.copyOf(named);
    }

    /** Shows no header: one may hold the key. */
    @Override
    public String toString() {
        return "status " + status;
    }
}
