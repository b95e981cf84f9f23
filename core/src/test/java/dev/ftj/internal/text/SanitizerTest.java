package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizerTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "日本語", "😀", "👩\u200d💻", "é", "a\\b", "\u00a0"})
    void harmlessTextStaysAsItIs(String text) {
        assertThat(Sanitizer.oneLine(text)).isSameAs(text);
    }

    @Test
    void whatATerminalActsOnBecomesVisible() {
        assertThat(Sanitizer.oneLine("a\u001b]0;x\u0007\r\n\t\u009b\u202e\u2066\u2028\ufeff\ud83d\udb40\udc01"))
                .isEqualTo("a\\u001b]0;x\\u0007\\r\\n\\t\\u009b\\u202e\\u2066\\u2028\\ufeff\\ud83d\\U000e0001");
    }

    @Test
    void inJsonOnlyWhatJsonAllowsRawIsEscaped() {
        assertThat(Sanitizer.json("{\n\t\"é\u200d\": \"\u007f\u009b\u202e\u2028\\u001b\"}"))
                .isEqualTo("{\n\t\"é\u200d\": \"\\u007f\\u009b\\u202e\\u2028\\u001b\"}");
    }
}
