package dev.ftj;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the server, whole, with the key replaced wherever it was echoed.
 *
 * @param headers by name in lower case; made when asked for, as nobody does of most, and they were a third of what a
 *     call allocated
 * @param sent the headers of the request, but for the key's, in the same way
 * @param elsewhere where a redirect leads that is not followed; null for every other answer
 */
record Reply(
        int status,
        Supplier<Map<String, List<String>>> headers,
        Supplier<Map<String, List<String>>> sent,
        String body,
        @Nullable String elsewhere) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Nullable
    String header(String name) {
        List<String> values = headers.get().get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
