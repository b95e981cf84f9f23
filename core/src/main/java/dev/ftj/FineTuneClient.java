package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.net.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of the fine-tune API: fetches the record of a job, of one or of many, follows jobs to their end, and acts on them.
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
    /** The API's {@code limit} for no limit. */
    private static final int ALL = -1;

    /** For so long after a create, a 404 of the new job means that its record is not readable yet. */
    private static final Duration CREATE_LAG = Duration.ofSeconds(60);

    private final Endpoint endpoint;
    private final ApiKey key;
    private final Transport transport;
    private final ApiCall.Rules rules;
    private final DoubleSupplier jitter;
    private final Proxy proxy;
    private final Calls calls;
    private final int jobsAtOnce;

    /** When the jobs of the last {@link #CREATE_LAG} were created, by id and by uuid. */
    private final Map<String, Long> created = new ConcurrentHashMap<>();

    private FineTuneClient(Builder builder) {
        key = builder.key != null ? builder.key : ApiKey.fromEnvironment(builder.environment);
        endpoint = builder.endpoint != null ? builder.endpoint : Endpoint.fromEnvironment(builder.environment);
        jitter = builder.jitter;
        calls = new Calls(builder.callsAtOnce);
        jobsAtOnce = builder.jobsAtOnce;
        Transport.Settings settings = builder.settings(endpoint);
        proxy = settings.proxyFor(endpoint);
        transport = new Transport(endpoint, key, new UserAgent(builder.userAgentSuffix), settings);
        RetryPolicy policy = new RetryPolicy(builder.attempts, jitter);
        rules = new ApiCall.Rules(transport, policy, builder.timing, builder.timeout, builder.listener);
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
        return calls.run(jobCall(id, rules));
    }

    /**
     * The same without waiting: a future whose cancellation cancels the call, and that otherwise ends with the record
     * or exceptionally with a {@link FineTuneException}. At most 32 calls of a client are under way at once
     * (unless {@linkplain Builder#callsAtOnce set}); a later one waits for its turn, which does not count towards its
     * deadline.
     *
     * @param id the API's {@code job_id}, sent percent-encoded
     * @return the future record; cancel this one, not a stage that depends on it
     * @throws FineTuneException of kind {@code USAGE}, at once, where the API key stands in the place of the id
     * @throws IllegalStateException where this client is closed
     */
    public CompletableFuture<FineTuneJob> jobAsync(JobId id) {
        return calls.submit(jobCall(id, rules));
    }

    private ApiCall<FineTuneJob> jobCall(JobId id, ApiCall.Rules how) {
        return new ApiCall<>(how, ApiRequest.job(checked(id)), reply -> JobReader.read(reply.body(), id));
    }

    private JobId checked(JobId id) {
        if (!key.redact(id.value()).equals(id.value())) {
            throw FineTuneException.of(Kind.USAGE, "the API key stands where a job's id belongs", "Nothing was sent");
        }
        return id;
    }

    /**
     * The records of many jobs, 8 at a time (unless {@linkplain Builder#callsAtOnce set}), in the order of their ids:
     * each a record or its own failure. The ids are read as they are needed, on a thread of this client's, a few ahead
     * of what is taken from the stream: memory does not grow with their number.
     *
     * @param ids any ids; one that cannot be an id fails by itself, and the others go on
     * @return a lazy stream, to be closed when it is left early; to interrupt the thread that reads it ends it with a
     *     {@link FineTuneException} of kind {@code CANCELLED}, and what {@code ids} throws ends it, too
     */
    public Stream<JobResult> jobs(Iterable<String> ids) {
        return ManyJobs.stream(this::jobAsync, ids, jobsAtOnce);
    }

    /**
     * All jobs of the organization, in the server's order: {@code GET /fine-tune/jobs}.
     *
     * @return as {@link #list(Collection, int, int)}
     */
    public Stream<JobResult> list() {
        return list(List.of(), ALL, 0);
    }

    /**
     * The jobs of the organization, in the server's order: {@code GET /fine-tune/jobs}. They are handed out while the
     * answer is still being read, so that memory does not grow with their number.
     *
     * @param statuses the API's {@code statuses}: only jobs that are in one of them; empty for all
     * @param limit the API's {@code limit}: how many at most; -1 for all
     * @param offset the API's {@code offset}: how many to leave out before
     * @return a lazy stream, to be closed when it is left early; an element that is no job's record is a failure of its
     *     own, and the others go on. The request is sent when the first is asked for; where it fails, or the answer
     *     breaks off, the stream throws a {@link FineTuneException}
     * @throws IllegalArgumentException where the limit is less than -1 or the offset less than 0
     */
    public Stream<JobResult> list(Collection<JobStatus> statuses, int limit, int offset) {
        if (limit < ALL || offset < 0) {
            throw new IllegalArgumentException("limit " + limit + ", offset " + offset);
        }
        return list(ApiRequest.list(statuses, limit, offset), rules);
    }

    private Stream<JobResult> list(ApiRequest request, ApiCall.Rules how) {
        return JobList.stream(
                reader -> calls.submitApart(new ApiCall<Void>(how, request, reply -> null, reader)), key::redact);
    }

    /**
     * What a job's training has measured so far: {@code GET /fine-tune/jobs/{job_id}/metrics}.
     *
     * @param id the API's {@code job_id}
     * @return a record for each checkpoint, none before the first
     * @throws FineTuneException as {@link #job(String)}
     */
    public JobMetrics metrics(String id) {
        return calls.run(metricsCall(JobId.of(id)));
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return a future as that of {@link #jobAsync}
     */
    public CompletableFuture<JobMetrics> metricsAsync(JobId id) {
        return calls.submit(metricsCall(id));
    }

    private ApiCall<JobMetrics> metricsCall(JobId id) {
        MetricsBody.Kept body = new MetricsBody.Kept(key::redact, true);
        return new ApiCall<>(rules, ApiRequest.metrics(checked(id)), reply -> body.of(id), body);
    }

    /**
     * The same without the text of the records, which takes a fifth of the memory: {@link JobMetrics#rows()} and
     * {@link JobMetrics#json()} of the result throw.
     *
     * @param id the API's {@code job_id}
     * @return the numbers, none before the first record
     * @throws FineTuneException as {@link #job(String)}
     */
    public JobMetrics metricNumbers(String id) {
        return calls.run(metricNumbersCall(JobId.of(id)));
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return a future as that of {@link #jobAsync}
     */
    public CompletableFuture<JobMetrics> metricNumbersAsync(JobId id) {
        return calls.submit(metricNumbersCall(id));
    }

    private ApiCall<JobMetrics> metricNumbersCall(JobId id) {
        MetricsBody.Kept body = new MetricsBody.Kept(key::redact, false);
        return new ApiCall<>(rules, ApiRequest.metrics(checked(id)), reply -> body.of(id), body);
    }

    /**
     * Hands a job's metrics on while the answer is still being read, so that memory does not grow with their number. An
     * answer that breaks off after the first record is not asked for again: the records would come twice.
     *
     * @param id the API's {@code job_id}
     * @param sink takes what comes, on this thread; what it throws ends the call
     * @throws FineTuneException as {@link #job(String)}; the sink may have been handed a part by then
     */
    public void metrics(String id, JobMetrics.Sink sink) {
        JobId job = JobId.of(id);
        MetricsBody.Streamed body = new MetricsBody.Streamed(key::redact, sink);
        try {
            calls.run(new ApiCall<Void>(rules, ApiRequest.metrics(checked(job)), reply -> null, body));
        } catch (FineTuneException e) {
            if (!body.wasLeft()) {
                throw e;
            }
        }
    }

    /**
     * Has a job wind down and keep its last checkpoint: {@code PUT /fine-tune/jobs/{job_id}/stop}.
     *
     * @param id the API's {@code job_id}
     * @return the updated record, STOPPING or STOPPED
     * @throws FineTuneException as {@link #job(String)}; of kind {@code CONFLICT} where the job has ended;
     *     {@linkplain FineTuneException#uncertain() uncertain} where no answer told what came of it
     */
    public FineTuneJob stop(String id) {
        return calls.run(changeCall(ApiRequest.stop(checked(JobId.of(id)))));
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return a future as that of {@link #jobAsync}; to cancel it may come too late
     */
    public CompletableFuture<FineTuneJob> stopAsync(JobId id) {
        return calls.submit(changeCall(ApiRequest.stop(checked(id))));
    }

    /**
     * Ends a job at once, with nothing finalized: {@code PUT /fine-tune/jobs/{job_id}/cancel}.
     *
     * @param id the API's {@code job_id}
     * @return the updated record, CANCELLED
     * @throws FineTuneException as {@link #stop}
     */
    public FineTuneJob cancel(String id) {
        return calls.run(changeCall(ApiRequest.cancel(checked(JobId.of(id)))));
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return a future as that of {@link #jobAsync}; to cancel it may come too late
     */
    public CompletableFuture<FineTuneJob> cancelAsync(JobId id) {
        return calls.submit(changeCall(ApiRequest.cancel(checked(id))));
    }

    /**
     * Deletes a job's record: {@code DELETE /fine-tune/jobs/{job_id}}. A job that runs is not stopped by it.
     *
     * @param id the API's {@code job_id}
     * @throws FineTuneException as {@link #stop}
     */
    public void delete(String id) {
        calls.run(deleteCall(JobId.of(id)));
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return a future as that of {@link #jobAsync}; to cancel it may come too late
     */
    public CompletableFuture<Void> deleteAsync(JobId id) {
        return calls.submit(deleteCall(id));
    }

    private ApiCall<Void> deleteCall(JobId id) {
        return new ApiCall<>(rules, ApiRequest.delete(checked(id)), reply -> null);
    }

    /**
     * Creates a job: {@code POST /fine-tune/jobs}. It is sent once, and again only where it surely did not arrive.
     *
     * @param job what to create
     * @return the record, REGISTERED
     * @throws FineTuneException where it was refused or its answer could not be had; {@linkplain
     *     FineTuneException#uncertain() uncertain} where the job may exist all the same: list the jobs, then
     */
    public FineTuneJob create(NewJob job) {
        return calls.run(createCall(job));
    }

    /**
     * The same without waiting.
     *
     * @param job what to create
     * @return a future as that of {@link #jobAsync}; to cancel it may come too late
     */
    public CompletableFuture<FineTuneJob> createAsync(NewJob job) {
        return calls.submit(createCall(job));
    }

    private ApiCall<FineTuneJob> createCall(NewJob job) {
        ApiRequest request = ApiRequest.create(job);
        return new ApiCall<>(rules, request, reply -> {
            FineTuneJob record = record(request, reply);
            long now = rules.timing().nanos();
            created.values().removeIf(at -> now - at > CREATE_LAG.toNanos());
            Stream.of(record.id(), record.uuid())
                    .filter(Objects::nonNull)
                    .forEach(id -> created.put(String.valueOf(id), now));
            return record;
        });
    }

    private ApiCall<FineTuneJob> changeCall(ApiRequest request) {
        return new ApiCall<>(rules, request, reply -> record(request, reply));
    }

    private static FineTuneJob record(ApiRequest request, Reply reply) {
        JobId id = request.job();
        return id == null ? JobReader.read(reply.body()) : JobReader.read(reply.body(), id);
    }

    /**
     * What the fine-tune node does: {@code GET /fine-tune/status}.
     *
     * @return the node's status, documented or not
     * @throws FineTuneException where it could not be had
     */
    public NodeStatus node() {
        return calls.run(nodeCall());
    }

    /**
     * The same without waiting.
     *
     * @return a future as that of {@link #jobAsync}
     */
    public CompletableFuture<NodeStatus> nodeAsync() {
        return calls.submit(nodeCall());
    }

    private ApiCall<NodeStatus> nodeCall() {
        return new ApiCall<>(rules, ApiRequest.node(), reply -> NodeStatus.read(reply.body()));
    }

    /**
     * Makes a connection as a call would (name, proxy, TLS), and sends no request over it, nor the key: to find out
     * whether the endpoint can be reached at all. It is tried once.
     *
     * @return what TLS agreed upon; empty where the endpoint is plain http
     * @throws FineTuneException of kind {@code NETWORK} or {@code TIMEOUT} where there is no connection to be had, with
     *     the exception of the network as its {@linkplain Throwable#getCause() cause}; of kind {@code LOCAL} where a
     *     certificate file cannot be read, {@code CANCELLED} where the thread was interrupted
     * @throws IllegalStateException where this client is closed
     */
    public Optional<SSLSession> connect() {
        return calls.run(new Connecting(rules));
    }

    /**
     * Waits until a job has ended, without a time limit; {@link Watch} says which failures it goes on through.
     *
     * @param id the API's {@code job_id}
     * @return the final record: COMPLETED, STOPPED, CANCELLED or FAILED
     * @throws FineTuneException if the end could not be learned; of kind {@code CANCELLED} if the thread was
     *     interrupted
     */
    public FineTuneJob await(String id) {
        return only(watch(List.of(id)).run());
    }

    /**
     * The same for a limited time.
     *
     * @param id the API's {@code job_id}
     * @param atMost more than zero
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}; of kind {@code WAIT_TIMEOUT} where the time passed first
     */
    public FineTuneJob await(String id, Duration atMost) {
        return only(watch(List.of(id)).timeout(atMost).run());
    }

    /**
     * The same without waiting.
     *
     * @param id the API's {@code job_id}
     * @return the future final record; to cancel it ends the waiting, never the job
     */
    public CompletableFuture<FineTuneJob> awaitAsync(JobId id) {
        CompletableFuture<List<JobResult>> watched = watch(List.of(id.value())).start();
        CompletableFuture<FineTuneJob> end = watched.thenApply(FineTuneClient::only);
        CompletableFuture<FineTuneJob> unused = end.whenComplete((job, failure) -> watched.cancel(true));
        return end;
    }

    /**
     * Follows a job until it has ended.
     *
     * @param id the API's {@code job_id}
     * @param onChange called with the first record, and whenever the status has changed
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}
     */
    public FineTuneJob watch(String id, Consumer<FineTuneJob> onChange) {
        return only(watch(List.of(id))
                .onUpdate(update -> {
                    FineTuneJob job = update.job();
                    if (update.statusChanged() && job != null) {
                        onChange.accept(job);
                    }
                })
                .run());
    }

    /**
     * Creates a watch of any number of jobs, to be configured and run.
     *
     * @param ids any ids; an invalid one fails by itself, and the others are followed
     * @return a watch that is not running yet
     */
    public Watch watch(List<String> ids) {
        return new Watch(new Polling(), ids);
    }

    private static FineTuneJob only(List<JobResult> results) {
        return results.get(0).get();
    }

    private final class Polling implements PollApi {
        @Override
        public CompletableFuture<FineTuneJob> job(JobId id, boolean retry) {
            return calls.submit(jobCall(id, retry ? rules : rules.once()));
        }

        @Override
        public Stream<JobResult> list() {
            return FineTuneClient.this.list(ApiRequest.list(List.of(), ALL, 0), rules.once());
        }

        @Override
        public Timing timing() {
            return rules.timing();
        }

        @Override
        public DoubleSupplier jitter() {
            return jitter;
        }

        @Override
        public boolean createdRecently(String id) {
            Long at = created.get(id);
            return at != null && rules.timing().nanos() - at <= CREATE_LAG.toNanos();
        }

        @Override
        public Set<Cancellation> underWay() {
            return calls.underWay();
        }
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
     * The proxy by which this client reaches its endpoint.
     *
     * @return {@link Proxy#NO_PROXY} for none; never with credentials, its address not yet looked up
     */
    public Proxy proxy() {
        return proxy;
    }

    /**
     * Cancels what is under way and lets go of the connections; a later call is an {@code IllegalStateException}. A
     * caller's own {@code OkHttpClient} stays open.
     */
    @Override
    public void close() {
        calls.close();
        transport.close();
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
        private int callsAtOnce = Calls.AT_ONCE;
        private int jobsAtOnce = ManyJobs.AT_ONCE;
        private @Nullable Consumer<Attempt> listener;
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
         * How many calls may be under way at once; a later one waits for its turn. A server that speaks HTTP/2 has all
         * of them on one connection, any other on as many connections as there are calls. A
         * {@link FineTuneClient#list()} that is being read does not count.
         *
         * @param most at least 1; where not set 32, of which one {@link FineTuneClient#jobs} takes 8; where set, it
         *     takes all
         * @return this
         * @throws IllegalArgumentException where it is less than 1
         */
        public Builder callsAtOnce(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("calls at once: at least 1, not " + most);
            }
            callsAtOnce = most;
            jobsAtOnce = most;
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
         * repeated requests are this library's own, whatever it or its interceptors say; what changes something goes over
         * a new connection; it is not closed. Where its own looking up of
         * names hangs, an interrupted call ends only with that.
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
         * Told of every attempt when it has ended, on the thread that runs the call (one of the client's, where the
         * caller does not wait for it): for logs and for the impatient.
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
                    callersClient,
                    connectTimeout,
                    silence,
                    jobsAtOnce,
                    chosen,
                    elsewhere -> Trust.fromEnvironment(variables, elsewhere));
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
