package dev.ftj.internal.http;

import dev.ftj.internal.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and reads its response. The key goes to the endpoint's origin and nowhere else.
 *
 * <p>A server may close an idle connection at any time (uvicorn, Node and Apache: after 5 s): a repeatable request whose
 * pooled connection turns out to be closed is sent again at once, and a write always opens a connection of its own.
 */
public final class Transport implements AutoCloseable {
    private static final int MAX_ERROR_BODY = 1024 * 1024;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** More closed connections than this in a row are an outage. */
    private static final int MAX_CLOSED_CONNECTIONS = 64;

    /** OkHttp's messages for responses that it discards, although their status is known. */
    private static final Pattern DISCARDED =
            // See OkHttpAssumptionsTest.aResponseWithoutContentThatHasALengthIsAnError, a407WithoutAProxyIsAnError.
            Pattern.compile("HTTP (204|205) had non-zero Content-Length.*|Received HTTP_PROXY_AUTH \\((407)\\).*");

    private final String base;
    private final Secret key;
    private final Supplier<String> userAgent;
    private final TransportSettings settings;
    private final OkHttpClients clients;

    /** The connections that have carried a request. */
    private final Set<Connection> pooled = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Starts to build the HTTP client.
     *
     * @param base the base URL, without a trailing slash
     * @param userAgent called on first use, since it looks the version up
     */
    public Transport(String base, Secret key, Supplier<String> userAgent, TransportSettings settings) {
        this.base = base;
        this.key = key;
        this.userAgent = userAgent;
        this.settings = settings;
        this.clients = new OkHttpClients(settings, base.startsWith("https:"));
    }

    private HttpUrl url(HttpRequest request) {
        return request.isAbsolute()
                ? PresignedUrl.exact(
                        request.target(), Loopback.is(HttpUrl.get(base).host()))
                : HttpUrl.get(base + request.target());
    }

    /** Returns the path as it is sent, with its query; without the query of a presigned URL, which is a secret. */
    String path(HttpRequest request) {
        HttpUrl url = url(request);
        return request.isAbsolute() ? url.encodedPath() : PresignedUrl.pathAndQuery(url);
    }

