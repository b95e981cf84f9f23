package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that answers as soon as it has the headers and closes, while the body is still being sent. */
class HastyStorageTest {
    private static final int SIZE = 20 << 20;

    @TempDir
    Path dir;

    @StartStop
    private final MockWebServer mock = QuickServer.create();

    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private ServerSocket storage;

    @BeforeEach
    void listen() throws IOException {
        storage = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!storage.isClosed()) {
                try (Socket socket = storage.accept()) {
                    answer(socket);
                } catch (IOException e) {
                    // the test is over, or the client has gone
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private void answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        heads.add(head.toString());
        String status = answers.isEmpty() ? "200 OK" : answers.remove(0);
        if (status.equals("200 OK")) {
            in.skipNBytes(SIZE);
        }
        String body = "<Error><Code>AccessDenied</Code></Error>";
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nETag: \"x\"\r\nConnection: close\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "503 Slow Down", "500 Internal Server Error", "429 Too Many Requests"})
    @Timeout(60)
    void anAnswerBeforeTheEndOfTheBodyIsHeeded(String status) throws IOException {
        UploadServer server = new UploadServer(mock).parts(SIZE);
        server.url = number -> "http://127.0.0.1:" + storage.getLocalPort() + "/x?y";
        answers.addAll(List.of(status, status));
        Path file = Files.write(dir.resolve("a.jsonl"), new byte[SIZE]);
        try (FineTuneClient client = Wire.client(mock, new FakeTiming()).build()) {
            assertThat(client.upload(file).uid()).isEqualTo("fil_1");
        }
        assertThat(heads)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(head -> !head.toLowerCase().contains("authorization"));
    }
}
