package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonedClockTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-04-27T16:00:00Z, 2026-04-27T16:00:00",
        "Europe/Berlin, 2026-03-29T00:59:59.9Z, 2026-03-29T01:59:59.9",
        "Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00",
        "Europe/Berlin, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00",
        "Asia/Kathmandu, 2026-04-27T16:00:00.123456789Z, 2026-04-27T21:45:00.123456789",
        "America/St_Johns, 1969-12-31T23:59:59.5Z, 1969-12-31T20:29:59.5",
        "Pacific/Kiritimati, 2026-12-31T10:00:00Z, 2027-01-01T00:00:00",
    })
    void aMomentIsShownInTheZonesTimeOfThatDay(String zone, Instant moment, LocalDateTime shown) {
        assertThat(ZonedClock.of(InstantSource.fixed(Instant.EPOCH), TimeZone.getTimeZone(zone))
                        .local(moment))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "GMT+05:30, 2026-04-27T21:30:00",
        "GMT, 2026-04-27T16:00:00",
        "GMT-19, 2026-04-26T21:00:00",
        "GMT+23, 2026-04-28T15:00:00"
    })
    void aZoneMayBeAnOffset(String zone, LocalDateTime shown) {
        Instant moment = Instant.parse("2026-04-27T16:00:00Z");
        ZonedClock clock = ZonedClock.of(InstantSource.fixed(moment), TimeZone.getTimeZone(zone));
        assertThat(clock.local(clock.now())).isEqualTo(shown);
    }
}
