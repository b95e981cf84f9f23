package dev.ftj.internal.http;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The body of a request. It can be written any number of times, once for each attempt. */
public interface HttpBody {
    /** Returns the value of the {@code Content-Type} header; null for none. */
    @Nullable
    String contentType();

    /** Returns the number of bytes that {@link #writeTo} writes. */
    long length();

    /**
     * Writes the body.
     *
     * @throws UnreadableBodyException if the source on this machine cannot be read, or has changed
     * @throws IOException if the connection fails
     */
    void writeTo(WritableByteChannel out) throws IOException;

    /** The source of a body cannot be read: a failure of this machine, which a retry does not help. */
    final class UnreadableBodyException extends IOException {
        private static final long serialVersionUID = 1;

        public UnreadableBodyException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Returns a body of JSON text; an empty text has no content type. */
    static HttpBody json(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), text.isEmpty() ? null : "application/json");
    }

    /** Returns a body of these bytes, which are not copied. */
    static HttpBody bytes(byte[] content, @Nullable String contentType) {
        return new BytesBody(content, contentType);
    }

    /**
     * Returns a part of a file, read while it is sent.
     *
     * @param offset the first byte
     * @param length the number of bytes; a file that ends before them is an {@link UnreadableBodyException}
     * @param progress receives the number of bytes of this attempt that have been handed to the connection
     */
    static HttpBody region(Path file, long offset, long length, @Nullable String contentType, LongConsumer progress) {
        return new FileRegion(file, offset, length, contentType, progress);
    }

    /** Returns {@code multipart/form-data} of one file, in a field of this name. */
    static HttpBody form(String field, String fileName, HttpBody content) {
        return new MultipartBody(field, fileName, content, UUID.randomUUID().toString());
    }
}
