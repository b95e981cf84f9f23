package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Event;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.ZonedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Shows the progress of a watch: a board that is redrawn on a terminal, one line per change elsewhere, one object per
 * change on stdout for {@code -o jsonl}, or nothing.
 */
public final class WatchView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final Duration BETWEEN_FAILURES = Duration.ofMinutes(1);

    private final Console console;
    private final WatchBoard board;
    private final ZonedClock clock;
    private final boolean objects;
    private final boolean live;
    private final boolean lines;
    private final Set<String> failing = new HashSet<>();
    private final Map<String, Instant> reported = new HashMap<>();
    private boolean wanted = true;

    /**
     * @param quiet whether nothing is shown before the end
     * @param objects whether each change is printed as a record on stdout
     */
    public WatchView(Console console, List<String> ids, boolean quiet, boolean objects) {
        this(console, ids, quiet, objects, ZonedClock.system());
    }

    WatchView(Console console, List<String> ids, boolean quiet, boolean objects, ZonedClock clock) {
        this.console = console;
        this.clock = clock;
        this.objects = objects;
        live = !quiet && !objects && console.isLive();
        lines = !quiet && !objects && !live;
        board = new WatchBoard(ids, console.errStyle(), clock);
    }

    /** Whether a board is redrawn on a terminal. */
    public boolean isLive() {
        return live;
    }

    /** Returns false if the reader of stdout has closed it. */
    public boolean isWanted() {
        return wanted;
    }

    /** @param seen the statuses so far, the present one included */
    public void update(Update update, List<StatusObservation> seen) {
        FineTuneJob job = update.job();
        if (update.statusChanged() && job != null && objects) {
            console.out().println(JsonText.compact(job.json()));
            wanted = console.flush();
        }
        board.update(update, seen);
        if (lines) {
            report(update);
        }
        tick();
    }

    public void metrics(String id, JobMetrics metrics) {
        board.metrics(id, metrics);
        tick();
    }

    /** Whether anything is shown before the end, but for records. */
    public boolean showsProgress() {
        return live || lines;
    }

    /** Shows new events of a job, a line each. */
    public void events(String id, List<Event> events) {
        for (Event event : events) {
            Instant at = Objects.requireNonNullElse(event.createdAt(), clock.now());
            console.say(
                    eventTime(at) + "  " + Sanitizer.oneLine(id) + "  " + EventsView.words(event, console.errStyle()));
        }
    }

    /** Says that the events of a job could not be fetched. */
    public void eventsFailed(String id, FineTuneException failure) {
        console.say(Sanitizer.oneLine("ftj: " + id + ": events: " + failure.summary() + "; the watch goes on"));
    }

    private String eventTime(Instant at) {
        boolean today =
                clock.local(at).toLocalDate().equals(clock.local(clock.now()).toLocalDate());
        return today ? time(at) : DATE.format(clock.local(at));
    }

    /** Redraws: ages and waits have changed. */
    public void tick() {
        if (live) {
            console.live(board::lines);
        }
    }

    /** Replaces the board with a summary that stays on the terminal. */
    public void end() {
        if (live) {
            console.live((width, height) -> board.summary());
            console.live(null);
        }
    }

    private void report(Update update) {
        String id = Sanitizer.oneLine(update.id());
        FineTuneException failure = update.failure();
        Duration nextIn = update.nextIn();
        if (failure == null) {
            boolean recovered = failing.contains(update.id()) && mayReport(update.id());
            FineTuneJob job = update.job();
            JobStatus status = job == null ? null : job.status();
            if (update.statusChanged() || recovered) {
                failing.remove(update.id());
                console.say(now() + "  " + id + "  " + (status == null ? "no status" : status));
            }
        } else if (nextIn != null && !failing.contains(update.id()) && mayReport(update.id())) {
            failing.add(update.id());
            Instant seenAt = update.seenAt();
            console.say(now() + "  " + id + "  " + WatchBoard.problem(failure) + "; "
                    + (seenAt == null ? "no response yet" : "last seen at " + time(seenAt)) + "; next poll in "
                    + DurationText.of(nextIn));
        }
    }

    /** Failures that come and go are one line a minute and job: a thousand jobs would fill a disk otherwise. */
    private boolean mayReport(String id) {
        Instant now = clock.now();
        Instant before = reported.get(id);
        if (before != null && Duration.between(before, now).abs().compareTo(BETWEEN_FAILURES) < 0) {
            return false;
        }
        reported.put(id, now);
        return true;
    }

    private String now() {
        return time(clock.now());
    }

    private String time(Instant instant) {
        return TIME.format(clock.local(instant));
    }

    /** Rings the terminal's bell and shows a desktop notification, if the terminal can. */
    public void ring(String what) {
        if (console.isLive()) {
            console.signal("\u0007\u001b]9;" + Sanitizer.oneLine(what) + "\u0007");
        }
    }
}
