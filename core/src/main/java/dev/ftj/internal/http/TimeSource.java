package dev.ftj.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clock and sleeper of the calls, replaced in tests so that hours take no time. */
public class TimeSource {
    /** Returns a monotonic time, which stands still while the machine sleeps. */
    public long nanos() {
        return System.nanoTime();
    }

    /** Returns the wall clock's time, for dates that a server names. */
    public Instant now() {
        return Instant.now();
    }

    /** Sleeps; returns true as soon as the latch falls. */
    public boolean sleep(Duration duration, CountDownLatch cancelled) throws InterruptedException {
        return cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
