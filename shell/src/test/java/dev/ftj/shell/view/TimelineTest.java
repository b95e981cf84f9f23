package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.ZonedClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class TimelineTest {
    /** Half past midnight of the 5th there. */
    private static final ZonedClock NOW = ZonedClock.of(
            InstantSource.fixed(Instant.parse("2026-03-04T22:30:00Z")), TimeZone.getTimeZone("Europe/Helsinki"));

    private static StatusObservation at(String status, String instant) {
        return new StatusObservation(status, Instant.parse(instant));
    }

    private static String line(StatusObservation... seen) {
        return Timeline.of(List.of(seen), NOW);
    }

    @Test
    void statusesFollowEachOtherInLocalTime() {
        assertThat(line(
                        at("REGISTERED", "2026-03-04T22:02:59Z"),
                        at("RUNNING", "2026-03-04T22:05:00Z"),
                        at("COMPLETED", "2026-03-04T22:28:00Z")))
                .isEqualTo("REGISTERED 00:02 > RUNNING 00:05 > COMPLETED 00:28");
    }

    @Test
    void theDateIsThereWhereTheDayIsAnother() {
        assertThat(line(
                        at("A", "2025-12-31T10:00:00Z"),
                        at("B", "2025-12-31T11:00:00Z"),
                        at("C", "2026-03-04T21:59:00Z"),
                        at("D", "2026-03-04T22:00:00Z")))
                .isEqualTo("A 2025-12-31 12:00 > B 13:00 > C 2026-03-04 23:59 > D 2026-03-05 00:00");
    }

    @Test
    void aStatusIsHarmless() {
        assertThat(line(at("\u001b[31mA\n", "2026-03-04T22:02:59Z"))).isEqualTo("\\u001b[31mA\\n 00:02");
    }
}
