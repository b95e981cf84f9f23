package dev.ftj.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clock and sleeper of the calls, replaced in tests so that hours take no time. */
public interface TimeSource {
    /** The system's clocks. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public boolean sleep(Duration duration, CountDownLatch cancelled) throws InterruptedException {
            return cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    };

    /** Returns a monotonic time, which stands still while the machine sleeps. */
    long nanos();

    /** Returns the wall clock's time, for dates that a server names. */
    Instant now();

    /** Sleeps; returns true as soon as the latch falls. */
    boolean sleep(Duration duration, CountDownLatch cancelled) throws InterruptedException;
}
