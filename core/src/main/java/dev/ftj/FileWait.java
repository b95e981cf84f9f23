package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until the server has ingested a file: polls it as often as a {@link WatchedJob}, through transient failures. */
final class FileWait {
    /** For so long after an upload, a 404 means that the record is not readable yet. */
    private static final Duration UPLOAD_LAG = Duration.ofSeconds(60);

    private FileWait() {}

    /**
     * @param atMost null for no limit
     * @param onFailure receives each failure that is waited out
     */
    static FileRecord run(ApiCalls calls, String id, @Nullable Duration atMost, Consumer<FineTuneException> onFailure) {
        long start = calls.timing().nanos();
        long limit = atMost == null ? Long.MAX_VALUE : Poller.nanos(atMost);
        Duration interval = WatchedJob.FIRST;
        FileRecord last = null;
        FineTuneException failure = null;
        while (true) {
            Duration wait = WatchedJob.jittered(interval, calls.jitter().getAsDouble());
            try {
                last = calls.run(calls.file(
                        id, Duration.ofNanos(Math.max(1, limit - calls.timing().nanos() + start))));
                if (last.isIngested() || last.isCorrupt()) {
                    return last;
                }
                failure = null;
            } catch (FineTuneException e) {
                boolean lag = last == null
                        && e.kind() == Kind.NOT_FOUND
                        && calls.timing().nanos() - start < UPLOAD_LAG.toNanos();
                if (!e.isTemporary() && !lag) {
                    throw e;
                }
                failure = e;
                if (!lag) {
                    onFailure.accept(e);
                }
                wait = e.retryAfter() == null ? wait : Watch.beforePoll(e.retryAfter());
            }
            long left = Math.max(0, limit - calls.timing().nanos() + start);
            if (left <= wait.toNanos()) {
                calls.pause(Duration.ofNanos(left));
                throw timeout(id, last, failure);
            }
            calls.pause(wait);
            interval = WatchedJob.slower(interval);
        }
    }

    /** @param failure of the last poll; null if it did not fail */
    private static FineTuneException timeout(
            String id, @Nullable FileRecord last, @Nullable FineTuneException failure) {
        String status = last == null || last.status() == null ? "" : ": " + last.status();
        String why = failure == null
                ? ""
                : "; the last poll failed: "
                        + failure.toBuilder().resource(null).build().summary();
        return new FailureBuilder(Kind.WAIT_TIMEOUT, "not ingested in time" + status + why)
                .resource(new FineTuneException.Resource(FineTuneException.Resource.Type.FILE, id))
                .hint("Wait longer, or check again later")
                .earlier(failure == null ? List.of() : List.of(failure))
                .build();
    }
}
