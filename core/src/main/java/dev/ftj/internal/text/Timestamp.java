package dev.ftj.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses the API's timestamps. */
public final class Timestamp {
    /** ISO 8601 as servers write it: with a space for the T, and offsets with or without a colon, or none. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int DATE = "2026-04-27".length();

    /** Larger numbers are milliseconds, or no time at all. */
    private static final double MOST_SECONDS = 1e11;

    private Timestamp() {}

    /** {@return the moment of seconds since 1970; null if it is no time between 1970 and the year 5000} */
    public static @Nullable Instant ofSeconds(double seconds) {
        return seconds >= 0 && seconds < MOST_SECONDS ? Instant.ofEpochMilli(Math.round(seconds * 1000)) : null;
    }

    /**
     * {@return the moment of an ISO 8601 timestamp, in UTC if it has no zone, or the midnight of a date; null if the text
     * is neither}
     */
    public static @Nullable Instant parse(String text) {
        String stripped = text.strip();
        try {
            TemporalAccessor time = FORMAT.parse(stripped.length() == DATE ? stripped + "T00:00" : stripped);
            boolean zoned = time.isSupported(ChronoField.OFFSET_SECONDS);
            return LocalDateTime.from(time).toInstant(zoned ? ZoneOffset.from(time) : ZoneOffset.UTC);
        } catch (DateTimeException noTimestamp) {
            return null;
        }
    }
}
