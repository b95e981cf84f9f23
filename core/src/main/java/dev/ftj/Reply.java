package dev.ftj;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the server, whole, with the key replaced wherever it was echoed.
 *
 * @param headers by name in lower case
 * @param sent the headers of the request, but for the key's
 * @param elsewhere where a redirect leads that is not followed; null for every other answer
 */
record Reply(
        int status,
        Map<String, List<String>> headers,
        Map<String, List<String>> sent,
        String body,
        @Nullable String elsewhere) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Nullable
    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
