package dev.ftj.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way of a request from the socket to the API and of its answer back, through the weather. */
final class Exchange implements HttpHandler {
    private static final int MAX_DRAINED = 1 << 20;

    private final Api api;
    private final InstantSource clock;
    private final Storm storm;
    private final @Nullable Consumer<String> each;

    /** @param each gets a line for each request; null where nobody wants them */
    Exchange(Api api, InstantSource clock, Storm storm, @Nullable Consumer<String> each) {
        this.api = api;
        this.clock = clock;
        this.storm = storm;
        this.each = each;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        String outcome = "connection lost";
        try {
            outcome = answer(exchange);
        } finally {
            if (each != null) {
                each.accept(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "  " + outcome + "  "
                        + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
            }
        }
    }

    /** @return what the client got, in words */
    private String answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Storm.Gust gust = storm.next();
            Answer answer = gust.isCarriedOut() ? api.answer(request(exchange), clock.instant()) : null;
            drain(exchange.getRequestBody());
            if (gust.instead() != null) {
                answer = gust.instead();
            }
            if (gust == Storm.Gust.SLOW) {
                pause();
            }
            // An exchange that is closed before it is answered takes its connection with it.
            if (answer == null) {
                return "closed without a response";
            }
            boolean cutShort = gust == Storm.Gust.CUT_SHORT;
            send(exchange, answer, cutShort);
            return answer.status() + (cutShort ? ", cut short" : "");
        }
    }

    /** A client may write all of its body before it reads; what is beyond the cap costs it the connection. */
    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        int read = 0;
        for (int n = body.read(buffer); n >= 0 && read < MAX_DRAINED; n = body.read(buffer)) {
            read += n;
        }
    }

    private static Request request(HttpExchange exchange) {
        URI target = exchange.getRequestURI();
        List<String> hosts = new ArrayList<>(exchange.getRequestHeaders().getOrDefault("Host", List.of()));
        if (target.getRawAuthority() != null) {
            hosts.add(target.getRawAuthority());
        }
        return new Request(
                exchange.getRequestMethod(),
                hosts,
                exchange.getRequestHeaders().getFirst("Authorization"),
                target.getRawPath(),
                Objects.requireNonNullElse(target.getRawQuery(), ""),
                exchange.getRequestBody());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(Storm.DELAY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox was closed");
        }
    }

    private static void send(HttpExchange exchange, Answer answer, boolean cutShort) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, cutShort ? body.length / 2 : body.length);
        out.flush();
    }
}
