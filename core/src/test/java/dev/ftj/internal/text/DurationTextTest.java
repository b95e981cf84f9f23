package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationTextTest {
    @Test
    void aDurationIsRoundedDownToItsLargestUnit() {
        assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0 s");
        assertThat(DurationText.of(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(DurationText.of(Duration.ofMillis(1999))).isEqualTo("1 s");
        assertThat(DurationText.of(Duration.ofSeconds(119))).isEqualTo("1 min");
        assertThat(DurationText.of(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(DurationText.of(Duration.ofHours(49))).isEqualTo("2 d");
    }

    @Test
    void aDurationToCompareHasItsTwoLargestUnits() {
        assertThat(DurationText.exact(Duration.ofSeconds(-3))).isEqualTo("0 s");
        assertThat(DurationText.exact(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(DurationText.exact(Duration.ofSeconds(90))).isEqualTo("1 min 30 s");
        assertThat(DurationText.exact(Duration.ofMinutes(75))).isEqualTo("1 h 15 min");
        assertThat(DurationText.exact(Duration.ofHours(74))).isEqualTo("3 d 2 h");
    }

    @Test
    void aWaitIsRoundedUpSoThatItIsNotOverTooEarly() {
        assertThat(DurationText.roundedUp(Duration.ofMillis(1001))).isEqualTo("2 s");
        assertThat(DurationText.roundedUp(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(DurationText.roundedUp(Duration.ofSeconds(121))).isEqualTo("3 min");
        assertThat(DurationText.roundedUp(Duration.ofMinutes(121))).isEqualTo("3 h");
        assertThat(DurationText.roundedUp(Duration.ofHours(49))).isEqualTo("3 d");
        assertThat(DurationText.roundedUp(Duration.ofDays(364))).isEqualTo("364 d");
        assertThat(DurationText.roundedUp(Duration.ofDays(365)))
                .as("RetryPolicy makes this of longer waits")
                .isEqualTo("a year or more");
    }
}
