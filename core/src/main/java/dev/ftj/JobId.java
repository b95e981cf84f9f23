package dev.ftj;

import dev.ftj.internal.text.Sanitizer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id of a fine-tune job: 1 to 64 code points (the API's {@code job_id} path parameter).
 *
 * <p>Only ids that cannot be sent in a request are rejected: an empty or too long id, {@code .} and {@code ..}, control
 * characters and lone surrogates.
 *
 * @param value the id in the API's spelling
 * @since 0.1.0
 */
public record JobId(String value) {
    static final int MAX_CODE_POINTS = 64;

    private static final String UNRESERVED = "-._~";

    /**
     * Checks the id.
     *
     * @param value 1 to 64 code points
     * @throws FineTuneException of kind {@code USAGE} if the value is not a valid id
     */
    public JobId {
        String wrong = problem(value, MAX_CODE_POINTS);
        if (wrong != null) {
            throw FineTuneException.ofJob(
                    FineTuneException.Kind.USAGE, value, "not a job id: " + wrong, "Nothing was sent for it");
        }
    }

    /**
     * {@return an id; only the server knows whether the job exists}
     *
     * @param value 1 to 64 code points
     * @throws FineTuneException of kind {@code USAGE} if the value is not a valid id
     */
    public static JobId of(String value) {
        return new JobId(value);
    }

    /** {@return the id as one path segment of a URL: all but the unreserved characters of RFC 3986 percent-encoded} */
    public String pathSegment() {
        return encoded(value);
    }

    /** Percent-encodes a path segment or a query value. */
    static String encoded(String text) {
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

    /** {@return the id with control characters and escape sequences made visible, safe to print} */
    @Override
    public String toString() {
        return Sanitizer.oneLine(value);
    }

    /** Returns why a text is not a valid id in a path, or null if it is. */
    static @Nullable String problem(String value, int most) {
        int length = value.codePointCount(0, value.length());
        if (length == 0) {
            return "it is empty";
        }
        if (length > most) {
            return "it has " + length + " characters, and at most " + most + " are allowed";
        }
        if (value.equals(".") || value.equals("..")) {
            return "a path segment of dots means another address";
        }
        for (int point : value.codePoints().toArray()) {
            if (Character.isISOControl(point)) {
                return "it holds a control character";
            }
            if (Character.getType(point) == Character.SURROGATE) {
                return "it holds half of a surrogate pair";
            }
        }
        return null;
    }
}
