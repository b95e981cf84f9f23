package dev.ftj;

import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A client of the fine-tune API: fetches the records of jobs, watches jobs until they end, and changes them.
 *
 * <pre>{@code
 * try (FineTuneClient client = FineTuneClient.create()) {
 *     FineTuneJob job = client.job("ftj-my-finetune-run-3de60a5c");
 *     System.out.println(job.status() + " " + job.inferenceConfigPath());
 * }
 * }</pre>
 *
 * <p>Create one and share it: it is safe for any number of threads, and keeps its connections. Its threads are daemons.
 * Every call has one deadline (60 s unless {@linkplain FineTuneClientBuilder#timeout set}), within which transient
 * failures are retried. Every failure is a {@link FineTuneException}; a method of a closed client throws an
 * {@link IllegalStateException}. Interrupting a thread cancels its call.
 *
 * @since 0.1.0
 */
public final class FineTuneClient implements AutoCloseable {
    private final ApiCalls calls;
    private final Proxy proxy;
    private final int jobsAtOnce;
    private final Map<String, String> environment;

    FineTuneClient(ApiCalls calls, Proxy proxy, int jobsAtOnce, Map<String, String> environment) {
        this.calls = calls;
        this.proxy = proxy;
        this.jobsAtOnce = jobsAtOnce;
        this.environment = environment;
    }

    /**
     * Creates a client from the environment: {@code ATAI_API_KEY} (or {@code ATAI_API_KEY_FILE}),
     * {@code ATAI_API_ENDPOINT}, {@code HTTPS_PROXY}, {@code ALL_PROXY}, {@code NO_PROXY}, {@code SSL_CERT_FILE}.
     *
     * @return a client to share and to close
     * @throws FineTuneException of kind {@code AUTH} if there is no key, {@code USAGE} if a variable cannot be used,
     *     {@code LOCAL} if the key's file cannot be read; a certificate file that cannot be read fails the calls
     */
    public static FineTuneClient create() {
        return builder().build();
    }

    /** {@return a new builder, for one thread; other settings come from the environment, as in {@link #create()}} */
    public static FineTuneClientBuilder builder() {
        return new FineTuneClientBuilder();
    }

    /** {@return the version of this library, such as {@code 0.1.0}} */
    public static String version() {
        return UserAgent.version();
    }

    /** {@return the same calls as futures: a view of this client, closed with it} */
    public AsyncFineTuneClient async() {
        return new AsyncFineTuneClient(this, calls);
    }

    /**
     * Fetches the full record of a job: {@code GET /fine-tune/jobs/{job_id}}.
     *
     * @param id the API's {@code job_id}: 1 to 64 code points, sent percent-encoded
     * @return the record as the server has it now
     * @throws FineTuneException if there is none to be had
     */
    public FineTuneJob job(String id) {
        return job(JobId.of(id));
    }

    /**
     * {@return the full record of a job, as {@link #job(String)} does}
     *
     * @param id the API's {@code job_id}
     */
    public FineTuneJob job(JobId id) {
        return calls.run(calls.job(id));
    }

    /**
     * Fetches the records of many jobs, 8 at a time (unless {@linkplain FineTuneClientBuilder#callsAtOnce set}), in the
     * order of their ids, which are read as needed, on a thread of this client's, a few ahead of what is taken.
     *
     * @param ids any ids; one that cannot be an id fails by itself
     * @return a lazy stream of records and failures, to be closed if it is left early; interrupting the thread that reads
     *     it ends it with kind {@code CANCELLED}, and an exception of {@code ids} ends it, too
     */
    public Stream<JobResult> jobs(Iterable<String> ids) {
        return BatchFetch.stream(async()::job, ids, jobsAtOnce);
    }

    /** {@return all jobs of the organization, as {@link #list(Collection, int, int)} does} */
    public Stream<JobResult> list() {
        return list(List.of(), ApiCalls.ALL, 0);
    }

    /**
     * Lists jobs of the organization, in the server's order, while the response is read: {@code GET /fine-tune/jobs}.
     *
     * @param statuses the API's {@code statuses}: only jobs in one of them; empty for all
     * @param limit the API's {@code limit}: at most; -1 for all
     * @param offset the API's {@code offset}: how many to skip
     * @return a lazy stream, to be closed if it is left early; an element that is no job's record fails by itself. The
     *     request is sent when the first is taken; if it fails, or the response breaks off, the stream throws a
     *     {@link FineTuneException}
     * @throws IllegalArgumentException if the limit is less than -1 or the offset less than 0
     */
    public Stream<JobResult> list(Collection<JobStatus> statuses, int limit, int offset) {
        return calls.list(statuses, limit, offset);
    }

    /**
     * Fetches a job's training metrics: {@code GET /fine-tune/jobs/{job_id}/metrics}.
     *
     * @param id the API's {@code job_id}
     * @return a record for each checkpoint, none before the first
     * @throws FineTuneException as {@link #job(String)}
     */
    public JobMetrics metrics(String id) {
        return calls.run(calls.metrics(JobId.of(id), true));
    }

    /**
     * Fetches a job's metrics without the text of their records, which takes a fifth of the memory:
     * {@link JobMetrics#rows()} and {@link JobMetrics#json()} of the result throw.
     *
     * @param id the API's {@code job_id}
     * @return the numbers, none before the first record
     * @throws FineTuneException as {@link #job(String)}
     */
    public JobMetrics metricNumbers(String id) {
        return calls.run(calls.metrics(JobId.of(id), false));
    }

    /**
     * Hands a job's metrics on while the response is read, so that memory does not grow with their number. A response
     * that breaks off after the first record is not retried: the records would come twice.
     *
     * @param id the API's {@code job_id}
     * @param sink receives the records on this thread; an exception of its own ends the call
     * @throws FineTuneException as {@link #job(String)}; the sink may have received a part by then
     */
    public void metrics(String id, JobMetrics.Sink sink) {
        calls.metrics(JobId.of(id), sink);
    }

    /**
     * Stops a job, which keeps its last checkpoint: {@code PUT /fine-tune/jobs/{job_id}/stop}.
     *
     * @param id the API's {@code job_id}
     * @return the updated record, STOPPING or STOPPED
     * @throws FineTuneException as {@link #job(String)}; of kind {@code CONFLICT} if the job has ended;
     *     {@linkplain FineTuneException#uncertain() uncertain} if it may have been carried out
     */
    public FineTuneJob stop(String id) {
        return calls.run(calls.stop(JobId.of(id)));
    }

    /**
     * Cancels a job at once, with nothing finalized: {@code PUT /fine-tune/jobs/{job_id}/cancel}.
     *
     * @param id the API's {@code job_id}
     * @return the updated record, CANCELLED
     * @throws FineTuneException as {@link #stop}
     */
    public FineTuneJob cancel(String id) {
        return calls.run(calls.cancel(JobId.of(id)));
    }

    /**
     * Deletes a job's record: {@code DELETE /fine-tune/jobs/{job_id}}. A running job keeps running.
     *
     * @param id the API's {@code job_id}
     * @throws FineTuneException as {@link #stop}
     */
    public void delete(String id) {
        calls.run(calls.delete(JobId.of(id)));
    }

    /**
     * Creates a job: {@code POST /fine-tune/jobs}. It is sent again only if it surely did not arrive.
     *
     * @param job what to create
     * @return the record, REGISTERED
     * @throws FineTuneException if it was refused or its response could not be had; {@linkplain
     *     FineTuneException#uncertain() uncertain} if the job may exist: then list the jobs
     */
    public FineTuneJob create(NewJob job) {
        return calls.run(calls.create(job));
    }

    /**
     * Uploads a file: in parts, several at once, each retried, directly to the object storage; if the server has no such
     * flow, in one request. Interrupting this thread cancels the upload, which is then aborted on the server.
     *
     * @param file a regular file that is not empty and does not change meanwhile
     * @return the server's answer, whose {@link FileRecord#id()} is what a job's datasets refer to
     * @throws FineTuneException of kind {@code LOCAL} if the file cannot be read or changed meanwhile, {@code CONFLICT} if
     *     the name is taken, {@code UNREADABLE} before a byte is sent if the server's plan cannot be followed
     */
    public FileRecord upload(Path file) {
        return upload(file, new UploadOptions());
    }

    /**
     * {@return the server's answer to the upload of a file, as {@link #upload(Path)} does}
     *
     * @param file as there
     * @param options its name, its type, whether it can be resumed, and a listener for the progress
     */
    public FileRecord upload(Path file, UploadOptions options) {
        return prepared(file, options).run();
    }

    /** Returns an upload that has not begun. */
    FileUpload prepared(Path file, UploadOptions options) {
        return new FileUpload(calls, options.openCheckpoints(environment, endpoint()), file, options);
    }

    /**
     * Lists the uploaded files of the organization while the response is read: {@code GET /files/metadata}.
     *
     * @return a lazy stream, to be closed if it is left early; it throws a {@link FineTuneException} if a request fails. An
     *     element that is no record has neither id nor uid
     */
    public Stream<FileRecord> files() {
        return calls.files();
    }

    /**
     * {@return the record of an uploaded file, as the server has it now: {@code GET /files/metadata/{file_id}}}
     *
     * @param id the API's {@code file_id}, which is the file's name
     * @throws FineTuneException if there is none to be had
     */
    public FileRecord file(String id) {
        return calls.run(calls.file(id));
    }

    /**
     * {@return the same as {@link #awaitIngested(String, Duration, Consumer)}, which also reports what is waited out}
     *
     * @param id the API's {@code file_id}
     * @param atMost null for no limit
     */
    public FileRecord awaitIngested(String id, @Nullable Duration atMost) {
        return awaitIngested(id, atMost, failure -> {});
    }

    /**
     * Waits until the server has ingested a file, or found it corrupt, through transient failures.
     *
     * @param id the API's {@code file_id}
     * @param atMost null for no limit
     * @param onFailure called on this thread with each failure that is waited out; an exception of its own ends the wait
     * @return the record: {@link FileRecord#isIngested()} or {@link FileRecord#isCorrupt()}
     * @throws FineTuneException if that could not be learned; of kind {@code WAIT_TIMEOUT} if the time passed first
     */
    public FileRecord awaitIngested(String id, @Nullable Duration atMost, Consumer<FineTuneException> onFailure) {
        return FileWait.run(calls, id, atMost, onFailure);
    }

    /**
     * Streams the events of a job, newest first: {@code GET /fine_tuning/jobs/{job_id}/events} of the newer API (v0.6).
     * {@link FineTuneJob.Event#oldestFirst} sorts them.
     *
     * @param id the API's {@code job_id}
     * @return a lazy stream, to be closed if it is left early; an element that is no event has its text only. The request
     *     is sent when the first is taken, and one more for each further page; if one fails, the stream throws a
     *     {@link FineTuneException}
     * @throws FineTuneException of kind {@code USAGE} if the endpoint does not end in {@code /v0.6}
     */
    public Stream<FineTuneJob.Event> events(String id) {
        return events(id, ApiCalls.ALL);
    }

    /**
     * {@return a lazy stream of the newest events of a job, as {@link #events(String)} does}
     *
     * @param id the API's {@code job_id}
     * @param limit at most; it goes to the server, too. -1 for all that the server offers, 100 a request
     * @throws IllegalArgumentException if the limit is less than -1
     */
    public Stream<FineTuneJob.Event> events(String id, int limit) {
        return calls.events(JobId.of(id), limit);
    }

    /**
     * Streams the checkpoints of a job: {@code GET /fine_tuning/jobs/{job_id}/checkpoints} of the newer API (v0.6).
     *
     * @param id the API's {@code job_id}
     * @return a lazy stream in the server's order, which is any; otherwise as {@link #events(String)}
     * @throws FineTuneException of kind {@code USAGE} if the endpoint does not end in {@code /v0.6}
     */
    public Stream<FineTuneJob.Checkpoint> checkpoints(String id) {
        return calls.checkpoints(JobId.of(id));
    }

    /** {@return the status of the fine-tune node, documented or not: {@code GET /fine-tune/status}} */
    public NodeStatus nodeStatus() {
        return calls.run(calls.nodeStatus());
    }

    /**
     * Sends a request that this library has no method for, with the key, and with the retries of its method.
     *
     * @param method such as {@code GET}, in upper case
     * @param path below the endpoint, percent-encoded, perhaps with a query: {@code /fine-tune/jobs?limit=1}
     * @param json the body; null for none
     * @return the body of the response, which may be empty
     * @throws FineTuneException if there is no successful response; of kind {@code USAGE}, before anything is sent, for what
     *     is no method, a body of GET or HEAD, and a path that is not valid, names a host, or leaves the endpoint's
     */
    public String send(String method, String path, @Nullable String json) {
        return calls.run(calls.raw(method, path, json));
    }

    /**
     * Connects as a call would (name, proxy, TLS) and sends nothing, neither a request nor the key. Not retried.
     *
     * @return the TLS session; empty if the endpoint is plain http
     * @throws FineTuneException of kind {@code NETWORK} or {@code TIMEOUT} if there is no connection, with the network's
     *     exception as its {@linkplain Throwable#getCause() cause}; of kind {@code LOCAL} for a bad certificate file
     */
    public Optional<SSLSession> checkConnection() {
        return calls.checkConnection();
    }

    /**
     * Waits until a job has ended, in any status and for any length of time; see {@link Watch} for what is retried.
     *
     * @param id the API's {@code job_id}
     * @return the final record: COMPLETED, STOPPED, CANCELLED or FAILED
     * @throws FineTuneException if the end could not be learned
     */
    public FineTuneJob await(String id) {
        return watch(List.of(id)).run().get(0).get();
    }

    /**
     * Waits until a job has ended, for a limited time.
     *
     * @param id the API's {@code job_id}
     * @param atMost more than zero
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}; of kind {@code WAIT_TIMEOUT} if the time passed first
     */
    public FineTuneJob await(String id, Duration atMost) {
        return watch(List.of(id)).timeout(atMost).run().get(0).get();
    }

    /**
     * Watches a job until it has ended.
     *
     * @param id the API's {@code job_id}
     * @param onChange receives the first record, and each one with another status
     * @return the final record
     * @throws FineTuneException as {@link #await(String)}
     */
    public FineTuneJob watch(String id, Consumer<FineTuneJob> onChange) {
        return watch(List.of(id)).onChange(onChange).run().get(0).get();
    }

    /**
     * {@return a watch of any number of jobs, with settings of its own, that is not running yet}
     *
     * @param ids any ids; one that cannot be an id fails by itself
     */
    public Watch watch(List<String> ids) {
        return new Watch(calls, ids);
    }

    /** {@return the endpoint: the builder's, else that of the environment} */
    public Endpoint endpoint() {
        return calls.endpoint();
    }

    /** {@return the proxy to the endpoint, {@link Proxy#NO_PROXY} for none; without credentials, its address not resolved} */
    public Proxy proxy() {
        return proxy;
    }

    /** Cancels running calls and closes the connections; a caller's own {@code OkHttpClient} stays open. */
    @Override
    public void close() {
        calls.close();
    }
}
