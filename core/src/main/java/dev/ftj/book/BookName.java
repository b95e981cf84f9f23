package dev.ftj.book;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of an endpoint's files: readable, different for different endpoints, and made by plain replacement, in this
 * order, so that a completion script makes the same: {@code %} {@code %25}, {@code +} {@code %2B}, {@code =} {@code %3D},
 * {@code /} {@code +}, {@code :} {@code =}. So {@code https://host/v0.5} is {@code https=++host+v0.5}.
 */
final class BookName {
    /** Leaves room for suffixes below the 255 bytes of most file systems. */
    private static final int LONGEST = 200;

    private BookName() {}

    static String of(String endpoint) {
        String name = endpoint.replace("%", "%25")
                .replace("+", "%2B")
                .replace("=", "%3D")
                .replace("/", "+")
                .replace(":", "=");
        return name.length() <= LONGEST && name.chars().allMatch(BookName::isPlain) ? name : hash(endpoint);
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && "\"*<>?\\|".indexOf(c) < 0;
    }

    /** No readable name has a {@code %} before an {@code s}. */
    private static String hash(String endpoint) {
        try {
            // Not by a charset, which makes one of all that it cannot encode.
            ByteBuffer bytes = ByteBuffer.allocate(endpoint.length() * 2);
            bytes.asCharBuffer().put(endpoint);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return "%sha256-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
