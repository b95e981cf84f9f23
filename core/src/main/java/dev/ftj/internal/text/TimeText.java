package dev.ftj.internal.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time for people. */
public final class TimeText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private TimeText() {}

    /** {@return a time in the clock's zone, such as {@code today 15:48}, {@code 2026-05-01 09:30}} */
    public static String local(Instant moment, Instant now, ZonedClock clock) {
        LocalDateTime local = clock.local(moment);
        LocalDate day = local.toLocalDate();
        LocalDate today = clock.local(now).toLocalDate();
        if (day.equals(today)) {
            return "today " + HOUR.format(local);
        }
        return day.equals(today.minusDays(1)) ? "yesterday " + HOUR.format(local) : DAY.format(local);
    }

    /** {@return the distance to a time, such as {@code 2 h ago}, {@code in 5 min}} */
    public static String ago(Instant moment, Instant now) {
        Duration age = Duration.between(moment, now);
        Duration seconds = Duration.ofSeconds(age.abs().toSeconds());
        return age.isNegative() && !seconds.isZero()
                ? "in " + DurationText.of(seconds)
                : DurationText.of(seconds) + " ago";
    }
}
