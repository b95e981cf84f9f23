package dev.ftj.internal.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a 2xx response as it arrives. */
public interface BodyReader {
    /** The largest response that is held in memory, and the largest item of a streamed one. */
    int MAX_BODY = 16 * 1024 * 1024;

    /**
     * Reads to the end. An unchecked exception fails the call.
     *
     * @throws BrokenOffException if the body broke off after a part of it was handed on, so that a retry would repeat it
     * @throws IOException if the body broke off before
     */
    void read(InputStream body) throws IOException;

    /** Returns how long it has waited for the consumer: time that does not count towards the deadline. */
    long backpressureNanos();

    /** A response, or one item of a streamed one, is larger than {@link #MAX_BODY}. */
    final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        public BodyTooLargeException() {
            super("larger than " + MAX_BODY / 1024 / 1024 + " MiB");
        }
    }

    /** The body broke off after a part of it was handed on. */
    final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1;

        public BrokenOffException(String message, IOException cause) {
            super(message, cause);
        }
    }
}
