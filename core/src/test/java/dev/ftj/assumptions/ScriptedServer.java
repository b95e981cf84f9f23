package dev.ftj.assumptions;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on loopback that answers each request with the next bytes of its script, whatever they are. */
final class ScriptedServer implements Closeable {
    /** Closes the connection in place of an answer. */
    static final byte[] CLOSE = {};

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)\r\n");

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** The request lines, in the order of their arrival. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedServer(byte[]... script) throws IOException {
        answers.addAll(List.of(script));
        daemon(this::accept);
    }

    static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines)).getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] empty(String status, String... headers) {
        return bytes("HTTP/1.1 " + status, String.join("\r\n", headers), "Content-Length: 0", "", "");
    }

    static byte[] ok() {
        return bytes("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    int connections() {
        return connections.size();
    }

    /** Closes the connections that stand; new ones are accepted. */
    void closeConnections() throws IOException {
        for (Socket socket : connections) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (true) {
                String head = head(socket.getInputStream());
                requests.add(head.substring(0, Math.max(0, head.indexOf('\r'))));
                Matcher length = LENGTH.matcher(head);
                socket.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                byte[] answer = answers.take();
                if (answer == CLOSE) {
                    return;
                }
                socket.getOutputStream().write(answer);
            }
        } catch (IOException | InterruptedException closed) {
            // by one side or the other
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }
}
