package dev.ftj.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    private static int firstInvalid(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Utf8.firstInvalid(bytes, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "7f, -1",
        "c3a9, -1",
        "e282ac61, -1",
        "edffff, 0",
        "f09f9880, -1",
        "f48fbfbf, -1",
        // a lone continuation byte, overlong forms, a surrogate, a number above U+10FFFF
        "6180, 1",
        "61c0af, 1",
        "e09fbf, 0",
        "f08fbfbf, 0",
        "6161eda080, 2",
        "f4908080, 0",
        "f5808080, 0",
        // cut off, by the end and by another character
        "61c3, 1",
        "e282, 0",
        "61f09f98, 1",
        "c361, 0",
        "c3a9e28261, 2"
    })
    void theFirstInvalidByteIsFound(String hex, int offset) {
        assertThat(firstInvalid(hex)).isEqualTo(offset);
    }

    @ParameterizedTest
    @CsvSource({"6100, 1", "c3a900, 2", "c3a900c0, 2", "c3a9c000, 2"})
    void aZeroByteIsNoText(String hex, int offset) {
        assertThat(firstInvalid(hex)).isEqualTo(offset);
    }

    @Test
    void whatIsBehindTheLengthDoesNotCount() {
        assertThat(Utf8.firstInvalid(new byte[] {'a', (byte) 0xC3, (byte) 0xA9, 0}, 3))
                .isEqualTo(-1);
        assertThat(Utf8.firstInvalid(new byte[] {'a', (byte) 0xC3, (byte) 0xA9}, 2))
                .isEqualTo(1);
    }
}
