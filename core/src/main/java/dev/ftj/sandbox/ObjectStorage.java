package dev.ftj.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object storage on a port of its own, opened at first use. It accepts the bytes of a part at a presigned URL, which
 * must come back byte for byte, and refuses a request that carries an {@code Authorization} header.
 */
final class ObjectStorage implements AutoCloseable {
    static final Duration URL_LIFETIME = Duration.ofHours(1);

    /** Characters that clients like to encode differently: the URL counts as signed only as it was given. */
    private static final String QUERY =
            "X-Amz-Credential=sandbox%2F20260504%2Fs3%2faws4_request&X-Amz-Date=a+b~c%7E'(!*)"
                    + "&X-Amz-Expires=3600&x-id=UploadPart&X-Amz-Signature=";

    private final ExecutorService workers;
    private final InstantSource clock;
    private final FaultInjector faults;
    private final @Nullable Consumer<String> each;
    private final Map<String, Slot> slots = new HashMap<>();
    private @Nullable HttpServer server;
    private long serial;

    /** The purpose of a presigned URL. */
    private record Slot(Part part, Instant expires) {}

    /** A part of an upload and its stored bytes. */
    static final class Part {
        final String object;
        final int number;
        final long offset;
        final int length;
        private final boolean kept;
        private volatile @Nullable String tag;
        private volatile byte @Nullable [] bytes;

        /** @param kept whether the bytes are kept, or only counted and digested */
        Part(String object, int number, long offset, int length, boolean kept) {
            this.object = object;
            this.number = number;
            this.offset = offset;
            this.length = length;
            this.kept = kept;
        }

        /** Returns the only part of a file that came in one request. */
        static Part of(byte[] content) {
            Part part = new Part("", 0, 0, content.length, true);
            part.bytes = content;
            return part;
        }

        /** Returns the ETag without its quotes; null if nothing was stored. */
        @Nullable
        String tag() {
            return tag;
        }

        /** Returns the content; null if it was not stored or not kept. */
        byte @Nullable [] bytes() {
            return bytes;
        }
    }

    ObjectStorage(ExecutorService workers, InstantSource clock, FaultInjector faults, @Nullable Consumer<String> each) {
        this.workers = workers;
        this.clock = clock;
        this.faults = faults;
        this.each = each;
    }

    /** Returns a URL that accepts the part until it expires. */
    synchronized String presign(Part part) {
        if (server == null) {
            server = RequestHandler.serve(0, workers, this::handle);
        }
        String signed = part.object + "/" + part.number + "/" + ++serial;
        String signature = HexFormat.of().formatHex(digest().digest(signed.getBytes(StandardCharsets.UTF_8)));
        String target = "/sandbox-files/" + part.object + "?partNumber=" + (part.number + 1) + "&" + QUERY + signature;
        slots.put(target, new Slot(part, clock.instant().plus(URL_LIFETIME)));
        return "http://127.0.0.1:" + server.getAddress().getPort() + target;
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String outcome = "connection lost";
        try (exchange) {
            outcome = answer(exchange);
        } finally {
            if (each != null) {
                each.accept(exchange.getRequestMethod() + " storage"
                        + exchange.getRequestURI().getRawPath() + "  " + outcome);
            }
        }
    }

    /** Returns a description of the response. */
    private String answer(HttpExchange exchange) throws IOException {
        FaultInjector.Fault fault = faults.next();
        String refusal = refusal(exchange, fault);
        if (refusal != null) {
            // Left unread, the rest of a part would reset the connection.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            send(exchange, refusal);
            return refusal;
        }
        Slot slot = slot(exchange);
        String tag = fault.reachesApi() && slot != null ? store(exchange, slot.part()) : null;
        if (fault == FaultInjector.Fault.DELAYED) {
            RequestHandler.delay();
        }
        boolean answered = fault == FaultInjector.Fault.NONE || fault == FaultInjector.Fault.DELAYED;
        if (tag == null || !answered) {
            return "closed without a response";
        }
        exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
        exchange.sendResponseHeaders(200, -1);
        return "200";
    }

    /** Returns status and code of the error that comes instead of storing the part; null if there is none. */
    private @Nullable String refusal(HttpExchange exchange, FaultInjector.Fault fault) {
        Slot slot = slot(exchange);
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            return "400 InvalidArgument";
        }
        if (slot == null) {
            return "403 SignatureDoesNotMatch";
        }
        if (clock.instant().isAfter(slot.expires()) || fault == FaultInjector.Fault.RATE_LIMITED) {
            return "403 AccessDenied";
        }
        if (!exchange.getRequestMethod().equals("PUT")) {
            return "405 MethodNotAllowed";
        }
        if (!Integer.toString(slot.part().length)
                .equals(exchange.getRequestHeaders().getFirst("Content-Length"))) {
            return "400 IncompleteBody";
        }
        return switch (fault) {
            case INTERNAL_ERROR, BAD_GATEWAY -> "500 InternalError";
            case UNAVAILABLE -> "503 SlowDown";
            default -> null;
        };
    }

    private synchronized @Nullable Slot slot(HttpExchange exchange) {
        return slots.get(exchange.getRequestURI().getRawPath() + "?"
                + exchange.getRequestURI().getRawQuery());
    }

    /** Returns the tag of the stored part; null if the body broke off. */
    private static @Nullable String store(HttpExchange exchange, Part part) throws IOException {
        MessageDigest digest = digest();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        InputStream body = exchange.getRequestBody();
        byte[] buffer = new byte[1 << 16];
        int length = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            digest.update(buffer, 0, n);
            length += n;
            if (part.kept) {
                kept.write(buffer, 0, n);
            }
        }
        if (length != part.length) {
            return null;
        }
        String tag = HexFormat.of().formatHex(digest.digest());
        part.bytes = part.kept ? kept.toByteArray() : null;
        part.tag = tag;
        return tag;
    }

    private static void send(HttpExchange exchange, String refusal) throws IOException {
        String code = refusal.substring(4);
        String message = code.equals("AccessDenied") ? "Request has expired" : "The request was refused";
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(Integer.parseInt(refusal.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
