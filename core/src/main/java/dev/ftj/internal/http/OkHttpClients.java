package dev.ftj.internal.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of a {@link Transport}: for https and for plain http to loopback, each with pooled connections and,
 * for writes, without.
 */
final class OkHttpClients implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(45);

    private static final Dns SYSTEM = new Names(false);
    private static final Dns LOOPBACK_ONLY = new Names(true);

    private final TransportSettings settings;
    private @Nullable Scheme https;
    private @Nullable Scheme http;

    /** The clients of one scheme. */
    private static final class Scheme {
        private final CompletableFuture<OkHttpClient> pooled;
        private volatile @Nullable OkHttpClient unpooled;

        Scheme(CompletableFuture<OkHttpClient> pooled) {
            this.pooled = pooled;
        }
    }

    /** @param encrypted the scheme that is needed first: its client is built on another thread, as that takes longest */
    OkHttpClients(TransportSettings settings, boolean encrypted) {
        this.settings = settings;
        scheme(encrypted);
        if (encrypted && settings.callersClient() == null) {
            start(OkHttpClients::warmUpCurves);
        }
    }

    /** Starts a thread of its own: the calls' threads wait for it, and may be as few as one. */
    private static void start(Runnable task) {
        new CallDispatcher.Worker(task).start();
    }

    /** Computes the tables of the curves before the first TLS handshake needs them (15 ms on Java 17, 50 ms on 25). */
    private static void warmUpCurves() {
        try {
            KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
            p256.initialize(new ECGenParameterSpec("secp256r1"));
            p256.generateKeyPair();
            KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException | ProviderException e) {
            // a Java without them offers others, and the handshake reports any other problem
        }
    }

    /** Returns the client with pooled connections. */
    OkHttpClient pooled(boolean encrypted) throws InterruptedIOException {
        try {
            return scheme(encrypted).pooled.get();
        } catch (InterruptedException e) {
            throw WireState.interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HttpFailure failure ? failure.copy() : new CompletionException(e.getCause());
        }
    }

    /**
     * Returns the client for writes. It pools no connection: a pooled one may be closed by the server, and whether a
     * write ran on it is then unknown.
     */
    OkHttpClient unpooled(boolean encrypted) throws InterruptedIOException {
        Scheme scheme = scheme(encrypted);
        // See OkHttpAssumptionsTest.bytesBeyondTheContentLengthBreakTheNextCallOnThatConnection.
        OkHttpClient known = scheme.unpooled;
        if (known == null) {
            known = pooled(encrypted)
                    .newBuilder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .build();
            scheme.unpooled = known;
        }
        return known;
    }

    private synchronized Scheme scheme(boolean encrypted) {
        Scheme known = encrypted ? https : http;
        if (known == null) {
            known = new Scheme(CompletableFuture.supplyAsync(() -> build(encrypted), OkHttpClients::start));
            if (encrypted) {
                https = known;
            } else {
                http = known;
            }
        }
        return known;
    }

    private OkHttpClient build(boolean encrypted) {
        OkHttpClient callers = settings.callersClient();
        OkHttpClient.Builder builder = callers != null
                ? callers.newBuilder()
                : new OkHttpClient.Builder()
                        .connectionPool(
                                new ConnectionPool(settings.keptConnections(), IDLE.toSeconds(), TimeUnit.SECONDS))
                        .connectTimeout(settings.connectTimeout())
                        .socketFactory(new BufferedSockets())
                        .readTimeout(settings.silence())
                        .writeTimeout(settings.silence());
        builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cache(null)
                .addNetworkInterceptor(WireState::onTheWire);
        if (callers != null) {
            builder.addInterceptor(WireState::withoutRetries);
        }
        if (!encrypted) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                    .proxy(Proxy.NO_PROXY)
                    .dns(LOOPBACK_ONLY);
            return builder.build();
        }
        if (callers == null) {
            builder.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).dns(SYSTEM);
            TlsTrust trust = TlsTrust.fromEnvironment(settings.environment(), OkHttpClients::start);
            builder.sslSocketFactory(trust.socketFactory(), trust);
        }
        EnvironmentProxySelector proxies = settings.proxies();
        if (proxies != null) {
            builder.proxy(null)
                    .proxySelector(proxies.resolved())
                    .proxyAuthenticator((route, response) -> credentials(proxies, response.request()));
        }
        return builder.build();
    }

    /** Sends the proxy's credentials with CONNECT only: a 407 from beyond the tunnel is the server's. */
    private static @Nullable Request credentials(EnvironmentProxySelector proxies, Request asked) {
        String authorization = proxies.authorization();
        // See OkHttpAssumptionsTest.theProxysAuthenticatorIsAskedForA407FromBehindTheTunnel.
        return authorization == null || !asked.method().equals("CONNECT") || asked.header("Proxy-Authorization") != null
                ? null
                : asked.newBuilder()
                        .header("Proxy-Authorization", authorization)
                        .build();
    }

    /** Plain http goes only to this machine, whatever a name resolves to. */
    private static List<InetAddress> loopbackOnly(String host) throws UnknownHostException {
        List<InetAddress> loopback = new ArrayList<>(Dns.SYSTEM.lookup(host));
        loopback.removeIf(address -> !address.isLoopbackAddress());
        if (loopback.isEmpty()) {
            throw new UnknownHostException(host + " is not this machine, and plain http goes nowhere else");
        }
        return loopback;
    }

    @Override
    public synchronized void close() {
        if (settings.callersClient() == null) {
            evict(https);
            evict(http);
        }
    }

    private static void evict(@Nullable Scheme scheme) {
        if (scheme != null && scheme.pooled.isDone() && !scheme.pooled.isCompletedExceptionally()) {
            scheme.pooled.join().connectionPool().evictAll();
        }
    }

    /**
     * Resolves names. A class: the class-data archive keeps no lambdas of OkHttp's type (3 ms of a start), and OkHttp
     * compares it with its own, for which a record would generate its {@code equals} (10 ms).
     */
    private static final class Names implements Dns {
        private final boolean loopbackOnly;

        Names(boolean loopbackOnly) {
            this.loopbackOnly = loopbackOnly;
        }

        @Override
        public List<InetAddress> lookup(String host) throws UnknownHostException {
            return AbandonableDns.lookup(() -> loopbackOnly ? loopbackOnly(host) : Dns.SYSTEM.lookup(host));
        }
    }

    /**
     * Makes sockets that write in blocks of 128 KiB, as many as the JDK passes on at once, or what there is when they are
     * flushed. OkHttp writes 8 KiB at a time: an upload of 1 GB over loopback takes a fifth longer with it.
     */
    private static final class BufferedSockets extends SocketFactory {
        private static final int BLOCK = 128 * 1024;

        @Override
        public Socket createSocket() {
            return new Socket() {
                private @Nullable OutputStream out;

                @Override
                public synchronized OutputStream getOutputStream() throws IOException {
                    if (out == null) {
                        out = new BufferedOutputStream(super.getOutputStream(), BLOCK);
                    }
                    return out;
                }
            };
        }

        // OkHttp connects its sockets itself.

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
