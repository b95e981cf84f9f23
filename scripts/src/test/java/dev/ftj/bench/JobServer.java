package dev.ftj.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Answers every request on loopback with the record of the job that its path ends in; ends with its stdin. */
@SuppressWarnings("InlineFormatString") // it is easier to see here
final class JobServer {
    private static final String RECORD = """
            {
              "name": "my-finetune-run",
              "id": "%s",
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

    private JobServer() {}

    public static void main(String[] args) throws IOException {
        // without it every answer on a kept connection takes 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", JobServer::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body =
                String.format(RECORD, path.substring(path.lastIndexOf('/') + 1)).getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
