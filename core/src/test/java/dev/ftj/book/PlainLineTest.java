package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** It may leave a line to the JSON parser, but never read another one than that. */
class PlainLineTest {
    private static final Instant AT = Instant.parse("2026-03-04T12:00:00.007Z");

    static List<Line> lines() {
        return List.of(
                Line.saved("ftj-1", null, null, AT),
                Line.saved("ftj-1", "best", "lr 2e-4", AT),
                Line.saved("", "best", null, AT),
                Line.seen("ftj-1", null, null, AT),
                Line.seen("ftj-1", "a name", "RUNNING", AT),
                Line.listed("ftj-1", "a name", "RUNNING", AT));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void usualLinesAreRead(Line line) {
        byte[] bytes = line.toBytes();

        assertThat(PlainLine.read(bytes, 0, bytes.length - 1)).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whateverBecomesOfOneOfThemItReadsWhatTheParserReadsOrNothing(Line line) {
        byte[] whole = line.toBytes();
        for (int place = 0; place < whole.length; place++) {
            assertSame(whole, place);
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[place] = (byte) value;
                assertSame(changed, changed.length - 1);
            }
        }
    }

    private static void assertSame(byte[] bytes, int length) {
        Line read = PlainLine.read(bytes, 0, length);
        if (read != null) {
            assertThat(read)
                    .as(() -> new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                    .isEqualTo(Line.read(bytes, 0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"rows\",\"ids\":[]}",
                "{\"kind\":\"saved\",\"id\":\"a\\nb\",\"at\":1}",
                "{\"kind\":\"saved\",\"id\":\"\u00e4\",\"at\":1}",
                "{\"kind\":\"saved\",\"id\":\"a\",\"at\":1,\"new\":true}",
                "{\"kind\":\"saved\",\"id\":\"a\",\"at\":1,\"at\":2}",
                "{\"kind\":\"saved\",\"id\":\"a\",\"at\":1234567890123456789}",
                "{\"kind\":\"saved\", \"id\":\"a\",\"at\":1}"
            })
    void allOthersAreLeftToTheParser(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThat(PlainLine.read(bytes, 0, bytes.length)).isNull();
    }

    @Test
    void aLineStandsAnywhereInItsBuffer() {
        byte[] one = Line.saved("ftj-1", null, null, AT).toBytes();
        byte[] buffer = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, buffer, one.length, one.length);

        assertThat(PlainLine.read(buffer, one.length, one.length - 1)).isEqualTo(Line.saved("ftj-1", null, null, AT));
    }
}
