package dev.ftj;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Ends what takes longer than it may, not counting the time for which it was held up by others. */
final class Watchdog implements AutoCloseable {
    private final long deadline;
    private final LongSupplier backpressureNanos;
    private final Runnable end;
    private volatile boolean closed;

    private Watchdog(long deadline, LongSupplier backpressureNanos, Runnable end) {
        this.deadline = deadline;
        this.backpressureNanos = backpressureNanos;
        this.end = end;
    }

    /** @param deadline by {@link System#nanoTime()} */
    static Watchdog until(long deadline, LongSupplier backpressureNanos, Runnable end) {
        Watchdog dog = new Watchdog(deadline, backpressureNanos, end);
        dog.look();
        return dog;
    }

    private void look() {
        if (closed) {
            return;
        }
        long left = deadline + backpressureNanos.getAsLong() - System.nanoTime();
        if (left <= 0) {
            end.run();
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::look);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
