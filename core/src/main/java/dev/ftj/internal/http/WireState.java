package dev.ftj.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** How far one exchange has come, as OkHttp's interceptors see it. */
final class WireState {
    /** {@code Retry-After} is renamed to this: OkHttp retries a 503 with {@code Retry-After: 0} by itself. */
    static final String HIDDEN_RETRY_AFTER = "x-ftj-retry-after";

    /** The exchange of this thread. (A tag of the request would load Kotlin's reflection: 15 ms.) */
    private static final ThreadLocal<WireState> CURRENT = new ThreadLocal<>();

    private final Set<Connection> pooled;
    private final @Nullable AtomicBoolean sent;
    private @Nullable Connection connection;
    private boolean reused;
    private boolean answered;

    /**
     * @param pooled the connections that have carried a request
     * @param sent set before the first byte of the request is sent; null to connect only, and to fail then
     */
    WireState(Set<Connection> pooled, @Nullable AtomicBoolean sent) {
        this.pooled = pooled;
        this.sent = sent;
    }

    /** Returns the connection over which the request was, or would have been, sent; null if there was none. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** Whether a pooled connection broke before a response: the server had closed it, and the request never ran. */
    boolean metClosedConnection(IOException e) {
        // See OkHttpAssumptionsTest.aPooledConnectionThatTheServerHasClosedIsUsedAgain.
        return reused && !answered && !(e instanceof InterruptedIOException) && !TransportErrors.isRefusedStream(e);
    }

    /** Executes a call. OkHttp is Kotlin, and throws an InterruptedException that it does not declare. */
    Response execute(Call call) throws IOException {
        CURRENT.set(this);
        try {
            return call.execute();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // See OkHttpAssumptionsTest.anInterruptedThreadGetsAnInterruptedExceptionThatIsNotDeclared.
            throw interrupted(e);
        } finally {
            CURRENT.remove();
        }
    }

    /** Returns the failure of an exchange whose thread was interrupted, and is again. */
    static InterruptedIOException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Switches OkHttp's retries off, which an interceptor of a caller's client may have switched on. */
    static Response withoutRetries(Interceptor.Chain chain) throws IOException {
        Interceptor.Chain once = chain;
        try {
            // See OkHttpAssumptionsTest.anInterceptorSwitchesRetriesOnAgain.
            once = chain.withRetryOnConnectionFailure(false);
        } catch (NoSuchMethodError e) {
            // OkHttp 4 comes first on this class path: its interceptors cannot switch retries on
        }
        return once.proceed(chain.request());
    }

    /** Called when the connection is established and nothing is sent yet. */
    static Response onTheWire(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null) {
            // without it, a request after a handshake waits for an acknowledgement that servers delay by up to 40 ms
            connection.socket().setTcpNoDelay(true);
        }
        WireState exchange = CURRENT.get();
        if (exchange != null) {
            exchange.connection = connection;
            if (exchange.sent == null) {
                throw new IOException("connected");
            }
            exchange.reused = connection != null && !exchange.pooled.add(connection);
            exchange.sent.set(true);
        }
        Response response = chain.proceed(chain.request());
        if (exchange != null) {
            exchange.answered = true;
        }
        Response.Builder seenByOkHttp = response.newBuilder();
        String retryAfter = response.header("Retry-After");
        if (retryAfter != null && retryAfter.matches("\\d+")) {
            // See OkHttpAssumptionsTest.a503WithRetryAfterZeroIsRepeatedWithRetriesSwitchedOff.
            seenByOkHttp.removeHeader("Retry-After").header(HIDDEN_RETRY_AFTER, retryAfter);
        }
        if ("gzip".equalsIgnoreCase(response.header("Content-Encoding")) && isEmpty(response)) {
            // an empty body is no gzip stream, and OkHttp would fail to read it as one
            // See OkHttpAssumptionsTest.anEmptyGzipBodyEndsTooEarly.
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
}
