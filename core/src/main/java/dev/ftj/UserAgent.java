package dev.ftj;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a client says of itself: its version and its Java, nothing about the user. */
record UserAgent(@Nullable String suffix) {
    UserAgent {
        if (suffix != null && !suffix.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a user agent is printable ASCII");
        }
    }

    /** The header; the first time looks the version up. */
    String text() {
        return suffix == null || suffix.isBlank() ? Ours.TEXT : Ours.TEXT + " " + suffix.strip();
    }

    /** Of the jar, whose manifest Java knows already; where the classes are in no jar of ours, of the file beside them. */
    static String version() {
        Package ours = UserAgent.class.getPackage();
        String version = "ftj core".equals(ours.getImplementationTitle()) ? ours.getImplementationVersion() : null;
        return version == null ? versionFile() : version;
    }

    private static String versionFile() {
        try (InputStream in = UserAgent.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Ours {
        static final String TEXT = "ftj/" + version() + " (Java " + System.getProperty("java.version") + "; "
                + System.getProperty("os.name") + ")";

        private Ours() {}
    }
}
