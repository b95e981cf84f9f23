package dev.ftj.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response, with the key replaced wherever the server repeated it.
 *
 * @param headers by name in lower case; made on demand, since they were a third of what a call allocated
 * @param sent the headers of the request without the key's, in the same way
 * @param body empty if a {@link BodyReader} has read it
 * @param redirect the target of a redirect that is not followed; null for any other response
 */
public record HttpReply(
        int status,
        Supplier<Map<String, List<String>>> headers,
        Supplier<Map<String, List<String>>> sent,
        String body,
        @Nullable String redirect) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the first value of a header, such as {@code ETag}; null if there is none. */
    public @Nullable String header(String name) {
        List<String> values = headers.get().get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
