package dev.ftj;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock and the sleeper of the calls, so that tests of hours take no time. */
interface Timing {
    Timing SYSTEM = new Timing() {
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

    /** A monotonic clock, which stands still while the machine sleeps. */
    long nanos();

    /** The wall clock, for dates that a server names. */
    Instant now();

    /** Waits; true as soon as the latch falls. */
    boolean sleep(Duration duration, CountDownLatch cancelled) throws InterruptedException;
}
