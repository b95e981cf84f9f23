package dev.ftj.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 4000", "5, 8000", "6, 8000", "1000, 8000"})
    void theJitterIsFullBelowACeilingThatGrows(int attempt, long ceiling) {
        assertThat(new RetryPolicy(4, () -> 0.0).waitAfter(attempt, null)).isZero();
        assertThat(new RetryPolicy(4, () -> 0.5).waitAfter(attempt, null)).hasMillis(ceiling / 2);
        assertThat(new RetryPolicy(4, () -> 1.0).waitAfter(attempt, null)).hasMillis(ceiling);
    }

    @Test
    void whatTheServerAsksForBeatsTheJitter() {
        assertThat(new RetryPolicy(4, () -> 1.0).waitAfter(1, Duration.ofSeconds(3)))
                .hasSeconds(3);
    }

    @Test
    void aNumberOfSecondsOfAnySizeIsAWait() {
        assertThat(RetryPolicy.seconds(-5)).isZero();
        assertThat(RetryPolicy.seconds(Double.NaN)).isZero();
        assertThat(RetryPolicy.seconds(Double.POSITIVE_INFINITY)).hasDays(365);
    }
}
