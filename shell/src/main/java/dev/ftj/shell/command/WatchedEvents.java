package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob.Event;
import dev.ftj.internal.concurrent.Daemons;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Fetches the new events of the first jobs of a watch on a thread of its own, so that they neither hold the watch up nor end
 * it. For one thread.
 */
final class WatchedEvents implements AutoCloseable {
    private static final int MAX_JOBS = 8;
    private static final int HISTORY = 10;
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

    private final FineTuneClient client;
    private final BiConsumer<String, List<Event>> taker;
    private final BiConsumer<String, FineTuneException> failures;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> Daemons.of("ftj-events", task));
    private final Map<String, EventFeed> feeds = new HashMap<>();
    private final Map<String, Future<?>> running = new HashMap<>();
    private boolean lastRequested;

    /**
     * @param taker gets new events of a job, the oldest first; called on another thread
     * @param failures gets the first failure of each job; called on another thread
     */
    WatchedEvents(
            FineTuneClient client,
            BiConsumer<String, List<Event>> taker,
            BiConsumer<String, FineTuneException> failures) {
        this.client = client;
        this.taker = taker;
        Set<String> failed = new HashSet<>();
        this.failures = (id, failure) -> {
            if (failed.add(id)) {
                failures.accept(id, failure);
            }
        };
    }

    /**
     * Fetches the new events of a job, unless that is under way.
     *
     * @param last whether the job has ended: then there may be some since the last request
     */
    void request(String id, boolean last) {
        EventFeed feed = feeds.get(id);
        if (feed == null) {
            if (last || feeds.size() >= MAX_JOBS) {
                return;
            }
            feed = new EventFeed(client, id, HISTORY);
            feeds.put(id, feed);
        }
        Future<?> before = running.get(id);
        if (last || before == null || before.isDone()) {
            EventFeed polled = feed;
            running.put(id, thread.submit(() -> poll(id, polled)));
            lastRequested |= last;
        }
    }

    private void poll(String id, EventFeed feed) {
        try {
            List<Event> events = feed.poll();
            if (!events.isEmpty()) {
                taker.accept(id, events);
            }
        } catch (FineTuneException e) {
            if (e.kind() != Kind.CANCELLED) {
                failures.accept(id, e);
            }
        }
    }

    /** Waits a moment for the last events of jobs that have ended. */
    void awaitLast() {
        thread.shutdown();
        try {
            boolean unused = lastRequested && thread.awaitTermination(LAST_EVENTS.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // the jobs have ended, and are shown in any case
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
