package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.Secret;
import dev.ftj.internal.store.PrivateFiles;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API key. No accessor returns it, {@link #toString} shows at most its end, and it is not serializable.
 *
 * @since 0.1.0
 */
public final class ApiKey {
    private static final int LARGEST_FILE = 64 * 1024;

    /** For the transport only. */
    final Secret secret;

    private ApiKey(String secret) {
        this.secret = new Secret(secret);
    }

    /**
     * Returns a key from text.
     *
     * @param secret the key; one trailing line end (LF, CR LF or CR) is removed
     * @return the key; only the server knows whether it is valid
     * @throws FineTuneException of kind {@code AUTH} if the text is empty, or has a control or non-ASCII character; the
     *     message does not contain the text
     */
    public static ApiKey of(CharSequence secret) {
        String text = withoutLineEnd(secret.toString());
        if (text.isEmpty()) {
            throw missing();
        }
        if (!text.matches("[ -~]*")) {
            throw FineTuneException.of(
                    Kind.AUTH,
                    "the API key holds a character that no key can have (a line break, a control or non-ASCII one)",
                    "Copy it again, without what surrounds it");
        }
        return new ApiKey(text);
    }

    /**
     * Reads a key from a file.
     *
     * @param file a file that contains only the key, at most 64 KiB
     * @return the file's content, without one trailing line end (LF, CR LF or CR)
     * @throws FineTuneException of kind {@code LOCAL} if the file cannot be read or is too large, of kind {@code AUTH} if
     *     its content is not a key
     */
    public static ApiKey fromFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_FILE + 1);
            if (content.length > LARGEST_FILE) {
                throw FineTuneException.of(Kind.LOCAL, "the key file " + file + " is too large to be a key", null);
            }
            return of(new String(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FineTuneException.of(
                    Kind.LOCAL,
                    "the key file " + (file.toString().isEmpty() ? "\"\"" : file) + " cannot be read ("
                            + reason(file, e) + ")",
                    "Check the path and its permissions");
        }
    }

    /**
     * {@return the key in {@code ATAI_API_KEY} if it is set and not empty, otherwise the one in the file named by
     * {@code ATAI_API_KEY_FILE}}
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     * @throws FineTuneException of kind {@code AUTH} if neither is set or the value is not a key, of kind {@code LOCAL}
     *     if the file cannot be read
     */
    public static ApiKey fromEnvironment(Map<String, String> environment) {
        String key = environment.getOrDefault("ATAI_API_KEY", "");
        if (!withoutLineEnd(key).isEmpty()) {
            return of(key);
        }
        String file = environment.getOrDefault("ATAI_API_KEY_FILE", "");
        if (file.isEmpty()) {
            throw missing();
        }
        try {
            return fromFile(Path.of(file));
        } catch (InvalidPathException e) {
            throw FineTuneException.of(Kind.LOCAL, "ATAI_API_KEY_FILE is no path", "Name a file that holds the key");
        }
    }

    /**
     * Asks for the key on the terminal, without echoing it.
     *
     * @return the key as typed; it is not checked with the server
     * @throws FineTuneException of kind {@code AUTH} if the input is empty or not a key, or if there is no terminal
     */
    @SuppressWarnings("SystemConsoleNull") // Since JDK 22, without a terminal, readPassword returns null instead.
    public static ApiKey prompt() {
        Console console = System.console();
        char @Nullable [] typed = console == null ? null : console.readPassword("API key (not shown): ");
        if (typed == null) {
            throw FineTuneException.of(
                    Kind.AUTH,
                    "no API key: there is no terminal to ask for it on",
                    "Use ApiKey.fromFile(path), or set ATAI_API_KEY");
        }
        return of(new String(typed));
    }

    static FineTuneException missing() {
        return FineTuneException.of(
                Kind.AUTH, "no API key", "Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it");
    }

    /**
     * {@return whether this key occurs in a text, unescaped, which then must not be stored or shown}
     *
     * @param text any text
     */
    public boolean isIn(String text) {
        return secret.isIn(text);
    }

    /**
     * Replaces this key in a text that may echo it: unescaped, or with JSON or URL escapes. Well-formed JSON stays
     * well-formed. Keys shorter than 12 characters are not replaced, since they may occur by chance.
     *
     * @param text any text, JSON or not
     * @return the text with {@code [key]} in place of the key; the same text if the key does not occur
     */
    public String redact(String text) {
        return secret.redact(text);
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") || text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String reason(Path file, IOException e) {
        if (file.toString().isEmpty()) {
            return "its name is empty";
        }
        if (!Files.exists(file)) {
            return "no such file";
        }
        return Files.isDirectory(file) ? "it is a directory" : PrivateFiles.reason(e);
    }

    /**
     * {@return a form that is safe to show, such as {@code sk_...4e60}: the last four characters, or none of a key
     * shorter than 16}
     */
    @Override
    public String toString() {
        return secret.toString();
    }

    /** Compares the keys. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey that && that.secret.equals(secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }
}
