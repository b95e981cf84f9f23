package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({"-999, 0 s ago", "0, 0 s ago", "999, 0 s ago", "-1000, in 1 s", "2000, 2 s ago"})
    void lessThanASecondToComeIsNow(long millisAgo, String text) {
        Instant now = Instant.parse("2026-04-27T16:00:00Z");

        assertThat(TimeText.ago(now.minusMillis(millisAgo), now)).isEqualTo(text);
    }
}
