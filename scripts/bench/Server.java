import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Answers over http, and with a key store over https, on loopback: java Server.java PORTS_FILE JOBS [KEYSTORE PASSWORD].
 * The documented sample job has ended; every other id is a job that runs; JOBS of them are in the list. GET /count tells
 * how many calls there were. Uploads go to /storage, which keeps nothing.
 */
class Server {
    private static final String SAMPLE = "ftj-my-finetune-run-3de60a5c";

    private static final String ENDED =
            """
            {
              "name": "my-finetune-run",
              "id": "ftj-my-finetune-run-3de60a5c",
              "uuid": "8f2c1e5a-7b3d-4d9e-9c1a-2f5b7d8e4a6c",
              "org_uuid": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
              "status": "COMPLETED",
              "config": {
                "model": "Newton::c2_4_7b_251215a172f6d7",
                "datasets": [
                  { "name": "training-set", "split": "train", "file_ids": ["file-abc123"] }
                ]
              },
              "created_at": "2026-04-27T14:32:18.421000Z",
              "updated_at": "2026-04-27T15:48:05.910000Z",
              "inference_config_path": "s3://atai-finetune/inference-configs/ftj-my-finetune-run-3de60a5c.yaml"
            }
            """;

    /** Without white space, as the frameworks send it that such services are made with. */
    private static final String[] RUNS = ENDED.replace("COMPLETED", "RUNNING")
            .replaceFirst("\"s3:.*\"", "null")
            .replaceAll("\n *|(?<=[:,]) ", "")
            .split(SAMPLE);

    private static final long PART = 64L << 20;
    private static final Pattern NUMBER = Pattern.compile("(limit|offset)=(-?\\d+)");

    private static final AtomicInteger jobCalls = new AtomicInteger();
    private static final AtomicInteger listCalls = new AtomicInteger();
    private static int listed;

    public static void main(String[] args) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        listed = Integer.parseInt(args[1]);
        String ports = start(HttpServer.create(anyPort(), 0)) + " " + (args.length > 2 ? startTls(args[2], args[3]) : "");
        Path ready = Path.of(args[0] + ".new");
        Files.writeString(ready, ports + "\n");
        Files.move(ready, Path.of(args[0]));
    }

    private static int startTls(String store, String secret) throws Exception {
        char[] password = secret.toCharArray();
        KeyStore keys = KeyStore.getInstance(Path.of(store).toFile(), password);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(https);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static int start(HttpServer server) {
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", Server::answer);
        server.start();
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String id = path.substring(path.lastIndexOf('/') + 1);
            if (exchange.getRequestMethod().equals("PUT") && path.startsWith("/storage/")) {
                store(exchange);
            } else if (path.endsWith("/files/uploads/initiate")) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String origin = exchange instanceof HttpsExchange ? "https://localhost:" : "http://127.0.0.1:";
                send(exchange, plan(origin + exchange.getLocalAddress().getPort(), body));
            } else if (path.contains("/files/uploads/")) {
                exchange.getRequestBody().readAllBytes();
                send(exchange, "{\"file_uid\": \"fil_1\", \"file_name\": \"bench\", \"file_status\": \"Registered\"}");
            } else if (path.equals("/count")) {
                send(exchange, "jobs " + jobCalls + " lists " + listCalls + "\n");
            } else if (id.equals("jobs")) {
                listCalls.incrementAndGet();
                sendList(exchange);
            } else if (id.equals("metrics")) {
                sendMetrics(exchange);
            } else {
                jobCalls.incrementAndGet();
                send(exchange, id.equals(SAMPLE) ? ENDED : running(id));
            }
        }
    }

    private static String running(String id) {
        return String.join(id, RUNS);
    }

    private static void store(HttpExchange exchange) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (exchange.getRequestBody().read(buffer) >= 0) {}
        exchange.getResponseHeaders().set("ETag", "\"0123456789abcdef\"");
        exchange.sendResponseHeaders(200, -1);
    }

    /** Parts of 64 MiB. */
    private static String plan(String origin, String body) {
        long size = Long.parseLong(body.replaceAll("(?s).*\"num_bytes\": *(\\d+).*", "$1"));
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i * PART < size; i++) {
            parts.append(i == 0 ? "" : ", ")
                    .append("{\"part_number\": " + i + ", \"url\": \"" + origin + "/storage/" + i + "\", \"offset\": " + i * PART + ", \"length\": " + Math.min(PART, size - i * PART) + "}");
        }
        return "{\"upload_id\": \"upl-1\", \"file_uid\": \"fil_1\", \"total_bytes\": " + size + ", \"parts\": [" + parts + "]}";
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sendList(HttpExchange exchange) throws IOException {
        int limit = -1;
        int offset = 0;
        Matcher query = NUMBER.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        while (query.find()) {
            int value = Integer.parseInt(query.group(2));
            limit = query.group(1).equals("limit") ? value : limit;
            offset = query.group(1).equals("offset") ? value : offset;
        }
        int end = limit < 0 ? listed : Math.min(listed, offset + limit);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            body.write('[');
            for (int i = offset; i < end; i++) {
                body.write(i == offset ? "".getBytes() : ",".getBytes());
                body.write(running("ftj-bench-%06d".formatted(i + 1)).getBytes(StandardCharsets.UTF_8));
            }
            body.write(']');
        }
    }

    /** Five rows for three jobs of the list: 500,000 beside 300,000. */
    private static void sendMetrics(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            int rows = listed / 3 * 5;
            for (int i = 0; i < rows; i++) {
                String row = "{\"step\":" + 10 * (i + 1) + ",\"train_loss\":" + (0.5 + 1.5 / (1 + i / 1000.0))
                        + ",\"eval_loss\":" + (0.6 + 1.4 / (1 + i / 1000.0)) + "}";
                body.write(((i == 0 ? "[" : ",") + row).getBytes(StandardCharsets.UTF_8));
            }
            body.write((rows == 0 ? "[]" : "]").getBytes(StandardCharsets.UTF_8));
        }
    }
}
