package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "1499999, 1.50 MB",
        "9999999, 10.0 MB",
        "99950000, 100 MB",
        "999499999, 999 MB",
        "999500000, 1.00 GB",
        "9223372036854775807, 9.22 EB"
    })
    void hasThreeDigits(long bytes, String text) {
        assertThat(ByteText.of(bytes)).isEqualTo(text);
    }
}
