package dev.ftj.internal.text;

import java.time.Duration;

/** Writes durations for people, in their largest unit. */
public final class DurationText {
    private static final long HOURS_OF_A_YEAR = 365 * 24;

    private DurationText() {}

    /**
     * {@return a duration, rounded down, such as {@code 250 ms}, {@code 5 s}, {@code 12 min}, {@code 3 h}, {@code 2 d}}
     */
    public static String of(Duration span) {
        if (span.toMillis() < 1000 && !span.isZero()) {
            return span.toMillis() + " ms";
        }
        if (span.toMinutes() < 1) {
            return span.toSeconds() + " s";
        }
        if (span.toHours() < 1) {
            return span.toMinutes() + " min";
        }
        return span.toDays() < 2 ? span.toHours() + " h" : span.toDays() + " d";
    }

    /** {@return a duration, rounded up, so that it is not over too early, such as {@code 90 s}, {@code 3 h}} */
    public static String roundedUp(Duration wait) {
        long seconds = (wait.toMillis() + 999) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = (minutes + 59) / 60;
        if (hours >= HOURS_OF_A_YEAR) {
            return "a year or more";
        }
        return hours < 48 ? hours + " h" : (hours + 23) / 24 + " d";
    }

    /** {@return a duration in its two largest units, such as {@code 12 min 5 s}; a negative one counts as zero} */
    public static String exact(Duration span) {
        if (span.toMinutes() < 1) {
            return span.isNegative() ? "0 s" : of(span);
        }
        if (span.toHours() < 1) {
            return span.toMinutes() + " min " + span.toSecondsPart() + " s";
        }
        return span.toDays() < 1
                ? span.toHours() + " h " + span.toMinutesPart() + " min"
                : span.toDays() + " d " + span.toHoursPart() + " h";
    }
}
