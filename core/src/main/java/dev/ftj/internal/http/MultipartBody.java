package dev.ftj.internal.http;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** {@code multipart/form-data} (RFC 7578), each part streamed. */
record MultipartBody(List<HttpBody.Part> parts, String boundary) implements HttpBody {
    MultipartBody(List<HttpBody.Part> parts) {
        this(List.copyOf(parts), UUID.randomUUID().toString());
    }

    @Override
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public long length() {
        long length = end().length;
        for (Part part : parts) {
            length += head(part).length + part.content().length() + 2;
        }
        return length;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        for (Part part : parts) {
            HttpBody.bytes(head(part), null).writeTo(out);
            part.content().writeTo(out);
            HttpBody.bytes(new byte[] {'\r', '\n'}, null).writeTo(out);
        }
        HttpBody.bytes(end(), null).writeTo(out);
    }

    private byte[] head(Part part) {
        StringBuilder head = new StringBuilder(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(part.name()) + '"');
        if (part.fileName() != null) {
            head.append("; filename=\"").append(quoted(part.fileName())).append('"');
        }
        if (part.content().contentType() != null) {
            head.append("\r\nContent-Type: ").append(part.content().contentType());
        }
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] end() {
        return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As browsers do (WHATWG, multipart/form-data encoding algorithm). */
    private static String quoted(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }
}
