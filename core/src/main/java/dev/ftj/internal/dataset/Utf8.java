package dev.ftj.internal.dataset;

/** Validates UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Returns the offset of the first invalid or zero byte; -1 if there is none. */
    static int firstInvalid(byte[] bytes, int length) {
        int i = 0;
        while (i < length) {
            if (bytes[i] > 0) {
                i++;
                continue;
            }
            int size = sequence(bytes, i, length);
            if (size == 0) {
                return i;
            }
            i += size;
        }
        return -1;
    }

    /** Returns the length of the valid sequence of several bytes at an offset; 0 if there is none. */
    private static int sequence(byte[] bytes, int i, int length) {
        int first = bytes[i] & 0xFF;
        int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (size == 0 || i + size > length) {
            return 0;
        }
        for (int k = i + 1; k < i + size; k++) {
            if ((bytes[k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[i + 1] & 0xFF;
        boolean valid = switch (first) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
        return valid ? size : 0;
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
