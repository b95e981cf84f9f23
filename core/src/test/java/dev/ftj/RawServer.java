package dev.ftj;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that sends bytes as they are, and closes connections that have been idle for some time. */
final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final ServerSocket server;
    private final Duration idle;
    private final Function<String, byte[]> answer;

    /** The request lines in the order of their arrival. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();

    /** How many connections it has closed because they were idle. */
    final AtomicInteger closed = new AtomicInteger();

    /** @param answer the bytes that answer a request line; empty to close without an answer */
    RawServer(Duration idle, Function<String, byte[]> answer) throws IOException {
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.idle = idle;
        this.answer = answer;
        daemon(() -> {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                daemon(() -> serve(socket));
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // the test is over, or the client has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout((int) idle.toMillis()); // none where it closes after each answer
            for (String line = requestLine(socket.getInputStream());
                    !line.isEmpty();
                    line = requestLine(socket.getInputStream())) {
                requests.add(line);
                byte[] bytes = answer.apply(line);
                if (bytes.length == 0) {
                    return;
                }
                socket.getOutputStream().write(bytes);
                if (idle.isZero()) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            // idle for too long
        }
        closed.incrementAndGet();
    }

    /** Reads one whole request. */
    private static String requestLine(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return text.substring(0, text.indexOf(" HTTP/"));
    }

    FineTuneClientBuilder client(FakeTiming timing) {
        return FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(Wire.CANARY))
                .timing(timing, () -> 1.0)
                .endpoint(Endpoint.of("http://127.0.0.1:" + server.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
