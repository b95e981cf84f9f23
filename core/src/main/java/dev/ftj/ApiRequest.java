package dev.ftj;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is asked of the API, before it is put on a wire: a method, and a path below the endpoint, percent-encoded. */
record ApiRequest(String method, String path, @Nullable JobId job) {
    private static final String UNRESERVED = "-._~";

    static ApiRequest job(JobId id) {
        return new ApiRequest("GET", "/fine-tune/jobs/" + segment(id.value()), id);
    }

    /** One path segment, whatever it holds: all but the unreserved characters of RFC 3986 is encoded. */
    private static String segment(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
