package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "ftj-1", "-", "@x", "...", " ", "a/../b", "日本", "\u202e", "$(x)"})
    void almostAnyTextIsAnId(String text) {
        assertThat(JobId.of(text).value()).isEqualTo(text);
    }

    @Test
    void theLengthIsCountedInCodePoints() {
        assertThat(JobId.of("😀".repeat(64)).value()).hasSize(128);
        assertThatThrownBy(() -> JobId.of("😀".repeat(65)))
                .hasMessageStartingWith("😀".repeat(64) + "...: not a job id: it has 65 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\u0000", "a\u009b", "\n", "\ud83d", "\udc00x"})
    void whatNoRequestCanCarryIsRefused(String text) {
        assertThatThrownBy(() -> JobId.of(text))
                .isInstanceOfSatisfying(
                        FineTuneException.class, e -> assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE))
                .hasMessageContaining("not a job id");
    }

    @Test
    void itPrintsHarmlessly() {
        assertThat(JobId.of("a\u202eb")).hasToString("a\\u202eb");
    }
}
