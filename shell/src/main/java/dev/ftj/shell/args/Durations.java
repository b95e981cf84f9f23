package dev.ftj.shell.args;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses durations such as {@code 90s}, {@code 1h30m}, {@code PT5M}. */
final class Durations {
    private static final Pattern SHORT =
            Pattern.compile("(?:([0-9]{1,18})w)?(?:([0-9]{1,18})d)?(?:([0-9]{1,18})h)?(?:([0-9]{1,18})m)?"
                    + "(?:([0-9]{1,18})s)?(?:([0-9]{1,18})ms)?");

    private Durations() {}

    /** Returns null for a text that is no duration, not more than zero, or too long for a count of nanoseconds. */
    static @Nullable Duration parse(String text) {
        try {
            Duration duration = text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : parseShort(text);
            return duration != null && duration.toNanos() > 0 ? duration : null;
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Duration parseShort(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return Duration.ofDays(Math.multiplyExact(7, number(matcher.group(1))))
                .plusDays(number(matcher.group(2)))
                .plusHours(number(matcher.group(3)))
                .plusMinutes(number(matcher.group(4)))
                .plusSeconds(number(matcher.group(5)))
                .plusMillis(number(matcher.group(6)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
