package dev.ftj.shell.view;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** stdout, whose reader may close it: keeps the first failure, and discards later output. */
final class DataStream extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    DataStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (failure == null) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    @Override
    public synchronized void flush() {
        if (failure == null) {
            try {
                out.flush();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /** Returns whether the reader has closed it, as {@code head} does. */
    synchronized boolean isClosedByReader() {
        String message =
                failure == null ? "" : String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("pipe is being closed");
    }

    /** Returns the reason why nothing more can be written; null if it can. */
    synchronized @Nullable String failure() {
        return failure == null ? null : String.valueOf(failure.getMessage());
    }
}
