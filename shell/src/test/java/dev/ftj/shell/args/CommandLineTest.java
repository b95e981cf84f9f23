package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
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
        "7d,P7D",
        "1w,P7D",
        "1w2d3h,P9DT3H",
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
                "999999999999999999w",
                "1d1w",
                "300000000000s",
                "9999999999999999999999s",
                "PT9999999999999999999S"
            })
    void whatIsNoPositiveDurationIsAUsageError(String text) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> timeout(text).duration(Option.TIMEOUT))
                .withMessageStartingWith("invalid value for --timeout: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "60, 60", "0.5, 0.5", "007.250, 7.25"})
    void aFactorIsADecimalNumber(String text, double expected) {
        assertThat(given("speed", text).factor(Option.SPEED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0.0", "-1", "+1", "1e3", "1d", "0x10", ".5", "5.", "NaN", "Infinity", " 1", "1,5", "٣"
            })
    void whatIsNoPositiveNumberIsAUsageError(String text) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> given("speed", text).factor(Option.SPEED))
                .withMessageStartingWith("invalid value for --speed: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE));
    }

    @Test
    void aNumberBeyondAllIsNoFactor() {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> given("speed", "9".repeat(400)).factor(Option.SPEED));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8765, 8765", "65535, 65535"})
    void aPortIsANumberThatTcpHas(String text, int expected) {
        assertThat(given("port", text).port(Option.PORT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "99999", "100000", "-1", "80.0", "http", "٨٠"})
    void whatIsNoPortIsAUsageError(String text) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> given("port", text).port(Option.PORT))
                .withMessageStartingWith("invalid value for --port: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE));
    }

    @Test
    void whatWasNotGivenIsNull() {
        CommandLine none = CommandLine.EMPTY;

        assertThat(none.words()).isEmpty();
        assertThat(none.has(Option.SANDBOX)).isFalse();
        assertThat(none.count(Option.VERBOSE)).isZero();
        assertThat(none.value(Option.FIELD)).isNull();
        assertThat(none.oneOf(Option.OUTPUT)).isNull();
        assertThat(none.duration(Option.TIMEOUT)).isNull();
        assertThat(none.factor(Option.SPEED)).isNull();
        assertThat(none.port(Option.PORT)).isNull();
        assertThat(none.isLiteral(0)).isFalse();
    }

    @Test
    void aValueOutsideOfTheFixedOnesIsAUsageError() {
        CommandLine wrong = CommandLine.ofOptions(List.of(new CommandLine.Given(Option.OUTPUT, "yml")));

        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> wrong.oneOf(Option.OUTPUT))
                .withMessage("invalid value for --output: yml. Expected one of: text, json, jsonl, yaml, csv.");
    }

    private static CommandLine given(String option, String value) {
        return CommandLine.ofOptions(
                List.of(new CommandLine.Given(Objects.requireNonNull(Option.ofLongName(option)), value)));
    }

    private static CommandLine timeout(String value) {
        return Samples.COMMANDS.parse(List.of("get", "x", "--timeout=" + value));
    }
}
