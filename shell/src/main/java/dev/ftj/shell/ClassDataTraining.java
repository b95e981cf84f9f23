package dev.ftj.shell;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ftj.Endpoint;
import dev.ftj.internal.store.JobBook;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jline.terminal.Terminal;

/**
 * Run by the launcher to record the classes of the usual commands, or of the prompt, for its class-data archives: against
 * simulated servers on loopback, with a simulated key and a directory of its own. There are two archives because size costs
 * each start: the prompt's classes 7 ms and 6 MB of a get on Java 25.
 */
final class ClassDataTraining {
    private static final char[] PASSWORD = "throw-away".toCharArray();

    private static final List<List<String>> GETS = List.of(
            List.of("get", Sandbox.SAMPLE_JOB_ID),
            List.of("get", Sandbox.SAMPLE_JOB_ID, "-o", "json"),
            List.of("get", Sandbox.SAMPLE_JOB_ID, "--field", "status"),
            List.of("get", "ftj-no-such-job"));
    private static final List<List<String>> PROMPT = List.of(List.of());

    private final Path directory;

    private ClassDataTraining(Path directory) {
        this.directory = directory;
    }

    /** Commands that make up most of what is run beside {@code get}: 5 to 15 % of each, and nothing of a get. */
    private List<List<String>> others() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jsonl"), "{}\n");
        return List.of(
                List.of("--sandbox", "get", Sandbox.SAMPLE_JOB_ID),
                List.of("list"),
                List.of("watch", Sandbox.SAMPLE_JOB_ID),
                List.of("metrics", Sandbox.SAMPLE_JOB_ID),
                List.of("upload", file.toString()),
                List.of("files"),
                List.of("saved"));
    }

    /**
     * Returns normally: the JVM writes the archive when it exits.
     *
     * @param argv {@code prompt}, or nothing for commands
     */
    public static void main(String[] argv) throws Exception {
        Path directory = Files.createTempDirectory("ftj-training");
        // a start runs this before its line is parsed
        Ftj.ofProcess();
        int unusedColumns = new TerminalDevice(Map.of()).columns();
        Map<String, String> unused = Map.copyOf(System.getenv());
        try (Sandbox sandbox = Sandbox.start()) {
            ClassDataTraining training = new ClassDataTraining(directory);
            if (argv.length == 0) {
                training.run(GETS, sandbox.endpoint(), sandbox.apiKey(), "");
                training.run(training.others(), sandbox.endpoint(), sandbox.apiKey(), "");
                training.overTls(sandbox.apiKey());
            } else {
                training.run(PROMPT, sandbox.endpoint(), sandbox.apiKey(), "");
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(List<List<String>> lines, String endpoint, String key, String certificates) throws IOException {
        Map<String, String> environment = Map.of(
                "ATAI_API_ENDPOINT",
                endpoint,
                "ATAI_API_KEY",
                key,
                "SSL_CERT_FILE",
                certificates,
                "FTJ_HOME",
                directory.resolve("home").toString());
        // so that the card has a timeline
        JobBook.open(
                        directory.resolve("home").resolve("data"),
                        Endpoint.of(endpoint).toString())
                .seen(Sandbox.SAMPLE_JOB_ID, null, "RUNNING", Instant.EPOCH);
        for (List<String> argv : lines) {
            Terminals terminals = new Terminals(true, true, true);
            Console console = new Console(
                    OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), terminals, environment);
            new Ftj(environment, console, InputStream.nullInputStream(), ClassDataTraining::terminal).run(argv);
        }
    }

    /** A pseudo-terminal on which Ctrl-D is typed: the launcher gives this process no terminal. */
    private static Terminal terminal() throws IOException {
        try {
            Class.forName("org.jline.terminal.impl.PosixSysTerminal");
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
        return SystemTerminal.builder("xterm-256color")
                .system(false)
                .type("xterm-256color")
                .streams(new ByteArrayInputStream(new byte[] {4}), OutputStream.nullOutputStream())
                .build();
    }

    /** A server with a certificate of its own making answers one job. */
    private void overTls(String key) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "training",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            return;
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        Path certificate = directory.resolve("certificate.pem");
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("training").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = ("{\"id\": \"" + Sandbox.SAMPLE_JOB_ID + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            run(GETS, "https://localhost:" + server.getAddress().getPort(), key, certificate.toString());
            // and does not trust the server, which makes it read all of Java's authorities
            run(GETS, "https://localhost:" + server.getAddress().getPort(), key, "");
        } finally {
            server.stop(0);
        }
    }
}
