package dev.ftj.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the date of an HTTP header in each form of RFC 9110, 5.6.7. */
public final class HttpDate {
    private static final String TIME = "(\\d{1,2}):(\\d{2}):(\\d{2})";

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} or {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    // See OkHttpAssumptionsTest.aYearOfTwoDigitsInADateIsAYearOfTheFirstCentury.
    private static final Pattern RFC_1123_OR_850 =
            Pattern.compile("(?:[A-Za-z]+,?\\s*)?(\\d{1,2})[ -]([A-Za-z]{3})[ -](\\d{2}|\\d{4})\\s+" + TIME
                    + "(?:\\s*(?:GMT|UTC|Z|([+-]\\d{4})))?");

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static final Pattern ASCTIME =
            Pattern.compile("[A-Za-z]{3}\\s+([A-Za-z]{3})\\s+(\\d{1,2})\\s+" + TIME + "\\s+(\\d{4})");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private HttpDate() {}

    /** {@return the instant of a date, null if the text is none; a year of two digits is at most 50 years after now} */
    public static @Nullable Instant parse(String text, Instant now) {
        Matcher usual = RFC_1123_OR_850.matcher(text.strip());
        if (usual.matches()) {
            String offset = usual.group(7);
            return instant(
                    usual, usual.group(3), usual.group(2), usual.group(1), 4, offset == null ? "Z" : offset, now);
        }
        Matcher asctime = ASCTIME.matcher(text.strip());
        return asctime.matches()
                ? instant(asctime, asctime.group(6), asctime.group(1), asctime.group(2), 3, "Z", now)
                : null;
    }

    private static @Nullable Instant instant(
            Matcher date, String year, String month, String day, int time, String offset, Instant now) {
        try {
            return LocalDateTime.of(
                            year.length() == 2 ? withCentury(Integer.parseInt(year), now) : Integer.parseInt(year),
                            MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) + 1,
                            Integer.parseInt(day),
                            Integer.parseInt(date.group(time)),
                            Integer.parseInt(date.group(time + 1)),
                            Math.min(59, Integer.parseInt(date.group(time + 2)))) // 60 is a leap second
                    .toInstant(ZoneOffset.of(offset));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int withCentury(int twoDigits, Instant now) {
        int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
        int year = thisYear - thisYear % 100 + twoDigits;
        return year > thisYear + 50 ? year - 100 : year;
    }
}
