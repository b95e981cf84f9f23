package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits until the server has ingested a file: polls it as often as a {@link WatchedJob}, through transient failures. */
final class FileWait {
    /** For so long after an upload, a 404 means that the record is not readable yet. */
    private static final Duration UPLOAD_LAG = Duration.ofSeconds(60);

    private FileWait() {}

    /** @param atMost null for no limit */
    static FileRecord run(ApiCalls calls, String id, @Nullable Duration atMost) {
        long start = calls.timing().nanos();
        long limit = atMost == null ? Long.MAX_VALUE : Poller.nanos(atMost);
        Duration interval = WatchedJob.FIRST;
        FileRecord last = null;
        while (true) {
            Duration wait = WatchedJob.jittered(interval, calls.jitter().getAsDouble());
            try {
                last = calls.run(calls.file(
                        id, Duration.ofNanos(Math.max(1, limit - calls.timing().nanos() + start))));
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
                wait = e.retryAfter() == null ? wait : Watch.beforePoll(e.retryAfter());
            }
            long left = Math.max(0, limit - calls.timing().nanos() + start);
            if (left <= wait.toNanos()) {
                calls.pause(Duration.ofNanos(left));
                throw timeout(id, last);
            }
            calls.pause(wait);
            interval = WatchedJob.slower(interval);
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
