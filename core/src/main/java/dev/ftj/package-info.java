/**
 * The client of the fine-tune API and its model: fetch the record of a job, follow it to its end, act on it.
 *
 * <p><b>Start</b> with {@link dev.ftj.FineTuneClient}, made once and shared. {@code create()} takes the key and all
 * else from the environment:
 *
 * <pre>{@code
 * try (FineTuneClient client = FineTuneClient.create()) {
 *     FineTuneJob job = client.job("ftj-my-finetune-run-3de60a5c");
 *     System.out.println(job.status());
 *     System.out.println(job.card());
 * }
 * }</pre>
 *
 * <p>{@link dev.ftj.FineTuneJob} is the server's own text with typed accessors: what the API adds one day is in
 * {@code json()} and on the card, and {@code as(MyRecord.class)} binds it to a type of yours.
 *
 * <p><b>Errors.</b> There is one exception, {@link dev.ftj.FineTuneException}, unchecked; branch on its kind. Transient
 * failures (429, 5xx, a broken connection) are retried before it is thrown.
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
 * <p><b>Many jobs</b> come in the order of their ids, 8 asked for at a time, each a record or its own failure; the ids
 * are read as they are needed, so that they may be without end:
 *
 * <pre>{@code
 * try (Stream<JobResult> results = client.jobs(ids)) {
 *     results.forEach(result -> System.out.println(result));
 * }
 * }</pre>
 *
 * <p><b>Waiting.</b> {@code await} gives the final record, whatever its final status, and retries through temporary
 * failures; a {@link dev.ftj.Watch} follows any number of jobs and reports every poll:
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
 * <p><b>Files.</b> {@code upload} sends a dataset in parts, each retried, and {@code awaitIngested} waits until a job can
 * use it; {@link dev.ftj.UploadOptions} has the name, the progress, and how to resume:
 *
 * <pre>{@code
 * FileRecord file = client.upload(Path.of("train.jsonl"));
 * client.awaitIngested(file.id(), Duration.ofMinutes(10));
 * }</pre>
 *
 * <p><b>The others of the organization</b> come as a stream, however many they are, and a job's
 * {@link dev.ftj.JobMetrics} as series with their gaps, and as a picture:
 *
 * <pre>{@code
 * try (Stream<JobResult> jobs = client.list(List.of(JobStatus.FAILED), 20, 0)) {
 *     jobs.forEach(result -> System.out.println(result));
 * }
 * System.out.println(client.metrics(id).series("eval_loss").best());
 * }</pre>
 *
 * <p><b>The newer API</b> (v0.6) is behind an {@link dev.ftj.Endpoint} that ends in {@code /v0.6}: jobs, lists and watches
 * work there as here, and a job has events and checkpoints ({@link dev.ftj.FineTuneClient#events(String) events},
 * {@link dev.ftj.FineTuneClient#checkpoints checkpoints}). Calls that it does not have throw, and send nothing.
 *
 * <p><b>Changes</b> ({@code create}, {@code stop}, {@code cancel}, {@code delete}) are sent again only if they surely
 * were not carried out. If that is not known, the failure is {@linkplain dev.ftj.FineTuneException#uncertain() uncertain}:
 *
 * <pre>{@code
 * NewJob job = NewJob.builder().name("my-run").train("file-abc123").build();
 * try {
 *     return client.create(job).id();
 * } catch (FineTuneException e) {
 *     if (e.uncertain()) {
 *         System.err.println("check client.list() before you try again");
 *     }
 *     throw e;
 * }
 * }</pre>
 *
 * <p><b>The key</b> is an {@link dev.ftj.ApiKey}. It goes to the {@link dev.ftj.Endpoint}'s origin and nowhere else, and
 * no text of this library shows it, not even one that the server sent back:
 *
 * <pre>{@code
 * FineTuneClient client = FineTuneClient.builder()
 *         .apiKey(ApiKey.fromFile(Path.of("key.txt")))
 *         .timeout(Duration.ofSeconds(20))
 *         .build();
 * }</pre>
 *
 * <p><b>Threads.</b> A client serves any number of them; everything else here is immutable. Interrupting a thread that
 * waits in {@code job} cancels its call, as cancelling a future of {@code async()} does. The client's own threads are
 * daemons: none keeps a program alive.
 */
@NullMarked
package dev.ftj;

import org.jspecify.annotations.NullMarked;
