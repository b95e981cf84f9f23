package dev.ftj.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A body that is read from a file while it is sent. */
record FileRegion(
        Path file, long offset, long length, @Nullable String contentType, LongConsumer progress) implements HttpBody {
    /** OkHttp keeps about as many bytes to be written again: more would be allocated anew each time. */
    private static final int BUFFER = 64 * 1024;

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        try (FileChannel in = open()) {
            // Direct: with an array, the JDK would read into a direct buffer of its own and copy that.
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, length)));
            for (long sent = 0; sent < length; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), length - sent));
                int read = read(in, buffer, offset + sent);
                if (read < 0) {
                    throw new UnreadableBodyException(file + " became shorter while it was sent", null);
                }
                for (buffer.flip(); buffer.hasRemaining(); ) {
                    out.write(buffer);
                }
                sent += read;
                long soFar = sent;
                CallerException.carry(() -> progress.accept(soFar));
            }
        }
    }

    private FileChannel open() throws UnreadableBodyException {
        try {
            return FileChannel.open(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(FileChannel in, ByteBuffer buffer, long position) throws UnreadableBodyException {
        try {
            return in.read(buffer, position);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableBodyException unreadable(IOException e) {
        return new UnreadableBodyException("cannot read " + file, e);
    }
}
