package dev.ftj;

import static java.util.stream.Collectors.joining;

import dev.ftj.FineTuneException.Kind;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An API key. It can be sent, and never be read back: no accessor, no {@code toString}, no serialization shows it.
 */
public final class ApiKey {
    private static final int SHORTEST_THAT_SHOWS_ITS_END = 16;
    private static final int SHORTEST_THAT_IS_REDACTED = 12;
    private static final int LARGEST_FILE = 64 * 1024;
    private static final String IN_PLACE_OF_THE_KEY = "[key]";

    private final String secret;
    private volatile @Nullable Pattern spelled;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * A key that the program already holds.
     *
     * @param secret the key; one trailing line end (LF, CR LF or CR) is dropped
     * @return a key that can be sent; only the server knows whether it is valid
     * @throws FineTuneException of kind {@code AUTH} if it is empty, or has a control or non-ASCII character; the
     *     message does not show it
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
     * The key that a file holds.
     *
     * @param file a file that holds only the key, 64 KiB at most
     * @return the file's content, without one trailing line end, of whichever kind
     * @throws FineTuneException of kind {@code LOCAL} if the file cannot be read or is too large, of kind
     *     {@code AUTH} if it holds no key
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
                    "the key file " + file + " cannot be read (" + reason(file, e) + ")",
                    "Check the path and its permissions");
        }
    }

    /**
     * The key that the environment holds: {@code ATAI_API_KEY}, else the file that {@code ATAI_API_KEY_FILE} names.
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     * @return the key of the first of the two that is set and not empty
     * @throws FineTuneException of kind {@code AUTH} if there is none, or one that cannot be sent, of kind
     *     {@code LOCAL} if the file cannot be read
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
     * Asks for the key on the terminal, without showing the typed text.
     *
     * @return the typed key, not yet tried with the server
     * @throws FineTuneException of kind {@code AUTH} if nothing was typed, or what cannot be a key, or there is
     *     no terminal to ask on
     */
    @SuppressWarnings("SystemConsoleNull") // newer Javas return null without a terminal, too: from readPassword
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

    /** The value of the one header that may carry the key. */
    String authorization() {
        return "Bearer " + secret;
    }

    /**
     * Whether a text holds this key, so that it is not to be kept or shown.
     *
     * @param text any text
     * @return true if it contains the key unchanged
     */
    public boolean isIn(String text) {
        return text.contains(secret);
    }

    /**
     * The text with this key replaced, should someone have sent it back, as it is or with the escapes of JSON or URLs; what
     * was well-formed JSON stays so. Keys shorter than 12 characters are words that occur by chance, and stay.
     *
     * @param text any text, JSON or not
     * @return the text with {@code [key]} in the key's place; the same text if there is nothing to replace
     */
    public String redact(String text) {
        if (secret.length() < SHORTEST_THAT_IS_REDACTED) {
            return text;
        }
        return text.indexOf('\\') < 0 && text.indexOf('%') < 0
                ? text.replace(secret, IN_PLACE_OF_THE_KEY)
                : spelled().matcher(text).replaceAll(Matcher.quoteReplacement(IN_PLACE_OF_THE_KEY));
    }

    /** The same, in whatever case: for texts whose case others may have changed, such as the names of headers. */
    String redactAnyCase(String text) {
        String redacted = redact(text);
        return secret.length() < SHORTEST_THAT_IS_REDACTED
                ? redacted
                : Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(redacted)
                        .replaceAll(Matcher.quoteReplacement(IN_PLACE_OF_THE_KEY));
    }

    private Pattern spelled() {
        Pattern known = spelled;
        if (known == null) {
            known = Pattern.compile(IntStream.range(0, secret.length())
                    .mapToObj(i -> spelling(secret.charAt(i), i == 0 ? "(?<!\\\\)" : ""))
                    .collect(joining()));
            spelled = known;
        }
        return known;
    }

    /** A character as it is, as in a URL, or behind a backslash: several if JSON is inside a JSON string. */
    private static String spelling(char c, String wholeRun) {
        String escape = wholeRun + "\\\\+";
        String bare = Pattern.quote(Character.toString(c));
        String plain = "\"\\/".indexOf(c) < 0 ? bare : "(?:" + escape + ")?" + bare;
        return "(?:" + plain + "|" + escape + String.format("u(?i:%04x)|%%(?i:%02x))", (int) c, (int) c);
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") || text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String reason(Path file, IOException e) {
        if (!Files.exists(file)) {
            return "no such file";
        }
        return Files.isDirectory(file) ? "it is a directory" : e.getClass().getSimpleName();
    }

    /**
     * Returns the part of the key that may be shown.
     *
     * @return at most its last four characters, and none of a key shorter than 16: {@code sk_...4e60}
     */
    @Override
    public String toString() {
        String start = secret.startsWith("sk_") ? "sk_..." : "...";
        return secret.length() < SHORTEST_THAT_SHOWS_ITS_END ? start : start + secret.substring(secret.length() - 4);
    }

    /** Two are equal when they are the same key. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey that && that.secret.equals(secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }
}
