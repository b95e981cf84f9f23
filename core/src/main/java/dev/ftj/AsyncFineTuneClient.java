package dev.ftj;

import dev.ftj.internal.http.CallDispatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of a {@link FineTuneClient} as futures; see {@link FineTuneClient#async()}.
 *
 * <p>A future ends with the result or exceptionally with a {@link FineTuneException}. Cancelling it cancels the call;
 * cancel the future itself, not a stage that depends on it. At most 32 calls of a client run at once, unless
 * {@linkplain FineTuneClientBuilder#callsAtOnce set}; a later one waits, which does not count towards its deadline.
 *
 * <p>A method throws at once, and sends nothing, a {@link FineTuneException} of kind {@code USAGE} if the id is the API
 * key, and an {@link IllegalStateException} if the client is closed.
 *
 * @since 0.1.0
 */
public final class AsyncFineTuneClient {
    private final FineTuneClient client;
    private final ApiCalls calls;

    AsyncFineTuneClient(FineTuneClient client, ApiCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * {@return a future with the full record of a job}
     *
     * @param id the API's {@code job_id}, sent percent-encoded
     * @see FineTuneClient#job(JobId)
     */
    public CompletableFuture<FineTuneJob> job(JobId id) {
        return calls.submit(calls.job(id));
    }

    /**
     * {@return a future with the metrics of a job}
     *
     * @param id the API's {@code job_id}
     * @see FineTuneClient#metrics(String)
     */
    public CompletableFuture<JobMetrics> metrics(JobId id) {
        return calls.submit(calls.metrics(id, true));
    }

    /**
     * {@return a future with the metrics of a job without the text of their records}
     *
     * @param id the API's {@code job_id}
     * @see FineTuneClient#metricNumbers(String)
     */
    public CompletableFuture<JobMetrics> metricNumbers(JobId id) {
        return calls.submit(calls.metrics(id, false));
    }

    /**
     * Stops a job. Cancelling the future may come too late.
     *
     * @param id the API's {@code job_id}
     * @return the future record
     * @see FineTuneClient#stop
     */
    public CompletableFuture<FineTuneJob> stop(JobId id) {
        return calls.submit(calls.stop(id));
    }

    /**
     * Cancels a job. Cancelling the future may come too late.
     *
     * @param id the API's {@code job_id}
     * @return the future record
     * @see FineTuneClient#cancel
     */
    public CompletableFuture<FineTuneJob> cancel(JobId id) {
        return calls.submit(calls.cancel(id));
    }

    /**
     * Deletes a job's record. Cancelling the future may come too late.
     *
     * @param id the API's {@code job_id}
     * @return a future without a value
     * @see FineTuneClient#delete
     */
    public CompletableFuture<Void> delete(JobId id) {
        return calls.submit(calls.delete(id));
    }

    /**
     * Creates a job. Cancelling the future may come too late.
     *
     * @param job what to create
     * @return the future record
     * @see FineTuneClient#create(NewJob)
     */
    public CompletableFuture<FineTuneJob> create(NewJob job) {
        return calls.submit(calls.create(job));
    }

    /**
     * {@return a future with the record of an uploaded file}
     *
     * @param id the API's {@code file_id}, which is the file's name
     * @see FineTuneClient#file
     */
    public CompletableFuture<FileRecord> file(String id) {
        return calls.submit(calls.file(id));
    }

    /**
     * Uploads a file on a thread of its own, which sends parts on others.
     *
     * @param file as for {@link FineTuneClient#upload(Path)}; what is wrong with it is thrown at once
     * @param options as there
     * @return the future answer; cancelling it cancels the upload, which is then aborted on the server unless it can be
     *     resumed
     * @see FineTuneClient#upload(Path, UploadOptions)
     */
    public CompletableFuture<FileRecord> upload(Path file, UploadOptions options) {
        calls.requireOpen();
        FileUpload upload = client.prepared(file, options);
        CompletableFuture<FileRecord> end = new CompletableFuture<>();
        Thread worker = new CallDispatcher.Worker(() -> {
            try {
                end.complete(upload.run());
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
        });
        CompletableFuture<FileRecord> unused = end.whenComplete((record, failure) -> worker.interrupt());
        worker.start();
        return end;
    }

    /**
     * {@return a future with the status of the fine-tune node}
     *
     * @see FineTuneClient#nodeStatus
     */
    public CompletableFuture<NodeStatus> nodeStatus() {
        return calls.submit(calls.nodeStatus());
    }

    /**
     * Waits until a job has ended.
     *
     * @param id the API's {@code job_id}
     * @return the future final record; cancelling it ends the wait, never the job
     * @see FineTuneClient#await(String)
     */
    public CompletableFuture<FineTuneJob> await(JobId id) {
        calls.requireReady(id);
        CompletableFuture<List<JobResult>> watched =
                client.watch(List.of(id.value())).start();
        CompletableFuture<FineTuneJob> end =
                watched.thenApply(results -> results.get(0).get());
        CompletableFuture<FineTuneJob> unused = end.whenComplete((job, failure) -> watched.cancel(true));
        return end;
    }
}
