import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Answers every request with the sample job, over http and https on loopback: java Server.java KEYSTORE PASSWORD PORTS_FILE. */
class Server {
    private static final byte[] JOB =
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
            """
                    .getBytes(StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        char[] password = args[1].toCharArray();
        KeyStore keys = KeyStore.getInstance(Path.of(args[0]).toFile(), password);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        String ports = start(HttpServer.create(anyPort(), 0)) + " " + start(https);
        Path ready = Path.of(args[2] + ".new");
        Files.writeString(ready, ports + "\n");
        Files.move(ready, Path.of(args[2]));
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
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, JOB.length);
            exchange.getResponseBody().write(JOB);
        }
    }
}
