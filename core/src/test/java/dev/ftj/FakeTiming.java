package dev.ftj;

import dev.ftj.internal.http.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves by what is slept, and remembers it. */
public final class FakeTiming extends TimeSource {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    public final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        Duration slept = waits.stream().reduce(Duration.ZERO, Duration::plus);
        return START.plus(slept);
    }

    @Override
    public boolean sleep(Duration duration, CountDownLatch cancelled) {
        waits.add(duration);
        nanos.addAndGet(duration.toNanos());
        return cancelled.getCount() == 0;
    }
}
