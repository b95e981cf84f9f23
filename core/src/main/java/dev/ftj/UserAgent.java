package dev.ftj;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code User-Agent} header: version and Java, nothing about the user. */
record UserAgent(@Nullable String suffix) implements Supplier<String> {
    private static volatile @Nullable String ours;

    UserAgent {
        if (suffix != null && !suffix.matches("[ -~]*")) {
            throw new IllegalArgumentException("a user agent is printable ASCII");
        }
    }

    /** Returns the header; the first call looks the version up. */
    @Override
    public String get() {
        if (ours == null) {
            ours = "ftj/" + version() + " (Java " + System.getProperty("java.version") + "; "
                    + System.getProperty("os.name") + ")";
        }
        return suffix == null || suffix.isBlank() ? ours : ours + " " + suffix.strip();
    }

    /** Returns the version of the jar's manifest; if the classes are in no jar of ours, that of a resource. */
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
}
