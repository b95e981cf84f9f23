package dev.ftj;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The jobs that a client created in the last 60 s: a 404 of one means that its record is not readable yet. Thread-safe. */
final class CreatedJobs {
    private static final long LAG = Duration.ofSeconds(60).toNanos();

    /** When, by id and by uuid. */
    private final Map<String, Long> times = new ConcurrentHashMap<>();

    void add(FineTuneJob job, long now) {
        times.values().removeIf(at -> now - at > LAG);
        Stream.of(job.id(), job.uuid()).filter(Objects::nonNull).forEach(name -> times.put(String.valueOf(name), now));
    }

    boolean contains(String id, long now) {
        Long at = times.get(id);
        return at != null && now - at <= LAG;
    }
}
