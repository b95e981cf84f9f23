#!/bin/sh
# OkHttp 5.5.1, java.net.http and HttpURLConnection of OpenJDK 17.0.15, curl 7.88.1, run 2026-11-27.
#
# Expected: a client that sends `Expect: 100-continue` before an upload sends the body after a while where the server, or a
# proxy before it, does not know that header and just waits for the body: RFC 9110, 10.1.1, forbids an indefinite wait.
# What happens: curl sends it after 1 s and HttpURLConnection after 5 s. OkHttp waits for its read timeout and fails, and
# java.net.http waits for the timeout of the request, for ever where it has none.
# Output seen (both timeouts set to 8 s):
#   curl: 200
#   HttpURLConnection: 200
#   OkHttp: java.net.SocketTimeoutException
#   java.net.http: java.net.http.HttpTimeoutException
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
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Finding {
    static final Duration TIMEOUT = Duration.ofSeconds(8);
    static final byte[] BODY = "body".getBytes();

    /** A server that does not know the header: it answers when the body is there. */
    static void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            in.readNBytes(BODY.length);
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes());
        } catch (Exception closed) {
            // by the client
        }
    }

    static void show(String client, Callable<Object> put) {
        Object result;
        try {
            result = put.call();
        } catch (Exception e) {
            result = e.getClass().getName();
        }
        System.out.println(client + ": " + result);
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    daemon(() -> serve(socket));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        show("curl", () -> new String(new ProcessBuilder(
                        "curl", "-s", "-o", "curl.out", "-w", "%{http_code}", "-X", "PUT", "-H", "Expect: 100-continue",
                        "-d", "body", url.toString())
                .start().getInputStream().readAllBytes()));
        show("HttpURLConnection", () -> {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setRequestMethod("PUT");
            connection.setRequestProperty("Expect", "100-continue");
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(BODY.length);
            connection.getOutputStream().write(BODY);
            return connection.getResponseCode();
        });
        show("OkHttp", () -> {
            Request put = new Request.Builder()
                    .url(url.toString()).header("Expect", "100-continue").put(RequestBody.create(BODY, null)).build();
            try (Response response = new OkHttpClient.Builder().readTimeout(TIMEOUT).build().newCall(put).execute()) {
                return response.code();
            }
        });
        show("java.net.http", () -> HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url).expectContinue(true).timeout(TIMEOUT)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(BODY)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode());
        System.exit(0);
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java >output
cat >expected <<'OUT'
curl: 200
HttpURLConnection: 200
OkHttp: java.net.SocketTimeoutException
java.net.http: java.net.http.HttpTimeoutException
OUT
cat output
diff expected output
