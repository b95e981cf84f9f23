package dev.ftj;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer: all that touches a socket is here. Sends the key to the endpoint's origin and nowhere else.
 *
 * <p>OkHttp retries some requests by itself, and an interceptor of a caller's client can switch that on again. Both are
 * switched off by the last interceptor; a 503 with {@code Retry-After: 0} is retried regardless, so that header is
 * hidden. A server may close an idle connection at any time (uvicorn, Node and Apache: after 5 s): a GET whose pooled
 * connection turns out to be closed is sent again at once, and a write always opens a connection of its own.
 */
final class Transport implements AutoCloseable {
    static final int MAX_BODY = 16 * 1024 * 1024;
    private static final int MAX_ERROR_BODY = 1024 * 1024;
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String HIDDEN_RETRY_AFTER = "X-Ftj-Retry-After";

    /** More closed connections than this in a row are an outage. */
    private static final int MAX_CLOSED_CONNECTIONS = 64;

    /** What OkHttp says of responses that it discards, although their status is known. */
    private static final Pattern DISCARDED =
            Pattern.compile("HTTP (204|205) had non-zero Content-Length.*|Received HTTP_PROXY_AUTH \\((407)\\).*");

    private static final Duration IDLE = Duration.ofSeconds(45);

    private static final Dns SYSTEM = new Names(Dns.SYSTEM::lookup);
    private static final Dns LOOPBACK_ALONE = new Names(Transport::loopbackAlone);

    /** The exchange of this thread. (A tag of the request makes Kotlin load its reflection: 15 ms.) */
    private static final ThreadLocal<Exchange> EXCHANGE = new ThreadLocal<>();

    /** How far one exchange has come. */
    private static class Exchange {
        private final Set<Connection> pooled;
        private boolean reused;
        private boolean answered;

        Exchange(Set<Connection> pooled) {
            this.pooled = pooled;
        }

        void connected(@Nullable Connection connection) throws IOException {
            reused = connection != null && !pooled.add(connection);
            begin(connection);
        }

        /** Called before the first byte of the request is sent. */
        void begin(@Nullable Connection connection) throws IOException {}

        /** Whether a pooled connection broke before a response: the server had closed it, and the request never ran. */
        boolean metClosedConnection(IOException e) {
            return reused && !answered && !(e instanceof InterruptedIOException) && !Unanswered.isRefusedStream(e);
        }
    }

    private final Endpoint endpoint;
    private final ApiKey key;
    private final UserAgent userAgent;
    private final CompletableFuture<OkHttpClient> http;
    private final boolean ownsHttp;
    private final Proxy proxy;
    private volatile @Nullable OkHttpClient httpForWrites;

    /** The connections that have carried a request. */
    private final Set<Connection> pooled = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** What a client may set; null stands for ours. */
    record Settings(
            @Nullable OkHttpClient callersClient,
            Duration connectTimeout,
            Duration silence,
            int keptConnections,
            @Nullable Proxies proxies,
            Function<Executor, Trust> trust) {
        /** The proxy on the way to an endpoint. */
        Proxy proxyFor(Endpoint where) {
            if (!where.encrypted()) {
                return Proxy.NO_PROXY;
            }
            Proxy callers = proxies == null && callersClient != null ? callersClient.proxy() : null;
            if (callers != null) {
                return callers;
            }
            ProxySelector selector = proxies != null
                    ? proxies
                    : callersClient != null ? callersClient.proxySelector() : Proxies.direct();
            return selector.select(URI.create(where.toString())).get(0);
        }
    }

    /** The HTTP client is built on another thread: that takes longer than all else before a request. */
    Transport(Endpoint endpoint, ApiKey key, UserAgent userAgent, Settings settings) {
        this.endpoint = endpoint;
        this.key = key;
        this.userAgent = userAgent;
        this.ownsHttp = settings.callersClient() == null;
        this.proxy = settings.proxyFor(endpoint);
        this.http = CompletableFuture.supplyAsync(() -> build(settings), Transport::elsewhere);
        if (endpoint.encrypted() && ownsHttp) {
            elsewhere(Curves::prepare);
        }
    }

    /** On no thread of the calls: they wait for it, and may be as few as one. */
    private static void elsewhere(Runnable task) {
        new Calls.Worker(task).start();
    }

