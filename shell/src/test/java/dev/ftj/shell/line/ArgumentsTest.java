package dev.ftj.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.ParsedInput;

class ArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "90s,PT90S",
        "5m,PT5M",
        "2h,PT2H",
        "1h30m,PT1H30M",
        "1h2m3s4ms,PT1H2M3.004S",
        "500ms,PT0.5S",
        "PT90S,PT90S",
        "pt1.5s,PT1.5S",
        "P1D,PT24H"
    })
    void durationsAreReadAsPeopleAndAsIsoWriteThem(String text, Duration expected) {
        assertThat(timeout(text).duration(Option.TIMEOUT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0s",
                "0",
                "90",
                "-5s",
                "PT-5S",
                "PT0S",
                "5x",
                "s",
                "1m1h",
                "1.5h",
                " 5s",
                "90S",
                "P",
                "PT",
                "999999999999999999h",
                "300000000000s",
                "9999999999999999999999s",
                "PT9999999999999999999S"
            })
    void whatIsNoPositiveDurationIsAUsageError(String text) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> timeout(text).duration(Option.TIMEOUT))
                .withMessageStartingWith("not a value of --timeout: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE));
    }

    @Test
    void whatWasNotGivenIsNull() {
        Arguments none = new Arguments(new ParsedInput("get", List.of(), List.of(), List.of()));

        assertThat(none.words()).isEmpty();
        assertThat(none.has(Option.SANDBOX)).isFalse();
        assertThat(none.count(Option.VERBOSE)).isZero();
        assertThat(none.value(Option.FIELD)).isNull();
        assertThat(none.oneOf(Option.OUTPUT)).isNull();
        assertThat(none.duration(Option.TIMEOUT)).isNull();
        assertThat(none.isLiteral(0)).isFalse();
    }

    @Test
    void aValueOutsideOfTheFixedOnesIsAUsageError() {
        Arguments wrong = new Arguments(
                new ParsedInput("get", List.of(), List.of(Arguments.option('o', "output", "yml")), List.of()));

        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> wrong.oneOf(Option.OUTPUT))
                .withMessage("not a value of --output: yml. The nearest is yaml.");
    }

    private static Arguments timeout(String value) {
        return new Arguments(new LineParser(Samples.COMMANDS).parse(List.of("get", "x", "--timeout=" + value)));
    }
}
