package dev.ftj;

import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.CallSettings;
import dev.ftj.internal.http.HttpAttempt;
import dev.ftj.internal.http.HttpFailure;
import dev.ftj.internal.http.RetryPolicy;
import dev.ftj.internal.http.TimeSource;
import dev.ftj.internal.http.Transport;
import dev.ftj.internal.http.TransportSettings;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link FineTuneClient}; other settings come from the environment. Not safe for several threads.
 *
 * @since 0.1.0
 */
public final class FineTuneClientBuilder {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(24);

    private Map<String, String> environment = System.getenv();
    private @Nullable ApiKey key;
    private @Nullable Endpoint endpoint;
    private @Nullable Proxy proxy;
    private @Nullable OkHttpClient okHttpClient;
    private @Nullable String userAgentSuffix;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration silence = Duration.ofSeconds(30);
    private Duration timeout = Duration.ofSeconds(60);
    private int attempts = 4;
    private int callsAtOnce = CallDispatcher.AT_ONCE;
    private int jobsAtOnce = BatchFetch.AT_ONCE;
    private @Nullable Consumer<Attempt> listener;
    private TimeSource time = new TimeSource();
    private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

    FineTuneClientBuilder() {}

    /**
     * Sets the environment variables for settings that are not set here.
     *
     * @param variables in place of {@link System#getenv()}; copied
     * @return this
     */
    public FineTuneClientBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /**
     * Sets the API key.
     *
     * @param apiKey in place of {@code ATAI_API_KEY} and {@code ATAI_API_KEY_FILE}
     * @return this
     */
    public FineTuneClientBuilder apiKey(ApiKey apiKey) {
        key = apiKey;
        return this;
    }

    /**
     * Sets the endpoint.
     *
     * @param base in place of {@code ATAI_API_ENDPOINT}
     * @return this
     */
    public FineTuneClientBuilder endpoint(Endpoint base) {
        endpoint = base;
        return this;
    }

    /**
     * Sets the deadline of a call with all its attempts.
     *
     * @param wholeCall more than zero, at most 24 days (a longer one is taken as that); default 60 s
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public FineTuneClientBuilder timeout(Duration wholeCall) {
        timeout = bounded(wholeCall);
        return this;
    }

    /**
     * Sets how long connecting may take.
     *
     * @param connect more than zero; default 10 s; a caller's {@code OkHttpClient} keeps its own
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public FineTuneClientBuilder connectTimeout(Duration connect) {
        connectTimeout = bounded(connect);
        return this;
    }

    /**
     * Sets how long the server may send nothing within an attempt.
     *
     * @param withoutByte more than zero; default 30 s; a caller's {@code OkHttpClient} keeps its own
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public FineTuneClientBuilder silenceTimeout(Duration withoutByte) {
        silence = bounded(withoutByte);
        return this;
    }

    /**
     * Sets how often a request is sent at most, if it fails with a transient failure.
     *
     * @param most 1 for no retry; default 4
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FineTuneClientBuilder attempts(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("attempts: at least 1, not " + most);
        }
        attempts = most;
        return this;
    }

    /**
     * Sets how many calls may run at once; a later one waits. Over HTTP/2 all of them share one connection, else each
     * has its own. A {@link FineTuneClient#list()} that is being read does not count.
     *
     * @param most at least 1; default 32, of which one {@link FineTuneClient#jobs} uses 8; if set, it uses all
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FineTuneClientBuilder callsAtOnce(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("calls at once: at least 1, not " + most);
        }
        callsAtOnce = most;
        jobsAtOnce = most;
        return this;
    }

    /**
     * Sets the proxy for every host except loopback.
     *
     * @param forAll {@link Proxy#NO_PROXY} for none; in place of {@code HTTPS_PROXY} and {@code ALL_PROXY}
     * @return this
     */
    public FineTuneClientBuilder proxy(Proxy forAll) {
        proxy = forAll;
        return this;
    }

    /**
     * Sets a client of the caller's, to share its connections, interceptors, timeouts, trust and proxy. Redirects and
     * retries stay this library's, and writes use new connections; it is not closed. If its resolver of names hangs, an
     * interrupted call ends only with that.
     *
     * @param client left as it is: requests go through a copy of it
     * @return this
     */
    public FineTuneClientBuilder okHttpClient(OkHttpClient client) {
        okHttpClient = client;
        return this;
    }

    /**
     * Sets what the {@code User-Agent} says after {@code ftj/VERSION}.
     *
     * @param product such as {@code my-program/1.2}, printable ASCII; with anything else {@link #build} throws an
     *     {@code IllegalArgumentException}
     * @return this
     */
    public FineTuneClientBuilder userAgentSuffix(String product) {
        userAgentSuffix = product;
        return this;
    }

    /**
     * Sets a listener for every attempt, when it has ended: on the thread that runs the call (one of the client's for
     * a future).
     *
     * @param each must be quick; an exception of its own fails the call
     * @return this
     */
    public FineTuneClientBuilder onAttempt(Consumer<Attempt> each) {
        listener = each;
        return this;
    }

    FineTuneClientBuilder timing(TimeSource clock, DoubleSupplier random) {
        time = clock;
        jitter = random;
        return this;
    }

    /**
     * Builds the client.
     *
     * @return a client to share and to close
     * @throws FineTuneException as {@link FineTuneClient#create()}
     * @throws IllegalArgumentException if the {@linkplain #userAgentSuffix user agent's suffix} cannot be sent
     */
    public FineTuneClient build() {
        ApiKey apiKey = key != null ? key : ApiKey.fromEnvironment(environment);
        Endpoint base = endpoint != null ? endpoint : Endpoint.fromEnvironment(environment);
        String url = base.toString();
        TransportSettings connections =
                new TransportSettings(okHttpClient, connectTimeout, silence, jobsAtOnce, proxy, environment);
        Proxy onTheWay;
        try {
            onTheWay = connections.proxyFor(URI.create(url));
        } catch (HttpFailure e) {
            throw HttpErrors.exception(e, null);
        }
        Transport transport = new Transport(url, apiKey.secret, new UserAgent(userAgentSuffix), connections);
        Consumer<Attempt> each = listener;
        Consumer<HttpAttempt> attemptListener =
                each == null ? null : attempt -> each.accept(HttpErrors.attempt(attempt));
        RetryPolicy policy = new RetryPolicy(attempts, jitter);
        CallSettings settings =
                new CallSettings(transport, policy, time, timeout, HttpErrors::waitInBody, attemptListener);
        ApiCalls calls = new ApiCalls(base, callsAtOnce, settings, apiKey);
        return new FineTuneClient(calls, onTheWay, jobsAtOnce, environment);
    }

    static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a timeout is more than zero, not " + duration);
        }
        return duration;
    }

    private static Duration bounded(Duration duration) {
        positive(duration);
        // OkHttp counts in whole milliseconds that fit an int: see
        // OkHttpAssumptionsTest.aTimeoutOfMoreThan24DaysIsRefused
        Duration atLeast = duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
        return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
    }
}
