#!/bin/sh
# OkHttp 5.5.1, run 2026-11-27 on OpenJDK 17.0.15.
#
# Expected: an interceptor may move a header of a response to another name, since OkHttp itself has read the value.
# What happens: from the wire a value with any byte is accepted, and `response.header(name)` returns it, but
# `response.newBuilder().header(other, value)` checks the value again and throws IllegalArgumentException, which is no
# IOException and so leaves the call past every handler of network failures.
# Output seen:
#   read: caf\u00e9
#   copied: java.lang.IllegalArgumentException
#   kept: caf\u00e9
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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Finding {
    static String ascii(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(c < 127 ? Character.toString(c) : String.format("\\u%04x", c)));
        return shown.toString();
    }

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (var socket = server.accept()) {
                var in = socket.getInputStream();
                for (int seen = 0; seen < 4; ) {
                    int c = in.read();
                    seen = c == (seen % 2 == 0 ? '\r' : '\n') ? seen + 1 : 0;
                }
                socket.getOutputStream().write(
                        "HTTP/1.1 200 OK\r\nX-Name: caf\u00e9\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Request request = new Request.Builder().url("http://127.0.0.1:" + server.getLocalPort()).build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println("read: " + ascii(response.header("X-Name")));
            try {
                response.newBuilder().header("X-Other", response.header("X-Name")).build();
                System.out.println("copied: ok");
            } catch (IllegalArgumentException e) {
                System.out.println("copied: " + e.getClass().getName());
            }
            System.out.println("kept: " + ascii(response.newBuilder().build().header("X-Name")));
        }
        System.exit(0);
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java >output
cat >expected <<'OUT'
read: caf\u00e9
copied: java.lang.IllegalArgumentException
kept: caf\u00e9
OUT
cat output
diff expected output