    /**
     * Sends one request, follows a GET's redirects within the origin, and reads the whole response.
     *
     * @param begun set before the first byte of the request is sent
     * @param stream reads the body of a 2xx response in place of having it in the reply; null for none
     * @throws IOException if no whole response arrived
     */
    HttpReply exchange(
            HttpRequest request,
            Duration allowed,
            Cancellation cancellation,
            AtomicBoolean begun,
            @Nullable BodyReader stream)
            throws IOException {
        HttpUrl origin = url(request);
        HttpUrl url = origin;
        long deadline = System.nanoTime() + allowed.toNanos();
        int redirects = 0;
        int closed = 0;
        while (true) {
            Request sent = request(request, url);
            WireState progress = new WireState(pooled, begun);
            OkHttpClient http = request.repeatable() ? clients.pooled(url.isHttps()) : clients.unpooled(url.isHttps());
            Call call = http.newCall(sent);
            if (stream == null) {
                call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            cancellation.onCancel(call::cancel);
            StreamDeadline guard =
                    stream == null ? null : StreamDeadline.until(deadline, stream::backpressureNanos, call::cancel);
            try (guard;
                    Response response = progress.execute(call)) {
                String location = response.header("Location");
                if (!REDIRECTS.contains(response.code()) || location == null) {
                    return reply(response, sent, stream, cancellation);
                }
                HttpUrl target = url.resolve(location);
                if (target == null
                        || request.isAbsolute()
                        || !request.method().equals("GET")
                        || !sameOrigin(origin, target)) {
                    return reply(response, sent, "", target == null ? "no address" : shown(target));
                }
                if (redirects == MAX_REDIRECTS) {
                    return reply(response, sent, "", shown(target) + " after " + redirects + " others");
                }
                url = target;
                redirects++;
            } catch (IOException e) {
                Matcher discarded = DISCARDED.matcher(String.valueOf(e.getMessage()));
                if (e instanceof ProtocolException && discarded.matches()) {
                    HttpReply empty = discarded(discarded, sent);
                    if (stream != null && empty.isSuccess()) {
                        stream.read(InputStream.nullInputStream());
                    }
                    return empty;
                }
                boolean again = request.repeatable()
                        && progress.metClosedConnection(e)
                        && closed++ < MAX_CLOSED_CONNECTIONS
                        && !cancellation.isCancelled();
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private Request request(HttpRequest request, HttpUrl url) {
        Request.Builder builder = new Request.Builder()
                .url(url)
                .method(request.method(), request.body() == null ? null : new OneShotBody(request.body()));
        if (!request.isAbsolute()) {
            builder.header("Authorization", key.authorization()).header("Accept", "application/json");
        }
        return builder.header("User-Agent", userAgent.get()).build();
    }

    /** A 204 or 205 with a Content-Length, or a server's own 407: OkHttp throws, although only the body is missing. */
    private HttpReply discarded(Matcher message, Request sent) {
        int status = Integer.parseInt(message.group(1) == null ? message.group(2) : message.group(1));
        return new HttpReply(status, Headers.EMPTY, sent.headers(), "", null, key);
    }

    /**
     * Makes a connection as an exchange would, and sends nothing over it.
     *
     * @return null if there is no TLS
     */
    @Nullable
    SSLSession connect(Duration allowed, Cancellation cancellation) throws IOException {
        HttpUrl url = HttpUrl.get(base);
        Call call = clients.pooled(url.isHttps())
                .newCall(new Request.Builder().url(url).build());
        call.timeout().timeout(allowed.toNanos(), TimeUnit.NANOSECONDS);
        cancellation.onCancel(call::cancel);
        WireState onlyConnects = new WireState(pooled, null);
        try (Response response = onlyConnects.execute(call)) {
            throw new IllegalStateException("a request was sent, and answered with " + response.code());
        } catch (IOException e) {
            Connection connection = onlyConnects.connection();
            if (connection == null) {
                throw e;
            }
            return connection.socket() instanceof SSLSocket socket ? socket.getSession() : null;
        }
    }

    HttpFailure failure(HttpRequest request, IOException e, boolean sent) {
        HttpUrl url = url(request);
        return TransportErrors.of(e, authority(url), settings.proxyFor(url.uri()), sent, key::redact);
    }

    private HttpReply reply(Response response, Request sent, @Nullable BodyReader stream, Cancellation cancellation)
            throws IOException {
        String body = "";
        String encoding = response.header("Content-Encoding");
        if (encoding != null
                && !encoding.isBlank()
                && !encoding.strip().equalsIgnoreCase("identity")
                && !response.body().source().exhausted()) {
            if (response.isSuccessful()) {
                String name = Excerpt.of(key.redact(encoding));
                throw new HttpFailure(
                                HttpFailure.Reason.UNREADABLE,
                                "the answer is encoded as " + name + ", which was not asked for")
                        .hint("Check the endpoint, and what stands between it and you");
            }
        } else if (stream != null && response.isSuccessful()) {
            stream.read(response.body().byteStream());
        } else {
            body = body(response, cancellation);
        }
        return reply(response, sent, key.redact(body), null);
    }

    private HttpReply reply(Response response, Request sent, String body, @Nullable String redirect) {
        return new HttpReply(response.code(), response.headers(), sent.headers(), body, redirect, key);
    }

    private static String body(Response response, Cancellation cancellation) throws IOException {
        BufferedSource source = response.body().source();
        if (response.isSuccessful()) {
            if (response.body().contentLength() > BodyReader.MAX_BODY || source.request(BodyReader.MAX_BODY + 1L)) {
                throw new BodyReader.BodyTooLargeException();
            }
        } else {
            try {
                source.request(MAX_ERROR_BODY);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (cancellation.isCancelled()) {
                    throw e;
                }
                // the status is known, and what arrived of the explanation is better than none
            }
        }
        return source.getBuffer().readString(StandardCharsets.UTF_8);
    }

    private static String authority(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme())
                && one.host().equals(other.host())
                && one.port() == other.port()
                && other.username().isEmpty()
                && other.password().isEmpty();
    }

    private String shown(HttpUrl url) {
        // host names are in lower case, whatever the server sent
        return key.redactAnyCase(url.scheme() + "://" + authority(url) + url.encodedPath());
    }

    @Override
    public void close() {
        clients.close();
    }
}
