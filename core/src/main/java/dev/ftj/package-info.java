/**
 * A client of the fine-tune API: fetch, watch, create, stop, cancel and delete jobs.
 *
 * <p><b>Getting started.</b> Create one {@link dev.ftj.FineTuneClient} and share it. {@code create()} reads the key and the
 * other settings from the environment:
 *
 * <pre>{@code
 * try (FineTuneClient client = FineTuneClient.create()) {
 *     FineTuneJob job = client.job("ftj-my-finetune-run-3de60a5c");
 *     System.out.println(job.status());
 *     System.out.println(job.card());
 * }
 * }</pre>
 *
 * <p>{@link dev.ftj.FineTuneJob} has typed accessors over the server's JSON. Fields that the API adds later are in
 * {@code json()} and on the card; {@code as(MyRecord.class)} binds the record to a type of yours.
 *
 * <p><b>Errors.</b> The only exception is {@link dev.ftj.FineTuneException}, which is unchecked; branch on its kind.
 * Transient failures (429, 5xx, a broken connection) are retried before it is thrown.
 *
 * <pre>{@code
 * try {
 *     return client.job(id).status();
 * } catch (FineTuneException e) {
 *     if (e.kind() == FineTuneException.Kind.NOT_FOUND) {
 *         return null;
 *     }
 *     throw e;
 * }
 * }</pre>
 *
 * <p><b>Many jobs</b> are fetched 8 at a time and returned in the order of their ids, each as a record or a failure. The
 * ids are read lazily, so the source may be infinite:
 *
 * <pre>{@code
 * try (Stream<JobResult> results = client.jobs(ids)) {
 *     results.forEach(result -> System.out.println(result));
 * }
 * }</pre>
 *
 * <p><b>Waiting.</b> {@code await} returns the final record, whatever the final status, and retries transient errors. A
 * {@link dev.ftj.Watch} polls any number of jobs and reports every poll:
 *
 * <pre>{@code
 * FineTuneJob end = client.await(id, Duration.ofHours(2));
 * if (end.status().equals(JobStatus.COMPLETED)) {
 *     System.out.println(end.inferenceConfigPath());
 * }
 * List<JobResult> ends = client.watch(List.of("ftj-1", "ftj-2"))
 *         .until(JobStatus.RUNNING)
 *         .onUpdate(update -> System.out.println(update))
 *         .run();
 * }</pre>
 *
 * <p><b>Files.</b> {@code upload} sends a dataset in parts and retries each part; {@code awaitIngested} waits until a job
 * can use the file. {@link dev.ftj.UploadOptions} sets the file's name, a progress listener and resuming:
 *
 * <pre>{@code
 * FileRecord file = client.upload(Path.of("train.jsonl"));
 * client.awaitIngested(file.id(), Duration.ofMinutes(10));
 * }</pre>
 *
 * <p><b>Lists and metrics.</b> {@code list} streams the organization's jobs. {@link dev.ftj.JobMetrics} has a job's metrics
 * as series (with their gaps) and as a chart:
 *
 * <pre>{@code
 * try (Stream<JobResult> jobs = client.list(List.of(JobStatus.FAILED), 20, 0)) {
 *     jobs.forEach(result -> System.out.println(result));
 * }
 * System.out.println(client.metrics(id).series("eval_loss").best());
 * }</pre>
 *
 * <p><b>The newer API</b> (v0.6) has an {@link dev.ftj.Endpoint} that ends in {@code /v0.6}. Jobs, lists and watches work
 * in the same way, and a job has {@linkplain dev.ftj.FineTuneClient#events(String) events} and
 * {@linkplain dev.ftj.FineTuneClient#checkpoints checkpoints}. Methods that it does not support throw without sending a
 * request.
 *
 * <p><b>Writes</b> ({@code create}, {@code stop}, {@code cancel}, {@code delete}) are retried only if the server did not
 * process them. If that is not known, the exception is {@linkplain dev.ftj.FineTuneException#uncertain() uncertain}:
 *
 * <pre>{@code
 * NewJob job = NewJob.builder().name("my-run").train("file-abc123").build();
 * try {
 *     return client.create(job).id();
 * } catch (FineTuneException e) {
 *     if (e.uncertain()) {
 *         System.err.println("check client.list() before you retry");
 *     }
 *     throw e;
 * }
 * }</pre>
 *
 * <p><b>The key</b> is an {@link dev.ftj.ApiKey}. It is sent only to the {@link dev.ftj.Endpoint}'s origin, and is redacted
 * in all text that this library returns, including responses that echo it:
 *
 * <pre>{@code
 * FineTuneClient client = FineTuneClient.builder()
 *         .apiKey(ApiKey.fromFile(Path.of("key.txt")))
 *         .timeout(Duration.ofSeconds(20))
 *         .build();
 * }</pre>
 *
 * <p><b>Threads.</b> A client is thread-safe; records, keys and endpoints are immutable. Interrupting a thread that waits in
 * {@code job} cancels its call; so does cancelling a future of {@code async()}. The client's own threads are daemon
 * threads, which do not keep a JVM alive.
 */
@NullMarked
package dev.ftj;

import org.jspecify.annotations.NullMarked;
