package dev.ftj.book;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes between two line feeds of a file, whatever they are. Valid until the next one is read.
 *
 * @param buffer holds them, unless the line is {@code tooLong}
 * @param start where the line begins in the file
 * @param end behind its line feed, or at the end of the file
 * @param ended false: the last line, without its line feed
 */
// Never compared: the buffer is only lent.
@SuppressWarnings("ArrayRecordComponent")
record RawLine(byte[] buffer, int from, int length, long start, long end, boolean ended, boolean tooLong) {
    /** Longer than any line that we write; junk without line feeds must not fill the memory. */
    static final int LONGEST = 1 << 20;

    private static final int CHUNK = 1 << 16;

    interface Visitor {
        void visit(RawLine line) throws IOException;
    }

    /** Walks the lines of a file from an offset to its end. */
    static void walk(FileChannel file, long offset, Visitor visitor) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long base = offset;
        long start = offset;
        int filled = 0;
        boolean tooLong = false;
        while (true) {
            if (filled == LONGEST) {
                tooLong = true;
                base += filled;
                filled = 0;
            } else if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int count = file.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), base + filled);
            if (count < 0) {
                break;
            }
            int from = 0;
            for (int i = filled; i < filled + count; i++) {
                if (buffer[i] == '\n') {
                    long end = base + i + 1;
                    visitor.visit(new RawLine(buffer, from, i - from, start, end, true, tooLong));
                    tooLong = false;
                    from = i + 1;
                    start = end;
                }
            }
            filled += count - from;
            System.arraycopy(buffer, from, buffer, 0, filled);
            base += from;
        }
        if (base + filled > start) {
            visitor.visit(new RawLine(buffer, 0, filled, start, base + filled, false, tooLong));
        }
    }

    boolean isBlank() {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    /** @return null when it is damaged */
    @Nullable
    Line parse() {
        if (tooLong) {
            return null;
        }
        Line plain = PlainLine.read(buffer, from, length);
        return plain != null ? plain : Line.read(buffer, from, length);
    }
}
