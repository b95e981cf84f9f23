package dev.ftj.internal.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/** Splits a file into lines; of a line that is too long, only the first bytes are kept. */
final class LineReader {
    private final ReadableByteChannel channel;
    private final int maxLine;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private byte[] line = new byte[1 << 12];
    private int length;
    private long fullLength;
    private long number;
    private long bytes;

    LineReader(ReadableByteChannel channel, int maxLine) {
        this.channel = channel;
        this.maxLine = maxLine;
    }

    /**
     * Reads the next line.
     *
     * @return false at the end of the file
     * @throws InterruptedException if the thread is interrupted
     */
    boolean next() throws IOException, InterruptedException {
        length = 0;
        fullLength = 0;
        if (next == end && !fill()) {
            return false;
        }
        number++;
        do {
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            keep(from, next - from);
            if (next < end) {
                next++;
                break;
            }
        } while (fill());
        // A carriage return before the line feed belongs to the line end.
        if (fullLength == length && length > 0 && line[length - 1] == '\r') {
            length--;
            fullLength--;
        }
        return true;
    }

    private void keep(int from, int count) {
        fullLength += count;
        int kept = (int) Math.min(count, maxLine + 1L - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(Math.max(2L * line.length, length + kept), maxLine + 1L));
        }
        System.arraycopy(buffer, from, line, length, kept);
        length += kept;
    }

    private boolean fill() throws IOException, InterruptedException {
        // An interrupt while a channel reads would close it and end in another exception.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int read = channel.read(ByteBuffer.wrap(buffer));
        next = 0;
        end = Math.max(read, 0);
        bytes += end;
        return read > 0;
    }

    boolean isTooLong() {
        return fullLength > maxLine;
    }

    /** Returns the bytes of the line without its end; valid until the next line is read. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** Returns how long the line is, with what was not kept. */
    long fullLength() {
        return fullLength;
    }

    void dropFirst(int count) {
        System.arraycopy(line, count, line, 0, length - count);
        length -= count;
        fullLength -= count;
    }

    long number() {
        return number;
    }

    /** Returns how many bytes were read from the file. */
    long bytes() {
        return bytes;
    }
}
