package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobReaderTest {
    static Stream<Arguments> whatIsNoRecord() {
        return Stream.of(
                Arguments.of("", "empty"),
                Arguments.of(" \r\n\t", "empty"),
                Arguments.of("[{\"id\":\"a\"}]", "a JSON array"),
                Arguments.of("5", "a JSON value"),
                Arguments.of("\"ftj-1\"", "a JSON value"),
                Arguments.of("null", "a JSON value"),
                Arguments.of("{}", "neither id nor uuid"),
                Arguments.of("{\"id\":5,\"uuid\":null}", "neither id nor uuid"),
                Arguments.of("{\"id\":\"a\"", "not JSON"),
                Arguments.of("{\"id\":\"a\"}}", "not JSON"),
                Arguments.of("{\"id\":\"a\"} {\"id\":\"a\"}", "not JSON"),
                Arguments.of("{\"id\":\"a\"} x", "not JSON"),
                Arguments.of("{'id':'a'}", "not JSON"),
                Arguments.of("{\"id\":\"a\",}", "not JSON"),
                Arguments.of("{\"id\":\"a\",\"b\":{\"c\":\"\n\"}}", "not JSON"),
                Arguments.of("{\"id\":\"a\",\"b\":[\"\\x\"]}", "not JSON"),
                Arguments.of("\uFEFF", "not JSON"),
                Arguments.of("<!DOCTYPE html><p>Hi", "an HTML page"),
                Arguments.of("{\"id\":\"a\",\"x\":" + "[".repeat(500) + "]".repeat(500) + "}", "deeper than 500"),
                Arguments.of("[".repeat(200_000), "deeper than 500"),
                Arguments.of("{\"a\":".repeat(200_000), "deeper than 500"));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoRecord")
    void whatIsNoRecordIsUnreadableInOneShortLine(String text, String reason) {
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> JobReader.read(text));
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessageContaining(reason);
        assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n");
    }

    @Test
    void fiveHundredLevelsAreRead() {
        String text = "{\"id\":\"a\",\"x\":" + "[".repeat(499) + "]".repeat(499) + "}";
        FineTuneJob job = JobReader.read(text);
        assertThat(job.json()).isEqualTo(text);
        assertThat(job.card()).contains("[[[");
    }

    @Test
    void aLargeStringIsKept() {
        String text = "{\"id\":\"a\",\"name\":\"" + "x".repeat(10_000_000) + "\"}";
        assertThat(JobReader.read(text).name()).hasSize(10_000_000);
    }

    @Test
    void whatIsNoUtf8IsReplacedAndDoesNotFail() {
        assertThat(JobReader.read("{\"id\":\"a\",\"name\":\"\uFFFD\"}").name()).isEqualTo("\uFFFD");
    }

    @Test
    void anotherJobsLongIdIsCut() {
        FineTuneException e = catchThrowableOfType(
                FineTuneException.class,
                () -> JobReader.read("{\"id\":\"" + "x".repeat(100_000) + "\"}", JobId.of("ftj-1")));
        assertThat(e.getMessage()).hasSizeLessThan(400).contains("another job, xxx");
    }
}
