package dev.ftj.sandbox;

import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API needs to know of an HTTP request.
 *
 * @param hosts every host that the request names: its Host headers, and the one of an absolute request target
 * @param rawPath the path, still percent-encoded
 * @param rawQuery the query, still percent-encoded; empty where there is none
 * @param body not read yet
 */
record Request(
        String method,
        List<String> hosts,
        @Nullable String authorization,
        String rawPath,
        String rawQuery,
        InputStream body) {}
