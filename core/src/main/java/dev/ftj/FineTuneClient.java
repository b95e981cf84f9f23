package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.net.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of the fine-tune API: fetches the record of a job, of one or of many.
 *
 * <pre>{@code
 * try (FineTuneClient client = FineTuneClient.create()) {
 *     FineTuneJob job = client.job("ftj-my-finetune-run-3de60a5c");
 *     System.out.println(job.status() + " " + job.inferenceConfigPath());
 * }
 * }</pre>
 *
 * <p>Make one and share it: it is safe for any number of threads, and keeps its connections. Its own threads are
 * daemons, so that a program that never closes it ends all the same. Every call has one deadline (60 s unless
 * {@linkplain Builder#timeout set}), within which the failures that pass (429, 5xx, a broken connection) are tried
 * again. Every failure is a {@link FineTuneException}.
 */
public final class FineTuneClient implements AutoCloseable {
    /** Enough for a notebook's futures; {@link #jobs} is bounded by itself. */
    private static final int THREADS = 32;

    private final Endpoint endpoint;
    private final ApiKey key;
    private final Transport transport;
    private final RetryPolicy policy;
    private final Timing timing;
    private final Duration timeout;
    private final Consumer<Attempt> listener;
    private final ThreadPoolExecutor executor = daemons();
    private final Set<ApiCall<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private FineTuneClient(Builder builder) {
        key = builder.key != null ? builder.key : ApiKey.fromEnvironment(builder.environment);
        endpoint = builder.endpoint != null ? builder.endpoint : Endpoint.fromEnvironment(builder.environment);
        policy = new RetryPolicy(builder.attempts, builder.jitter);
        timing = builder.timing;
        timeout = builder.timeout;
        listener = builder.listener;
        transport = new Transport(
                endpoint, key, UserAgent.with(builder.userAgentSuffix), builder.settings(endpoint), executor);
    }

    /**
     * A client made from the environment: {@code ATAI_API_KEY} (or {@code ATAI_API_KEY_FILE}),
     * {@code ATAI_API_ENDPOINT}, {@code HTTPS_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, {@code SSL_CERT_FILE}.
     *
     * @return a client to share and to close
     * @throws FineTuneException of kind {@code AUTH} where there is no key, {@code USAGE} where a variable cannot be
     *     used, {@code LOCAL} where the key's file cannot be read; a certificate file that cannot be read fails the calls
     */
    public static FineTuneClient create() {
        return builder().build();
    }

    /**
     * A client made step by step; what is not set comes from the environment, as in {@link #create()}.
     *
     * @return a new builder, for one thread
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The version of this library.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        return UserAgent.version();
    }

    /**
     * The full record of one job: {@code GET /fine-tune/jobs/{job_id}}.
     *
     * @param id the API's {@code job_id}: 1 to 64 code points, sent percent-encoded
     * @return the record as the server has it now
     * @throws FineTuneException where it could not be had; of kind {@code USAGE}, before any request, where the text
     *     cannot be an id
     * @throws IllegalStateException where this client is closed
     */
    public FineTuneJob job(String id) {
        return job(JobId.of(id));
    }

    /**
     * The full record of one job: {@code GET /fine-tune/jobs/{job_id}}. Interrupting the thread cancels the call.
     *
     * @param id the API's {@code job_id}, sent percent-encoded
     * @return the record as the server has it now
     * @throws FineTuneException where it could not be had, of kind {@code CANCELLED} where the thread was interrupted
     * @throws IllegalStateException where this client is closed
     */
    public FineTuneJob job(JobId id) {
        Executor where = Thread.currentThread() instanceof Worker ? Runnable::run : executor;
        return joined(submit(call(id), where), id);
    }

    /**
     * The training metrics of one job: {@code GET /fine-tune/jobs/{job_id}/metrics}.
     *
     * @param id the API's {@code job_id}, sent percent-encoded
     * @return the metrics as the server has them now, none where the job has none yet
     * @throws FineTuneException where they could not be had
     */
    public JobMetrics metrics(JobId id) {
        Executor where = Thread.currentThread() instanceof Worker ? Runnable::run : executor;
        ApiRequest job = ApiRequest.job(id);
        ApiCall<JobMetrics> call = new ApiCall<>(
                transport,
                policy,
                timing,
                timeout,
                listener,
                new ApiRequest(job.method(), job.path() + "/metrics", id),
                reply -> MetricsReader.read(reply.body(), id.value()));
        return joined(submit(call, where), id);
    }

    /**
     * The same without waiting: a future whose cancellation cancels the call, and that otherwise ends with the record
     * or exceptionally with a {@link FineTuneException}. At most 32 calls of a client are under way at once; a later
     * one waits for its turn, which does not count towards its deadline.
     *
     * @param id the API's {@code job_id}, sent percent-encoded
     * @return the future record; cancel this one, not a stage that depends on it
     * @throws FineTuneException of kind {@code USAGE}, at once, where the API key stands in the place of the id
     * @throws IllegalStateException where this client is closed
     */
    public CompletableFuture<FineTuneJob> jobAsync(JobId id) {
        return submit(call(id), executor);
    }

    private ApiCall<FineTuneJob> call(JobId id) {
        if (!key.redact(id.value()).equals(id.value())) {
            throw FineTuneException.of(Kind.USAGE, "the API key stands where a job's id belongs", "Nothing was sent");
        }
        return new ApiCall<>(
                transport,
                policy,
                timing,
                timeout,
                listener,
                ApiRequest.job(id),
                reply -> JobReader.read(reply.body(), id));
    }

    /**
     * The records of many jobs, 8 at a time, in the order of their ids: each a record or its own failure. The ids are
     * read as they are needed, on a thread of this client's, a few ahead of what is taken from the stream: memory does
     * not grow with their number.
     *
     * @param ids any ids; one that cannot be an id fails by itself, and the others go on
     * @return a lazy stream, to be closed when it is left early; to interrupt the thread that reads it ends it with a
     *     {@link FineTuneException} of kind {@code CANCELLED}, and what {@code ids} throws ends it, too
     */
    public Stream<JobResult> jobs(Iterable<String> ids) {
        return ManyJobs.stream(this::jobAsync, ids);
    }

    /**
     * Where this client sends its requests.
     *
     * @return the endpoint that the builder was given, else the one that its environment named
     */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Cancels what is under way and lets go of the connections; a later call is an {@code IllegalStateException}. A
     * caller's own {@code OkHttpClient} stays open.
     */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(ApiCall::cancel);
        transport.close();
    }

    /** The one way to the wire; sync calls wait for its future. */
    private <T> CompletableFuture<T> submit(ApiCall<T> call, Executor where) {
        CompletableFuture<T> future = new CompletableFuture<>();
        underWay.add(call);
        // whoever ends the future before the call has ended (cancel, orTimeout) ends the call
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (underWay.remove(call)) {
                call.cancel();
            }
        });
        if (closed) {
            underWay.remove(call);
            throw new IllegalStateException("the client is closed");
        }
        where.execute(() -> complete(future, call));
        return future;
    }

    private <T> void complete(CompletableFuture<T> future, ApiCall<T> call) {
        if (future.isDone()) {
            return;
        }
        try {
            T value = call.run();
            underWay.remove(call);
            future.complete(value);
        } catch (Throwable failure) {
            underWay.remove(call);
            future.completeExceptionally(failure);
        }
    }

    private static <T> T joined(CompletableFuture<T> future, JobId id) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw FineTuneException.ofJob(Kind.CANCELLED, id.value(), "cancelled", null);
        } catch (CancellationException e) {
            throw FineTuneException.ofJob(Kind.CANCELLED, id.value(), "cancelled", null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FineTuneException failure) {
                // the caller's line is of use in the trace; the pool's thread is not
                failure.fillInStackTrace();
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ThreadPoolExecutor daemons() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Worker::new);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * A thread of a client's. A call made on one (in a stage of a future, in a listener) runs there and then: were it
     * queued, all of them could come to wait for each other.
     */
    private static final class Worker extends Thread {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        Worker(Runnable task) {
            super(task, "ftj-" + NUMBER.incrementAndGet());
            setDaemon(true);
        }
    }

    /** What a client is made of. Not safe for several threads. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofDays(24);

        private Map<String, String> environment = System.getenv();
        private @Nullable ApiKey key;
        private @Nullable Endpoint endpoint;
        private @Nullable Proxies proxies;
        private @Nullable OkHttpClient callersClient;
        private @Nullable String userAgentSuffix;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration silence = Duration.ofSeconds(30);
        private Duration timeout = Duration.ofSeconds(60);
        private int attempts = 4;
        private Consumer<Attempt> listener = attempt -> {};
        private Timing timing = Timing.SYSTEM;
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /**
         * The variables that stand for what is not set here.
         *
         * @param variables in place of {@link System#getenv()}; copied
         * @return this
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * The API key.
         *
         * @param apiKey in place of {@code ATAI_API_KEY} and {@code ATAI_API_KEY_FILE}
         * @return this
         */
        public Builder apiKey(ApiKey apiKey) {
            key = apiKey;
            return this;
        }

        /**
         * Where the API is.
         *
         * @param base in place of {@code ATAI_API_ENDPOINT}
         * @return this
         */
        public Builder endpoint(Endpoint base) {
            endpoint = base;
            return this;
        }

        /**
         * The deadline of a call with all its attempts.
         *
         * @param wholeCall more than zero, 24 days at most (a longer one is taken as that); 60 s where not set
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder timeout(Duration wholeCall) {
            timeout = positive(wholeCall);
            return this;
        }

        /**
         * How long a connection may take to be made.
         *
         * @param connect more than zero; 10 s where not set; a caller's {@code OkHttpClient} keeps its own
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder connectTimeout(Duration connect) {
            connectTimeout = positive(connect);
            return this;
        }

        /**
         * How long the server may be silent within an attempt.
         *
         * @param withoutByte more than zero; 30 s where not set; a caller's {@code OkHttpClient} keeps its own
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder silenceTimeout(Duration withoutByte) {
            silence = positive(withoutByte);
            return this;
        }

        /**
         * How often a request is sent at most, when it fails in a way that passes.
         *
         * @param most 1 for no repetition; 4 where not set
         * @return this
         * @throws IllegalArgumentException where it is less than 1
         */
        public Builder attempts(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("attempts: at least 1, not " + most);
            }
            attempts = most;
            return this;
        }

        /**
         * The proxy for every host but this machine.
         *
         * @param proxy {@link Proxy#NO_PROXY} for none; in place of {@code HTTPS_PROXY} and {@code ALL_PROXY}
         * @return this
         */
        public Builder proxy(Proxy proxy) {
            proxies = Proxies.always(proxy);
            return this;
        }

        /**
         * A client of the caller's, to share its connections, interceptors, timeouts, trust and proxy. Redirects and
         * repeated requests are this library's own, whatever it says; it is not closed.
         *
         * @param client left as it is: requests go through a copy of it
         * @return this
         */
        public Builder okHttpClient(OkHttpClient client) {
            callersClient = client;
            return this;
        }

        /**
         * What the {@code User-Agent} says after {@code ftj/VERSION}.
         *
         * @param product such as {@code my-program/1.2}, printable ASCII; with anything else {@link #build} throws an
         *     {@code IllegalArgumentException}
         * @return this
         */
        public Builder userAgentSuffix(String product) {
            userAgentSuffix = product;
            return this;
        }

        /**
         * Told of every attempt when it has ended, on a thread of the client's: for logs and for the impatient.
         *
         * @param each must be quick; what it throws fails the call
         * @return this
         */
        public Builder onAttempt(Consumer<Attempt> each) {
            listener = each;
            return this;
        }

        Builder timing(Timing clock, DoubleSupplier random) {
            timing = clock;
            jitter = random;
            return this;
        }

        private Transport.Settings settings(Endpoint where) {
            Map<String, String> variables = environment;
            boolean ours = proxies == null && callersClient == null && where.encrypted();
            Proxies chosen = ours ? Proxies.fromEnvironment(variables) : proxies;
            return new Transport.Settings(
                    callersClient, connectTimeout, silence, chosen, () -> Trust.fromEnvironment(variables));
        }

        /**
         * The client.
         *
         * @return a client to share and to close
         * @throws FineTuneException as {@link FineTuneClient#create()}
         * @throws IllegalArgumentException where the {@linkplain #userAgentSuffix user agent's suffix} cannot be sent
         */
        public FineTuneClient build() {
            return new FineTuneClient(this);
        }

        private static Duration positive(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a timeout is more than zero, not " + duration);
            }
            // OkHttp counts in whole milliseconds that fit an int
            Duration atLeast = duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
            return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
        }
    }
}
