package dev.ftj.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a request, checks its host and key, calls the API, and sends the response, all subject to injected faults. */
final class RequestHandler implements HttpHandler {
    private static final int MAX_DRAINED = 1 << 20;
    private static final String BEARER = "Bearer ";
    private static final int HTTP_PORT = 80;

    private final SimulatedApi api;
    private final SimulatedFiles files;
    private final String apiKey;
    private final InstantSource clock;
    private final FaultInjector faults;
    private final @Nullable Consumer<String> each;

    /** @param each gets a line for each request; null for none */
    RequestHandler(
            SimulatedApi api,
            SimulatedFiles files,
            String apiKey,
            InstantSource clock,
            FaultInjector faults,
            @Nullable Consumer<String> each) {
        this.each = each;
        this.api = api;
        this.files = files;
        this.apiKey = apiKey;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Starts a server on loopback, which answers on daemon threads.
     *
     * @param port 0 for any free one
     */
    static HttpServer serve(int port, ExecutorService workers, HttpHandler handler) {
        // Read once, at the first use of the server's classes; without it every kept-alive answer waits 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        HttpServer server;
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        server.setExecutor(workers);
        server.createContext("/", handler);
        // See JdkAssumptionsTest.theHttpServersThreadIsADaemonWhereItsStarterIs.
        // The server's own thread is a daemon only if the thread that starts it is one.
        CompletableFuture.runAsync(server::start, workers).join();
        return server;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        String outcome = "connection lost";
        try {
            outcome = answer(exchange);
        } finally {
            if (each != null) {
                each.accept(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "  " + outcome + "  "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            }
        }
    }

    /** Returns a description of the response. */
    private String answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            FaultInjector.Fault fault = faults.next();
            Response response = fault.reachesApi() ? respond(exchange) : null;
            // See JdkAssumptionsTest.aRequestOf64KibThatIsLeftUnreadClosesTheConnection.
            drain(exchange.getRequestBody());
            ErrorResponse error = fault.error();
            if (error != null) {
                response = Response.of(error);
            }
            if (fault == FaultInjector.Fault.DELAYED) {
                delay();
            }
            // Closing an exchange without a response closes its connection.
            if (response == null) {
                return "closed without a response";
            }
            boolean cut = fault == FaultInjector.Fault.BODY_CUT;
            send(exchange, response, cut);
            return response.status() + (cut ? ", cut short" : "");
        }
    }

    private Response respond(HttpExchange exchange) throws IOException {
        URI target = exchange.getRequestURI();
        try {
            checkHost(exchange);
            checkKey(exchange.getRequestHeaders().getFirst("Authorization"));
            String query = Objects.requireNonNullElse(target.getRawQuery(), "");
            InputStream body = exchange.getRequestBody();
            if (files.serves(target.getRawPath())) {
                String type = exchange.getRequestHeaders().getFirst("Content-Type");
                return files.call(exchange.getRequestMethod(), target.getRawPath(), query, type, body, clock.instant());
            }
            return Response.json(
                    api.call(exchange.getRequestMethod(), target.getRawPath(), query, body, clock.instant()));
        } catch (ErrorResponse e) {
            return Response.of(e);
        }
    }

    /** Comes first: a web page whose name was rebound to loopback must learn nothing. */
    private static void checkHost(HttpExchange exchange) {
        List<String> hosts = new ArrayList<>(exchange.getRequestHeaders().getOrDefault("Host", List.of()));
        String inTarget = exchange.getRequestURI().getRawAuthority();
        if (inTarget != null) {
            hosts.add(inTarget);
        }
        int port = exchange.getLocalAddress().getPort();
        if (hosts.isEmpty() || !hosts.stream().allMatch(host -> isOwn(host, port))) {
            throw ErrorResponse.of("foreign-host");
        }
    }

    private static boolean isOwn(String host, int port) {
        return Stream.of("127.0.0.1", "localhost")
                .anyMatch(own ->
                        host.equalsIgnoreCase(own + ":" + port) || (port == HTTP_PORT && host.equalsIgnoreCase(own)));
    }

    private void checkKey(@Nullable String authorization) {
        if (authorization == null) {
            throw ErrorResponse.of("no-key");
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                || !authorization.substring(BEARER.length()).equals(apiKey)) {
            throw ErrorResponse.of("wrong-key");
        }
    }

    /** Reads the rest of the body: clients may send all of it before they read. Beyond the limit they are cut off. */
    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        int read = 0;
        for (int n = body.read(buffer); n >= 0 && read < MAX_DRAINED; n = body.read(buffer)) {
            read += n;
        }
    }

    static void delay() throws IOException {
        try {
            Thread.sleep(FaultInjector.DELAY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox was closed");
        }
    }

    private static void send(HttpExchange exchange, Response response, boolean cut) throws IOException {
        byte[] body = response.body();
        response.headers().forEach(exchange.getResponseHeaders()::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, cut ? body.length / 2 : body.length);
        out.flush();
    }

    @SuppressWarnings("ArrayRecordComponent") // written once, and never compared
    record Response(int status, Map<String, String> headers, byte[] body) {
        static Response json(String body) {
            return new Response(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        static Response of(ErrorResponse error) {
            return new Response(error.status, error.headers, error.body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
