package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDetectorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "login sk_abc",
                "sk_abc",
                "login 'sk_abc'",
                "login s'k_abc'",
                "get --endpoint=sk_abc",
                "curl -H 'Authorization: Bearer abc'",
                "bearer abc",
                "login Bearer 'abc",
                "login sk_\\\nabc"
            })
    void linesWithAKeyAreRecognized(String line) {
        assertThat(SecretDetector.mayHold(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get task_1", "get ftj-sk_1", "get disk_full", "login", "get Bearer", "get forbearer x", ""})
    void ordinaryLinesAreNot(String line) {
        assertThat(SecretDetector.mayHold(line)).isFalse();
        assertThat(SecretDetector.hide(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "not this: sk_abc,not this: [key]",
        "say 'sk_abc,say '[key]",
        "Bearer abc def,Bearer [key] def",
        "Bearer sk_abc,Bearer [key]"
    })
    void keysAreReplaced(String text, String shown) {
        assertThat(SecretDetector.hide(text)).isEqualTo(shown);
    }
}
