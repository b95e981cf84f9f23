#!/bin/sh
# OkHttp 5.5.1, run 2026-11-27 on OpenJDK 17.0.15.
#
# Expected: a request body that is not as long as its Content-Length fails the call, as when a file grows or shrinks while
# it is sent: OkHttp counts what is written.
# What happens: OkHttp asks `contentLength()` twice, once for the header and once, later, for what it counts against. A file
# that is appended to between the two (it waits for a connection there) is sent with more bytes than its header says, over
# HTTP/1.1 too, and the call succeeds. A server takes the rest for the beginning of the next request. A body should keep the
# length that it gave first.
# Output seen:
#   asked 2 times: header 10, body 13, status 200
#   grown while it is sent: java.net.ProtocolException
#   keeps its first length: java.net.ProtocolException
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

public class Finding {
    static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

    static void serve(ServerSocket server) {
        while (true) {
            try (var socket = server.accept()) {
                InputStream in = socket.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(head);
                length.find();
                byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes());
                socket.shutdownOutput();
                SEEN.add("header " + length.group(1) + ", body " + (body.length + in.readAllBytes().length));
            } catch (Exception broken) {
                // by the client
            }
        }
    }

    /** A file, appended to when it is asked for its length the second time, or when it is written. */
    static final class Growing extends RequestBody {
        final Path file = Files.writeString(Files.createTempFile(Path.of("."), "body", ""), "0123456789");
        final boolean whenWritten;
        final boolean keepsLength;
        int asked;

        Growing(boolean whenWritten, boolean keepsLength) throws IOException {
            this.whenWritten = whenWritten;
            this.keepsLength = keepsLength;
        }

        void grow() throws IOException {
            Files.writeString(file, "+++", StandardOpenOption.APPEND);
        }

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() throws IOException {
            if (++asked == 2 && !whenWritten) {
                grow();
            }
            return keepsLength ? 10 : Files.size(file);
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            if (whenWritten) {
                grow();
            }
            sink.write(Files.readAllBytes(file));
        }
    }

    static String send(ServerSocket server, RequestBody body) throws Exception {
        Request request = new Request.Builder().url("http://127.0.0.1:" + server.getLocalPort()).put(body).build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            return SEEN.take() + ", status " + response.code();
        } catch (IOException e) {
            return e.getClass().getName();
        }
    }

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server));
        thread.setDaemon(true);
        thread.start();
        Growing twice = new Growing(false, false);
        String sent = send(server, twice);
        System.out.println("asked " + twice.asked + " times: " + sent);
        System.out.println("grown while it is sent: " + send(server, new Growing(true, false)));
        System.out.println("keeps its first length: " + send(server, new Growing(false, true)));
        System.exit(0);
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java >output
cat >expected <<'OUT'
asked 2 times: header 10, body 13, status 200
grown while it is sent: java.net.ProtocolException
keeps its first length: java.net.ProtocolException
OUT
cat output
diff expected output