    private OkHttpClient build(Settings settings) {
        OkHttpClient callers = settings.callersClient();
        OkHttpClient.Builder builder = callers != null
                ? callers.newBuilder()
                : new OkHttpClient.Builder()
                        .connectionPool(
                                new ConnectionPool(settings.keptConnections(), IDLE.toSeconds(), TimeUnit.SECONDS))
                        .connectTimeout(settings.connectTimeout())
                        .readTimeout(settings.silence())
                        .writeTimeout(settings.silence());
        builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cache(null)
                .addInterceptor(Transport::withoutRetries)
                .addNetworkInterceptor(Transport::onTheWire);
        if (!endpoint.encrypted()) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                    .proxy(Proxy.NO_PROXY)
                    .dns(LOOPBACK_ALONE);
        } else if (callers == null) {
            builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).dns(SYSTEM);
            Trust trust = settings.trust().apply(Transport::elsewhere);
            builder.sslSocketFactory(trust.socketFactory(), trust.manager());
        }
        Proxies proxies = settings.proxies();
        if (proxies != null && endpoint.encrypted()) {
            builder.proxy(null)
                    .proxySelector(proxies.lookedUp())
                    .proxyAuthenticator((route, response) -> credentials(proxies, response.request()));
        }
        return builder.build();
    }

    /** Sent with the CONNECT and never again: a 407 from behind the tunnel is the target's, who must not see them. */
    private static @Nullable Request credentials(Proxies proxies, Request asked) {
        String authorization = proxies.authorization();
        return authorization == null || !asked.method().equals("CONNECT") || asked.header("Proxy-Authorization") != null
                ? null
                : asked.newBuilder()
                        .header("Proxy-Authorization", authorization)
                        .build();
    }

    /** The path as it is sent, with its query. */
    String path(ApiRequest request) {
        HttpUrl url = HttpUrl.get(endpoint + request.path());
        return url.encodedPath() + (url.encodedQuery() == null ? "" : "?" + url.encodedQuery());
    }

    /**
     * Sends one request, follows redirects within the origin, and reads the whole answer.
     *
     * @param stream reads the body of a success in place of having it in the reply; null for none
     * @throws IOException where no whole answer arrived
     */
    Reply exchange(
            ApiRequest request,
            Duration allowed,
            Cancellation cancellation,
            Sending sending,
            @Nullable BodyReader stream)
            throws IOException {
        HttpUrl origin = HttpUrl.get(endpoint + request.path());
        HttpUrl url = origin;
        long deadline = System.nanoTime() + allowed.toNanos();
        int redirects = 0;
        int closed = 0;
        while (true) {
            Request sent = new Request.Builder()
                    .url(url)
                    .method(request.method(), body(request))
                    .header("Authorization", key.authorization())
                    .header("Accept", "application/json")
                    .header("User-Agent", userAgent.text())
                    .build();
            Exchange progress = new Exchange(pooled) {
                @Override
                void begin(@Nullable Connection connection) {
                    sending.begin();
                }
            };
            Call call = (request.isLook() ? http() : httpForWrites()).newCall(sent);
            if (stream == null) {
                call.timeout().timeout(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            cancellation.onCancel(call::cancel);
            Watchdog dog = stream == null ? null : Watchdog.until(deadline, stream::backpressureNanos, call::cancel);
            try (dog;
                    Response response = execute(call, progress)) {
                String location = response.header("Location");
                if (!REDIRECTS.contains(response.code()) || location == null) {
                    return reply(response, sent, stream, cancellation);
                }
                HttpUrl target = url.resolve(location);
                if (target == null || !request.isLook() || !sameOrigin(origin, target)) {
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
                    return discarded(discarded, sent);
                }
                boolean again = request.isLook()
                        && progress.metClosedConnection(e)
                        && closed++ < MAX_CLOSED_CONNECTIONS
                        && !cancellation.isCancelled();
                if (!again) {
                    throw e;
                }
            }
        }
    }

    /** A 204 or 205 with a Content-Length, or a server's own 407: OkHttp throws, where only the body is missing. */
    private Reply discarded(Matcher message, Request sent) {
        int status = Integer.parseInt(message.group(1) == null ? message.group(2) : message.group(1));
        return new Reply(status, Map::of, () -> named(sent.headers()), "", null);
    }

    /**
     * Makes a connection as an exchange would, and sends nothing over it.
     *
     * @return null where there is no TLS
     */
    @Nullable
    SSLSession connect(Duration allowed, Cancellation cancellation) throws IOException {
        Call call =
                http().newCall(new Request.Builder().url(endpoint.toString()).build());
        call.timeout().timeout(allowed.toNanos(), TimeUnit.NANOSECONDS);
        cancellation.onCancel(call::cancel);
        Exchange onlyConnects = new Exchange(pooled) {
            @Override
            void begin(@Nullable Connection connection) throws IOException {
                throw new ConnectedException(connection);
            }
        };
        try (Response response = execute(call, onlyConnects)) {
            throw new IllegalStateException("a request was sent, and answered with " + response.code());
        } catch (ConnectedException standing) {
            return standing.session;
        }
    }

    /** Only once: whatever OkHttp thinks of a failure, it cannot send it again. */
    private static @Nullable RequestBody body(ApiRequest request) {
        String text = request.body();
        if (text == null) {
            return null;
        }
        RequestBody body = RequestBody.create(
                text.getBytes(StandardCharsets.UTF_8), text.isEmpty() ? null : MediaType.get("application/json"));
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return body.contentType();
            }

            @Override
            public long contentLength() throws IOException {
                return body.contentLength();
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                body.writeTo(sink);
            }
        };
    }

    /** What an exchange that brought no answer means. */
    FineTuneException.Builder failure(IOException e, boolean sent) {
        return Unanswered.of(e, endpoint.host(), proxy, sent, key::redact);
    }

    private OkHttpClient http() throws InterruptedIOException {
        try {
            return http.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            // each call gets an exception of its own
            if (e.getCause() instanceof FineTuneException failure) {
                throw failure.toBuilder().build();
            }
            throw new CompletionException(e.getCause());
        }
    }

    /** Keeps no connection: a pooled one may be closed, and whether a write ran on it is then unknown. */
    private OkHttpClient httpForWrites() throws InterruptedIOException {
        OkHttpClient known = httpForWrites;
        if (known == null) {
            known = http().newBuilder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .build();
            httpForWrites = known;
        }
        return known;
    }

    /** Executes a call. OkHttp is Kotlin, and throws an InterruptedException that it does not declare. */
    private static Response execute(Call call, Exchange exchange) throws IOException {
        EXCHANGE.set(exchange);
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw interrupted(e);
        } finally {
            EXCHANGE.remove();
        }
    }

    private static InterruptedIOException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(e);
        return interrupted;
    }

    private Reply reply(Response response, Request sent, @Nullable BodyReader stream, Cancellation cancellation)
            throws IOException {
        String body = "";
        String encoding = response.header("Content-Encoding");
        if (encoding != null
                && !encoding.isBlank()
                && !encoding.strip().equalsIgnoreCase("identity")
                && !response.body().source().exhausted()) {
            if (response.isSuccessful()) {
                throw JobReader.unreadable(
                        "encoded as " + Excerpt.of(key.redact(encoding)) + ", which was not asked for", null);
            }
        } else if (stream != null && response.isSuccessful()) {
            stream.read(response.body().byteStream());
        } else {
            body = body(response, cancellation);
        }
        return reply(response, sent, key.redact(body), null);
    }

    private Reply reply(Response response, Request sent, String body, @Nullable String elsewhere) {
        return new Reply(
                response.code(), () -> named(response.headers()), () -> named(sent.headers()), body, elsewhere);
    }

    private static String body(Response response, Cancellation cancellation) throws IOException {
        BufferedSource source = response.body().source();
        if (response.isSuccessful()) {
            if (response.body().contentLength() > MAX_BODY || source.request(MAX_BODY + 1L)) {
                throw new BodyTooLargeException();
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

    /** Headers as a caller may see them: names in lower case, without the key. */
    private Map<String, List<String>> named(Headers headers) {
        Map<String, List<String>> named = new HashMap<>();
        headers.forEach(header -> {
            String name = key.redactAnyCase(header.getFirst().toLowerCase(Locale.ROOT));
            if (!name.equals("authorization")) {
                named.computeIfAbsent(
                                name.equals(HIDDEN_RETRY_AFTER.toLowerCase(Locale.ROOT)) ? "retry-after" : name,
                                n -> new ArrayList<>())
                        .add(key.redactAnyCase(header.getSecond()));
            }
        });
        return Map.copyOf(named);
    }

    private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme())
                && one.host().equals(other.host())
                && one.port() == other.port()
                && other.username().isEmpty()
                && other.password().isEmpty();
    }

    /** Scheme, host, port and path. */
    private String shown(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        String port = url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port();
        return key.redact(url.scheme() + "://" + host + port + url.encodedPath());
    }

    /** The last word on retries: a caller's interceptor before this one may have switched them on. */
    private static Response withoutRetries(Interceptor.Chain chain) throws IOException {
        Interceptor.Chain once = chain;
        try {
            once = chain.withRetryOnConnectionFailure(false);
        } catch (NoSuchMethodError e) {
            // OkHttp 4 comes first on this class path: its interceptors cannot switch retries on
        }
        return once.proceed(chain.request());
    }

    /** Called when the connection stands and nothing is sent yet. */
    private static Response onTheWire(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null) {
            // without it, a request behind a handshake waits for an acknowledgement that servers delay by up to 40 ms
            connection.socket().setTcpNoDelay(true);
        }
        Exchange exchange = EXCHANGE.get();
        if (exchange != null) {
            exchange.connected(connection);
        }
        Response response = chain.proceed(chain.request());
        if (exchange != null) {
            exchange.answered = true;
        }
        Response.Builder seenByOkHttp = response.newBuilder();
        String retryAfter = response.header("Retry-After");
        if (retryAfter != null && retryAfter.matches("\\d+")) {
            seenByOkHttp.removeHeader("Retry-After").header(HIDDEN_RETRY_AFTER, retryAfter);
        }
        if ("gzip".equalsIgnoreCase(response.header("Content-Encoding")) && isEmpty(response)) {
            // an empty body is no gzip stream, and OkHttp would fail to read it as one
            seenByOkHttp.removeHeader("Content-Encoding");
        }
        return seenByOkHttp.build();
    }

    private static boolean isEmpty(Response response) throws IOException {
        try {
            return response.body().source().exhausted();
        } catch (IOException | RuntimeException e) {
            response.close(); // its connection would stay open otherwise
            throw e;
        }
    }

    /** In clear only to this machine, whatever a name resolves to. */
    private static List<InetAddress> loopbackAlone(String host) throws UnknownHostException {
        List<InetAddress> loopback = new ArrayList<>(Dns.SYSTEM.lookup(host));
        loopback.removeIf(address -> !address.isLoopbackAddress());
        if (loopback.isEmpty()) {
            throw new UnknownHostException(host + " is not this machine, and plain http goes nowhere else");
        }
        return loopback;
    }

    @Override
    public void close() {
        if (ownsHttp && http.isDone() && !http.isCompletedExceptionally()) {
            http.join().connectionPool().evictAll();
        }
    }

    /**
     * How names are looked up. A class: lambdas of OkHttp's type are kept by no archive of classes (3 ms of a start), and
     * OkHttp compares it with its own, where a record would first have its equals made (10 ms).
     */
    private static final class Names implements Dns {
        private interface Resolver {
            List<InetAddress> addresses(String host) throws UnknownHostException;
        }

        private final Resolver resolver;

        Names(Resolver resolver) {
            this.resolver = resolver;
        }

        @Override
        public List<InetAddress> lookup(String host) throws UnknownHostException {
            return Lookup.interruptibly(() -> resolver.addresses(host));
        }
    }

    /** Thrown in place of sending what was to be connected only. */
    private static final class ConnectedException extends IOException {
        private static final long serialVersionUID = 1;

        private final transient @Nullable SSLSession session;

        ConnectedException(@Nullable Connection connection) {
            super("connected");
            session =
                    connection != null && connection.socket() instanceof SSLSocket socket ? socket.getSession() : null;
        }
    }

    /** An answer, or one item of a streamed one, that is too large to be held. */
    static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        BodyTooLargeException() {
            super("larger than " + MAX_BODY / 1024 / 1024 + " MiB");
        }
    }
}
