package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Waits until the server has ingested a file: polls every 2 s at first, then slower, through transient failures. */
final class FileWait {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** For so long after an upload, a 404 means that the record is not readable yet. */
    private static final Duration UPLOAD_LAG = Duration.ofSeconds(60);

    private FileWait() {}

    /** @param atMost null for no limit */
    static FileRecord run(ApiCalls calls, String id, @Nullable Duration atMost) {
        long start = calls.timing().nanos();
        Duration interval = FIRST;
        FileRecord last = null;
        while (true) {
            Duration wait = jittered(interval, calls);
            try {
                last = calls.run(calls.file(id));
                if (last.isIngested() || last.isCorrupt()) {
                    return last;
                }
            } catch (FineTuneException e) {
                boolean lag = last == null
                        && e.kind() == Kind.NOT_FOUND
                        && calls.timing().nanos() - start < UPLOAD_LAG.toNanos();
                if (!e.isTemporary() && !lag) {
                    throw e;
                }
                wait = e.retryAfter() == null ? wait : e.retryAfter();
            }
            long left = atMost == null
                    ? Long.MAX_VALUE
                    : atMost.toNanos() - (calls.timing().nanos() - start);
            if (left <= wait.toNanos()) {
                pause(calls, Duration.ofNanos(Math.max(0, left)));
                throw timeout(id, last);
            }
            pause(calls, wait);
            Duration next = interval.multipliedBy(3).dividedBy(2);
            interval = next.compareTo(LONGEST) < 0 ? next : LONGEST;
        }
    }

    private static Duration jittered(Duration interval, ApiCalls calls) {
        return Duration.ofNanos(
                (long) (interval.toNanos() * (0.9 + 0.2 * calls.jitter().getAsDouble())));
    }

    private static void pause(ApiCalls calls, Duration wait) {
        try {
            calls.timing().sleep(wait, new CountDownLatch(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.cancelled();
        }
    }

    private static FineTuneException timeout(String id, @Nullable FileRecord last) {
        return new FailureBuilder(
                        Kind.WAIT_TIMEOUT,
                        "not ingested in time" + (last == null || last.status() == null ? "" : ": " + last.status()))
                .resource(new FineTuneException.Resource(FineTuneException.Resource.Type.FILE, id))
                .hint("Wait longer, or check again later")
                .build();
    }
}
