package dev.ftj.internal.http;

import static java.util.stream.Collectors.joining;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An API key, which leaves this package in one header only. */
public final class Secret {
    private static final int SHORTEST_THAT_SHOWS_ITS_END = 16;
    /** A shorter one may occur by chance. */
    private static final int SHORTEST_THAT_IS_REDACTED = 12;

    private static final String REPLACEMENT = Matcher.quoteReplacement("[key]");

    private final String value;
    private volatile @Nullable Pattern spelled;

    public Secret(String value) {
        this.value = value;
    }

    /** Returns the value of the {@code Authorization} header. */
    String authorization() {
        return "Bearer " + value;
    }

    /** Returns whether it occurs in a text, unescaped. */
    public boolean isIn(String text) {
        return text.contains(value);
    }

    /** Replaces it in a text: unescaped, or with JSON or URL escapes. */
    public String redact(String text) {
        if (value.length() < SHORTEST_THAT_IS_REDACTED) {
            return text;
        }
        return text.indexOf('\\') < 0 && text.indexOf('%') < 0
                ? text.replace(value, "[key]")
                : spelled().matcher(text).replaceAll(REPLACEMENT);
    }

    /** Does the same, ignoring case: header names, for example, may change case on their way. */
    String redactAnyCase(String text) {
        String redacted = redact(text);
        return value.length() < SHORTEST_THAT_IS_REDACTED
                ? redacted
                : Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(redacted)
                        .replaceAll(REPLACEMENT);
    }

    private Pattern spelled() {
        Pattern known = spelled;
        if (known == null) {
            known = Pattern.compile(IntStream.range(0, value.length())
                    .mapToObj(i -> spelling(value.charAt(i), i == 0 ? "(?<!\\\\)" : ""))
                    .collect(joining()));
            spelled = known;
        }
        return known;
    }

    /**
     * Returns a pattern for one character: plain, percent-encoded, or escaped with backslashes (several if JSON is nested in
     * a JSON string).
     */
    private static String spelling(char c, String wholeRun) {
        String escape = wholeRun + "\\\\+";
        String bare = Pattern.quote(Character.toString(c));
        String plain = "\"\\/".indexOf(c) < 0 ? bare : "(?:" + escape + ")?" + bare;
        return "(?:" + plain + "|" + escape + String.format("u(?i:%04x)|%%(?i:%02x))", (int) c, (int) c);
    }

    /** Returns a form that is safe to show: at most its last four characters. */
    @Override
    public String toString() {
        String start = value.startsWith("sk_") ? "sk_..." : "...";
        return value.length() < SHORTEST_THAT_SHOWS_ITS_END ? start : start + value.substring(value.length() - 4);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
