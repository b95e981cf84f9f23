package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The events of one job as they come, each once. For one thread. */
final class EventFeed {
    /** The server sends the newest first: so many are read, and more only if none of them is known. */
    private static final int PAGE = 100;

    private final FineTuneClient client;
    private final String jobId;
    private final int history;
    private final Set<String> known = new HashSet<>();
    private boolean begun;

    /** @param history how many of the events that there are at first are returned; -1 for all */
    EventFeed(FineTuneClient client, String jobId, int history) {
        this.client = client;
        this.jobId = jobId;
        this.history = history;
    }

    /** Returns the events that are new since the last call, the oldest first. */
    List<Event> poll() {
        List<Event> found = new ArrayList<>();
        try {
            read(found);
        } catch (FineTuneException e) {
            // what a server will never send is not waited for
            if (found.isEmpty() || e.retryable() || e.kind() != Kind.UNREADABLE) {
                throw e;
            }
        }
        found.forEach(event -> known.add(key(event)));
        boolean all = begun || history < 0;
        begun = true;
        List<Event> ordered = Event.oldestFirst(found);
        return ordered.subList(all ? 0 : Math.max(0, ordered.size() - history), ordered.size());
    }

    private void read(List<Event> found) {
        int limit = begun || history < 0 ? -1 : Math.max(PAGE, history);
        Set<String> keys = new HashSet<>();
        SortLimit most = new SortLimit(jobId, "events", EventsCommand.SORT_HINT);
        try (Stream<Event> events = client.events(jobId, limit)) {
            boolean anyKnown = false;
            int count = 0;
            for (Iterator<Event> each = events.iterator(); (count < PAGE || !anyKnown) && each.hasNext(); count++) {
                Event event = each.next();
                if (known.contains(key(event))) {
                    anyKnown = true;
                } else if (keys.add(key(event))) {
                    most.add(event.json());
                    found.add(event);
                }
            }
        }
    }

    private static String key(Event event) {
        return Objects.requireNonNullElseGet(event.id(), event::json);
    }
}
