package dev.ftj.internal.http;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** {@code multipart/form-data} (RFC 7578) of one file, which is streamed. */
record MultipartBody(String field, String fileName, HttpBody content, String boundary) implements HttpBody {
    @Override
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public long length() {
        return head().length + content.length() + end().length;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        HttpBody.bytes(head(), null).writeTo(out);
        content.writeTo(out);
        HttpBody.bytes(end(), null).writeTo(out);
    }

    private byte[] head() {
        String disposition = "form-data; name=\"" + quoted(field) + "\"; filename=\"" + quoted(fileName) + '"';
        String type = content.contentType() == null ? "" : "\r\nContent-Type: " + content.contentType();
        return ("--" + boundary + "\r\nContent-Disposition: " + disposition + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] end() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As browsers do (WHATWG, multipart/form-data encoding algorithm). */
    private static String quoted(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }
}
