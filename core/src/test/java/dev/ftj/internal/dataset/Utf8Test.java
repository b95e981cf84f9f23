package dev.ftj.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    private static final int[] INTERESTING = {
        0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
        0xF1, 0xF4, 0xF5, 0xFF
    };

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        Random random = new Random(7);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(9)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            CoderResult result = decoder.reset().decode(in, CharBuffer.allocate(20), true);
            int expected = result.isError() ? in.position() : -1;
            assertThat(Utf8.firstInvalid(bytes, bytes.length))
                    .as("%s", (Object) bytes)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aZeroByteIsNoText() {
        assertThat(Utf8.firstInvalid(new byte[] {'a', 0}, 2)).isEqualTo(1);
    }
}
