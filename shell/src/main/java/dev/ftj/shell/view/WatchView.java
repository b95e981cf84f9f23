package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.Span;
import dev.ftj.internal.text.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a watch looks while it goes on: a board that is drawn anew on a terminal, a line a change elsewhere, an object a
 * change on stdout for {@code -o jsonl}, or nothing.
 */
public final class WatchView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final Duration BETWEEN_TROUBLES = Duration.ofMinutes(1);

    private final Screen screen;
    private final WatchBoard board;
    private final WallClock clock;
    private final boolean objects;
    private final boolean live;
    private final boolean lines;
    private final Set<String> inTrouble = new HashSet<>();
    private final Map<String, Instant> told = new HashMap<>();
    private boolean wanted = true;

    /**
     * @param quiet whether nothing is to be shown before the end
     * @param objects whether each change is a record on stdout
     */
    public WatchView(Screen screen, List<String> ids, boolean quiet, boolean objects) {
        this(screen, ids, quiet, objects, WallClock.system());
    }

    WatchView(Screen screen, List<String> ids, boolean quiet, boolean objects, WallClock clock) {
        this.screen = screen;
        this.clock = clock;
        this.objects = objects;
        live = !quiet && !objects && screen.isLive();
        lines = !quiet && !objects && !live;
        board = new WatchBoard(ids, screen.errStyle(), clock);
    }

    /** Whether a person sees the jobs change. */
    public boolean isLive() {
        return live;
    }

    /** False where whoever read the changes has gone. */
    public boolean isWanted() {
        return wanted;
    }

    /** @param seen the statuses that the job was seen in, the present one included */
    public void update(Update update, List<StatusObservation> seen) {
        FineTuneJob job = update.job();
        if (update.statusChanged() && job != null && objects) {
            screen.out().println(JsonText.compact(job.json()));
            wanted = screen.flush();
        }
        board.update(update, seen);
        if (lines) {
            tell(update);
        }
        tick();
    }

    public void metrics(String id, JobMetrics metrics) {
        board.metrics(id, metrics);
        tick();
    }

    /** Time has passed. */
    public void tick() {
        if (live) {
            screen.live(board::lines);
        }
    }

    /** Leaves what a person wants to find later. */
    public void end() {
        if (live) {
            screen.live((width, height) -> board.summary());
            screen.live(null);
        }
    }

    private void tell(Update update) {
        String id = Sanitizer.oneLine(update.id());
        FineTuneException failure = update.failure();
        Duration nextIn = update.nextIn();
        if (failure == null) {
            boolean well = inTrouble.contains(update.id()) && mayTell(update.id());
            FineTuneJob job = update.job();
            JobStatus status = job == null ? null : job.status();
            if (update.statusChanged() || well) {
                inTrouble.remove(update.id());
                screen.say(now() + "  " + id + "  " + (status == null ? "no status" : status));
            }
        } else if (nextIn != null && !inTrouble.contains(update.id()) && mayTell(update.id())) {
            inTrouble.add(update.id());
            Instant heardAt = update.seenAt();
            screen.say(now() + "  " + id + "  " + WatchBoard.problem(failure) + "; "
                    + (heardAt == null ? "not heard of yet" : "last heard of at " + time(heardAt)) + ", next look in "
                    + Span.of(nextIn));
        }
    }

    /** Trouble that comes and goes is a line a minute: a thousand jobs would fill a disk with it otherwise. */
    private boolean mayTell(String id) {
        Instant now = clock.now();
        Instant before = told.get(id);
        if (before != null && Duration.between(before, now).abs().compareTo(BETWEEN_TROUBLES) < 0) {
            return false;
        }
        told.put(id, now);
        return true;
    }

    private String now() {
        return time(clock.now());
    }

    private String time(Instant instant) {
        return TIME.format(clock.local(instant));
    }

    /** Calls a person who looks elsewhere: the bell, and a notice where the terminal has them. */
    public void ring(String what) {
        if (screen.isLive()) {
            screen.signal("\u0007\u001b]9;" + Sanitizer.oneLine(what) + "\u0007");
        }
    }
}
