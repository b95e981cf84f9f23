package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT  | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994        | 1994-11-06T08:49:37Z",
                "Mon, 27 Apr 26 15:48:00 GMT     | 2026-04-27T15:48:00Z",
                "Monday, 27-Apr-26 15:48:00 GMT  | 2026-04-27T15:48:00Z",
                "Tuesday, 01-Jan-76 00:00:00 GMT | 2076-01-01T00:00:00Z",
                "Friday, 01-Jan-77 00:00:00 GMT  | 1977-01-01T00:00:00Z",
                "Mon, 27 Apr 2026 15:48:00 +0200 | 2026-04-27T13:48:00Z",
                "27 Apr 2026 15:48:00 GMT        | 2026-04-27T15:48:00Z",
                "mon, 27 apr 2026 15:48:60 GMT   | 2026-04-27T15:48:59Z"
            })
    void everyFormOfTheStandardIsRead(String text, Instant expected) {
        assertThat(HttpDate.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "12",
                "Mon, 32 Apr 2026 15:48:00 GMT",
                "Mon, 27 Foo 2026 15:48:00 GMT",
                "Mon, 27 Apr 2026 25:48:00 GMT",
                "Mon, 27 Apr 2026 15:48:00 +9900",
                "2026-04-27T15:48:00Z"
            })
    void anythingElseIsNoDate(String text) {
        assertThat(HttpDate.parse(text, NOW)).isNull();
    }
}
