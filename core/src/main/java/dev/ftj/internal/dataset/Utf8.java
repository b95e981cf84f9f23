package dev.ftj.internal.dataset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Validates UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Returns the offset of the first invalid or zero byte; -1 if there is none. */
    static int firstInvalid(byte[] bytes, int length) {
        int plain = 0;
        while (plain < length && bytes[plain] > 0) {
            plain++;
        }
        if (plain == length) {
            return -1;
        }
        // the decoder stops at the first byte of what it cannot decode, a sequence that is cut off included
        ByteBuffer in = ByteBuffer.wrap(bytes, plain, length - plain);
        StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(in.remaining()), true);
        for (int i = plain; i < in.position(); i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return in.hasRemaining() ? in.position() : -1;
    }

    /** Returns the column, counted from 1 in characters, of the byte at an offset. */
    static long column(byte[] bytes, int offset) {
        long column = 1;
        for (int i = 0; i < offset; i++) {
            // Continuation bytes do not begin a character.
            column += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return column;
    }
}
