package dev.ftj.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A body in memory. */
record BytesBody(byte[] content, @Nullable String contentType) implements HttpBody {
    @Override
    public long length() {
        return content.length;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        for (ByteBuffer bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
            out.write(bytes);
        }
    }
}
