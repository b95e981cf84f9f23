#!/bin/sh
# MockWebServer 5.5.1 (mockwebserver3), run 2026-11-28 on OpenJDK 17.0.15, Linux.
#
# Expected: a server for tests on loopback answers a small GET in a millisecond or less.
# What happens: it writes headers and body in two pieces, and its sockets keep Nagle's algorithm: the second piece waits for
# the first one's acknowledgement, which the client's kernel holds back for 40 ms on a connection that has been used. Each
# call after the first few takes 40 ms, so that a suite of a thousand calls sleeps through most of its time, and a
# benchmark beside such a server measures nothing else. A ServerSocketFactory whose sockets have TCP_NODELAY set ends it.
# A response without a body is one piece, and fast.
# Output seen (the figures vary, their sides of 20 ms do not):
#   as it comes: 20 ms or more
#   without a body: less
#   with TCP_NODELAY: less
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>mockwebserver3</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class Finding {
    static final class NoDelay extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }

    static String median(boolean noDelay, String body) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            if (noDelay) {
                server.setServerSocketFactory(new NoDelay());
            }
            server.setDispatcher(new mockwebserver3.Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return new MockResponse.Builder().body(body).build();
                }
            });
            server.start();
            OkHttpClient client = new OkHttpClient();
            Request request = new Request.Builder().url(server.url("/")).build();
            long[] nanos = new long[60];
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                try (Response response = client.newCall(request).execute()) {
                    response.body().string();
                }
                nanos[i] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            double ms = nanos[nanos.length / 2] / 1e6;
            System.err.printf("%.2f ms%n", ms);
            return ms >= 20 ? "20 ms or more" : "less";
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("as it comes: " + median(false, "{\"id\": \"a\"}"));
        System.out.println("without a body: " + median(false, ""));
        System.out.println("with TCP_NODELAY: " + median(true, "{\"id\": \"a\"}"));
        System.exit(0);
    }
}
JAVA
java -Djava.util.logging.config.file=/dev/null -cp "$(cat class-path)" Finding.java >output
cat >expected <<'OUT'
as it comes: 20 ms or more
without a body: less
with TCP_NODELAY: less
OUT
cat output
diff expected output
