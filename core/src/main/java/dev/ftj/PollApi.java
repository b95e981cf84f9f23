package dev.ftj;

import dev.ftj.internal.http.Cancellation;
import dev.ftj.internal.http.TimeSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** The part of the client that a watch uses. */
interface PollApi {
    /** @param retry whether temporary failures are retried within the call */
    CompletableFuture<FineTuneJob> job(JobId id, boolean retry);

    Stream<JobResult> list();

    TimeSource timing();

    /** @return a supplier of random numbers from 0 to 1 */
    DoubleSupplier jitter();

    /** Whether this client created the job in the last 60 s: the API may not return its record yet. */
    boolean createdRecently(String id);

    /** The calls to cancel when the client is closed. */
    Set<Cancellation> underWay();
}
