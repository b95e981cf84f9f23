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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
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

    private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

    private final Endpoint endpoint;
    private final Transport transport;
    private final RetryPolicy policy;
    private final Timing timing;
    private final Duration timeout;
    private final Consumer<Attempt> listener;
    private final ThreadPoolExecutor executor = daemons();
    private final Set<ApiCall<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private FineTuneClient(Builder builder) {
        ApiKey key = builder.key != null ? builder.key : ApiKey.fromEnvironment(builder.environment);
        endpoint = builder.endpoint != null ? builder.endpoint : Endpoint.fromEnvironment(builder.environment);
        policy = new RetryPolicy(builder.attempts, builder.jitter);
        timing = builder.timing;
        timeout = builder.timeout;
        listener = builder.listener;
        transport = new Transport(endpoint, key, UserAgent.with(builder.userAgentSuffix), builder.settings(), executor);
    }

    /**
     * A client made from the environment: {@code ATAI_API_KEY} (or {@code ATAI_API_KEY_FILE}),
     * {@code ATAI_API_ENDPOINT}, {@code HTTPS_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, {@code SSL_CERT_FILE}.
     *
     * @return a client to share and to close
     * @throws FineTuneException of kind {@code AUTH} where there is no key, {@code USAGE} where a variable cannot be
     *     used, {@code LOCAL} where a file that one names cannot be read
     */
    public static FineTuneClient create() {
        return builder().build();
    }

    /**
     * A client made step by step; what is not set comes from the environment, as in {@link #create()}.
     *
     * @return a builder
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
     * @param id the job's id, 1 to 64 characters
     * @return the record as the server has it now
     * @throws FineTuneException where it could not be had; of kind {@code USAGE}, before any request, where the text
     *     cannot be an id
     */
    public FineTuneJob job(String id) {
        return job(JobId.of(id));
    }

    /**
     * The full record of one job: {@code GET /fine-tune/jobs/{job_id}}. Interrupting the thread cancels the call.
     *
     * @param id the job's id
     * @return the record as the server has it now
     * @throws FineTuneException where it could not be had, of kind {@code CANCELLED} where the thread was interrupted
     */
    public FineTuneJob job(JobId id) {
        return joined(jobAsync(id), id);
    }

    /**
     * The same without waiting: a future whose cancellation cancels the call, and that otherwise ends with the record
     * or exceptionally with a {@link FineTuneException}. At most 32 calls of a client are under way at once; a later
     * one waits for its turn, which does not count towards its deadline.
     *
     * @param id the job's id
     * @return the future record; cancel this one, not a stage that depends on it
     */
    public CompletableFuture<FineTuneJob> jobAsync(JobId id) {
        return submit(ApiRequest.job(id), reply -> JobReader.read(reply.body(), id));
    }

    /**
     * The records of many jobs, 8 at a time, in the order of their ids: each a record or its own failure. The ids are
     * read as they are needed, on a thread of this client's, a few ahead of what is taken from the stream: memory does
     * not grow with their number.
     *
     * @param ids any ids; one that cannot be an id fails by itself, and the others go on
     * @return a lazy stream, to be closed when it is left early
     */
    public Stream<JobResult> jobs(Iterable<String> ids) {
        return ManyJobs.stream(this::jobAsync, ids);
    }

    /**
     * Where this client sends its requests.
     *
     * @return the endpoint
     */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Cancels what is under way and lets go of the connections. A caller's own {@code OkHttpClient} stays open. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(ApiCall::cancel);
        executor.shutdown();
        transport.close();
    }

    /** The one way to the wire; sync calls wait for its future. */
    private <T> CompletableFuture<T> submit(ApiRequest request, Function<Reply, T> reader) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        ApiCall<T> call = new ApiCall<>(transport, policy, timing, timeout, listener, request, reader);
        CompletableFuture<T> future = new CompletableFuture<>();
        underWay.add(call);
        future.whenComplete((value, failure) -> {
            underWay.remove(call);
            if (future.isCancelled()) {
                call.cancel();
            }
        });
        executor.execute(() -> {
            try {
                if (!future.isDone()) {
                    future.complete(call.run());
                }
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
        });
        return future;
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
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ThreadPoolExecutor daemons() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "ftj-" + THREAD_NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** What a client is made of. Not safe for several threads. */
    public static final class Builder {
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
         * @param variables in place of {@link System#getenv()}
         * @return this
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * The API key.
         *
         * @param apiKey in place of {@code ATAI_API_KEY}
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
         * @param wholeCall more than zero; 60 s where not set
         * @return this
         */
        public Builder timeout(Duration wholeCall) {
            timeout = positive(wholeCall);
            return this;
        }

        /**
         * How long a connection may take to be made.
         *
         * @param connect more than zero; 10 s where not set
         * @return this
         */
        public Builder connectTimeout(Duration connect) {
            connectTimeout = positive(connect);
            return this;
        }

        /**
         * How long the server may be silent within an attempt.
         *
         * @param withoutByte more than zero; 30 s where not set
         * @return this
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
         * @param client the caller's
         * @return this
         */
        public Builder okHttpClient(OkHttpClient client) {
            callersClient = client;
            return this;
        }

        /**
         * What the {@code User-Agent} says after {@code ftj/VERSION}.
         *
         * @param product such as {@code my-program/1.2}, printable ASCII
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

        private Transport.Settings settings() {
            Proxies chosen = proxies != null || callersClient != null ? proxies : Proxies.fromEnvironment(environment);
            return new Transport.Settings(
                    callersClient, connectTimeout, silence, chosen, () -> Trust.fromEnvironment(environment));
        }

        /**
         * The client.
         *
         * @return a client to share and to close
         * @throws FineTuneException as {@link FineTuneClient#create()}
         */
        public FineTuneClient build() {
            return new FineTuneClient(this);
        }

        private static Duration positive(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a timeout is more than zero, not " + duration);
            }
            return duration;
        }
    }
}
