package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.CallSettings;
import dev.ftj.internal.http.Cancellation;
import dev.ftj.internal.http.HttpCall;
import dev.ftj.internal.http.HttpFailure;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.http.TimeSource;
import dev.ftj.internal.json.RawJson;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The calls of the API, under {@link FineTuneClient}, {@link AsyncFineTuneClient} and {@link Watch}. */
final class ApiCalls {
    /** The API's {@code limit} for no limit. */
    static final int ALL = -1;

    private final Endpoint endpoint;
    private final CallDispatcher dispatcher;
    private final CallSettings settings;
    private final ApiKey key;

    private final CreatedJobs created = new CreatedJobs();

    ApiCalls(Endpoint endpoint, int callsAtOnce, CallSettings settings, ApiKey key) {
        this.endpoint = endpoint;
        this.dispatcher = new CallDispatcher(callsAtOnce);
        this.settings = settings;
        this.key = key;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Cancels running calls and closes the connections. */
    void close() {
        dispatcher.close();
        settings.transport().close();
    }

    <T> T run(ApiCall<T> call) {
        return dispatcher.run(call);
    }

    <T> CompletableFuture<T> submit(ApiCall<T> call) {
        return dispatcher.submit(call);
    }

    ApiCall<FineTuneJob> job(JobId id) {
        return job(id, settings);
    }

    private ApiCall<FineTuneJob> job(JobId id, CallSettings how) {
        return new ApiCall<>(
                how, ApiRequest.job(endpoint, checked(id)), reply -> JobReader.read(reply.body(), id), null);
    }

    /** Throws what a call for a job would throw at once. */
    void requireReady(JobId id) {
        requireOpen();
        checked(id);
    }

    /** Throws an {@link IllegalStateException} if the client is closed. */
    void requireOpen() {
        dispatcher.requireOpen();
    }

    private JobId checked(JobId id) {
        refuseKey(id.value(), "the API key stands where a job's id belongs");
        return id;
    }

    /** Returns whether a text holds the API key, which must not be sent as anything else. */
    boolean isKey(String text) {
        return !key.redact(text).equals(text);
    }

    private void refuseKey(String text, String what) {
        if (isKey(text)) {
            throw FineTuneException.of(Kind.USAGE, what, "Nothing was sent");
        }
    }

    Stream<JobResult> list(Collection<JobStatus> statuses, int limit, int offset) {
        if (limit < ALL || offset < 0) {
            throw new IllegalArgumentException("limit " + limit + ", offset " + offset);
        }
        return list(statuses, limit, offset, settings);
    }

    private Stream<JobResult> list(Collection<JobStatus> statuses, int limit, int offset, CallSettings how) {
        if (!endpoint.isNewer()) {
            return paged("jobs", ApiRequest.list(statuses, limit, offset), how, limit, JobReader::result);
        }
        // The newer API documents neither statuses nor offset.
        int asked = statuses.isEmpty() && offset == 0 ? limit : ALL;
        Stream<JobResult> jobs = paged("jobs", ApiRequest.newerList(asked), how, asked, JobReader::result)
                .filter(result -> statuses.isEmpty()
                        || result.job() == null
                        || statuses.contains(result.job().status()))
                .skip(offset);
        return limit < 0 ? jobs : jobs.limit(limit);
    }

    ApiCall<FileRecord> file(String id) {
        return file(id, settings.timeout());
    }

    /** @param most limits the call further than the client's timeout does */
    ApiCall<FileRecord> file(String id, Duration most) {
        requireUsualVersion("files");
        refuseKey(id, "the API key stands where a file's id belongs");
        Duration limit = most.compareTo(settings.timeout()) < 0 ? most : settings.timeout();
        return call(ApiRequest.file(id).within(limit), reply -> FileRecord.read(reply.body(), id));
    }

    Stream<FileRecord> files() {
        requireUsualVersion("files");
        return FileShards.stream(shard -> paged(
                "files",
                ApiRequest.files(shard, FileShards.MOST),
                settings,
                ALL,
                (json, place) -> FileRecord.element(json)));
    }

    /** Streams an array; if the server sends it in pages, all of them. */
    private <T> Stream<T> paged(
            String what, ApiRequest first, CallSettings how, int limit, BiFunction<RawJson, Long, T> element) {
        Function<String, ListPage> open = query -> new ListPage(
                what,
                reader -> dispatcher.submitUnlimited(new ApiCall<Void>(how, first.page(query), reply -> null, reader)),
                key::redact);
        return PagedStream.stream(what, open, limit, element);
    }

    Stream<FineTuneJob.Event> events(JobId id, int limit) {
        requireVersion(Endpoint.NEWER_VERSION, "events");
        if (limit < ALL) {
            throw new IllegalArgumentException("limit " + limit);
        }
        Stream<FineTuneJob.Event> events = paged(
                "events",
                ApiRequest.events(checked(id), limit),
                settings,
                limit,
                (record, place) -> new FineTuneJob.Event(record));
        return limit < 0 ? events : events.limit(limit);
    }

    Stream<FineTuneJob.Checkpoint> checkpoints(JobId id) {
        requireVersion(Endpoint.NEWER_VERSION, "checkpoints");
        return paged(
                "checkpoints",
                ApiRequest.checkpoints(checked(id)),
                settings,
                ALL,
                (record, place) -> new FineTuneJob.Checkpoint(record));
    }

    void requireUsualVersion(String call) {
        requireVersion(Endpoint.USUAL_VERSION, call);
    }

    /** Refuses a call that the API of the endpoint does not have, before anything is sent. */
    private void requireVersion(String version, String call) {
        if (!endpoint.version().equals(version)) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    call + ": " + endpoint.version() + " of the API has no public call for it, only " + version,
                    "Use the endpoint " + endpoint.withVersion(version) + "; nothing was sent");
        }
    }

    /** @param withText false to keep only the numbers */
    ApiCall<JobMetrics> metrics(JobId id, boolean withText) {
        requireUsualVersion("metrics");
        MetricsBody.Kept body = new MetricsBody.Kept(key::redact, withText);
        return new ApiCall<>(settings, ApiRequest.metrics(checked(id)), reply -> body.of(id.value()), body);
    }

    void metrics(JobId id, JobMetrics.Sink sink) {
        requireUsualVersion("metrics");
        MetricsBody.Streamed body = new MetricsBody.Streamed(key::redact, sink);
        try {
            run(new ApiCall<>(settings, ApiRequest.metrics(checked(id)), reply -> id, body));
        } catch (FineTuneException e) {
            if (!body.wasLeft()) {
                throw e;
            }
        }
    }

    ApiCall<FineTuneJob> stop(JobId id) {
        requireUsualVersion("stop");
        return call(ApiRequest.stop(checked(id)), reply -> JobReader.read(reply.body(), id));
    }

    ApiCall<FineTuneJob> cancel(JobId id) {
        requireUsualVersion("cancel");
        return call(ApiRequest.cancel(checked(id)), reply -> JobReader.read(reply.body(), id));
    }

    ApiCall<Void> delete(JobId id) {
        requireUsualVersion("delete");
        return call(ApiRequest.delete(checked(id)), reply -> {
            if (reply.isSuccess()) { // not a 404 after an attempt that may have deleted it
                JobReader.requireDeleted(reply.body(), id);
            }
            return null;
        });
    }

    ApiCall<FineTuneJob> create(NewJob job) {
        requireUsualVersion("create");
        return call(ApiRequest.create(job), reply -> {
            FineTuneJob record = JobReader.read(reply.body(), job.id());
            created.add(record, settings.time().nanos());
            return record;
        });
    }

    ApiCall<String> raw(String method, String path, @Nullable String json) {
        refuseKey(path, "the path holds the API key");
        return call(ApiRequest.raw(method, path, endpoint.version(), json), HttpReply::body);
    }

    ApiCall<NodeStatus> nodeStatus() {
        requireUsualVersion("node status");
        return call(ApiRequest.nodeStatus(), reply -> NodeStatus.read(reply.body()));
    }

    <T> ApiCall<T> once(ApiRequest request, Function<HttpReply, T> reader) {
        return new ApiCall<>(settings.once(), request, reader, null);
    }

    <T> ApiCall<T> call(ApiRequest request, Function<HttpReply, T> reader) {
        return new ApiCall<>(settings, request, reader, null);
    }

    Optional<SSLSession> checkConnection() {
        try {
            return dispatcher.run(new HttpCall.Probe(settings));
        } catch (HttpFailure e) {
            throw HttpErrors.exception(e, null);
        }
    }

    /** @param retry whether transient failures are retried within the call */
    CompletableFuture<FineTuneJob> job(JobId id, boolean retry) {
        return submit(job(id, retry ? settings : settings.once()));
    }

    Stream<JobResult> listOnce() {
        return list(List.of(), ALL, 0, settings.once());
    }

    TimeSource timing() {
        return settings.time();
    }

    /** @throws FineTuneException of kind {@code CANCELLED} if the thread is interrupted, which it stays */
    void pause(Duration duration) {
        try {
            timing().sleep(duration, new CountDownLatch(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.cancelled();
        }
    }

    DoubleSupplier jitter() {
        return settings.policy().jitter();
    }

    /** Whether this client created the job in the last 60 s: the API may not return its record yet. */
    boolean createdRecently(String id) {
        return created.contains(id, settings.time().nanos());
    }

    /** Returns the calls to cancel when the client is closed. */
    Set<Cancellation> underWay() {
        return dispatcher.running();
    }
}
