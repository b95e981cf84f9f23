package dev.ftj.internal.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Ends a streamed response at its deadline, not counting the time for which it waited for its consumer. */
final class StreamDeadline implements AutoCloseable {
    private final long deadline;
    private final LongSupplier backpressureNanos;
    private final Runnable end;
    private volatile boolean closed;

    private StreamDeadline(long deadline, LongSupplier backpressureNanos, Runnable end) {
        this.deadline = deadline;
        this.backpressureNanos = backpressureNanos;
        this.end = end;
    }

    /** @param deadline by {@link System#nanoTime()} */
    static StreamDeadline until(long deadline, LongSupplier backpressureNanos, Runnable end) {
        StreamDeadline guard = new StreamDeadline(deadline, backpressureNanos, end);
        guard.check();
        return guard;
    }

    private void check() {
        if (closed) {
            return;
        }
        long left = deadline + backpressureNanos.getAsLong() - System.nanoTime();
        if (left <= 0) {
            end.run();
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::check);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
