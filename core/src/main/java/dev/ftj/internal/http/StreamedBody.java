package dev.ftj.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read from a source while it is sent.
 *
 * @param name the source, for messages
 */
record StreamedBody(@Nullable String contentType, long length, String name, Source source, LongConsumer progress)
        implements HttpBody {
    /** OkHttp keeps about as many bytes to be written again: more would be allocated anew each time. */
    private static final int BUFFER = 64 * 1024;

    interface Source {
        InputStream open() throws IOException;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
            long sent = 0;
            while (sent < length) {
                int read = read(in, buffer, (int) Math.min(buffer.length, length - sent));
                if (read < 0) {
                    throw new UnreadableBodyException(name + " became shorter while it was sent", null);
                }
                out.write(buffer, 0, read);
                sent += read;
                progress.accept(sent);
            }
        }
    }

    private InputStream open() throws UnreadableBodyException {
        try {
            return source.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer, int most) throws UnreadableBodyException {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableBodyException unreadable(IOException e) {
        return new UnreadableBodyException("cannot read " + name, e);
    }
}
