package dev.ftj;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What this client says of itself: its version and its Java, nothing about the user. */
final class UserAgent {
    private static final String OURS = "ftj/" + version() + " (Java " + System.getProperty("java.version") + "; "
            + System.getProperty("os.name") + ")";

    private UserAgent() {}

    static String with(@Nullable String suffix) {
        if (suffix == null || suffix.isBlank()) {
            return OURS;
        }
        if (!suffix.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a user agent is printable ASCII");
        }
        return OURS + " " + suffix.strip();
    }

    static String version() {
        try (InputStream in = UserAgent.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
