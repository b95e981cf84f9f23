package dev.ftj;

import dev.ftj.FineTuneJob.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Sorts events by time. */
final class EventOrder {
    private record Timed(Event event, Instant at) {}

    private EventOrder() {}

    /** @param events newest first or oldest first, perhaps not quite, perhaps without times */
    static List<Event> oldestFirst(Collection<Event> events) {
        List<Event> ordered = new ArrayList<>(events);
        List<Instant> times =
                ordered.stream().map(Event::createdAt).filter(Objects::nonNull).toList();
        boolean ascending = !times.isEmpty() && times.get(0).isBefore(times.get(times.size() - 1));
        if (!ascending) {
            Collections.reverse(ordered);
        }
        List<Timed> timed = new ArrayList<>();
        Instant before = Instant.MIN;
        for (Event event : ordered) {
            before = Objects.requireNonNullElse(event.createdAt(), before);
            timed.add(new Timed(event, before));
        }
        // stable: events of the same moment stay in order
        timed.sort(Comparator.comparing(Timed::at));
        return timed.stream().map(Timed::event).toList();
    }
}
