package dev.ftj.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a job, past and future: its state at any instant follows from them and needs no timer.
 *
 * @param phases in chronological order, at least one; the first also holds before it begins
 */
record JobLifecycle(Instant createdAt, List<Phase> phases) {
    private static final Set<String> TERMINAL = Set.of("COMPLETED", "STOPPED", "CANCELLED", "FAILED");
    private static final int STOPPING_SECONDS = 2;

    /**
     * A status from an instant on; each phase is an update of the record.
     *
     * @param trained the share of the training that is done when the phase begins, 0 to 1; it grows linearly until the
     *     next phase
     */
    record Phase(Instant since, String status, double trained, boolean hasArtifacts) {}

    JobLifecycle {
        phases = List.copyOf(phases);
    }

    /** Returns a lifecycle that begins now, succeeds, and takes 12 seconds at speed 1; artifacts follow a second later. */
    static JobLifecycle successful(Instant now, double speed) {
        return new JobLifecycle(
                now,
                List.of(
                        new Phase(now, "REGISTERED", 0, false),
                        new Phase(after(now, 1, speed), "STARTING", 0, false),
                        new Phase(after(now, 3, speed), "RUNNING", 0, false),
                        new Phase(after(now, 10, speed), "FINALIZING", 1, false),
                        new Phase(after(now, 12, speed), "COMPLETED", 1, false),
                        new Phase(after(now, 13, speed), "COMPLETED", 1, true)));
    }

    /** Returns the instant so many seconds later, which pass {@code speed} times as fast; at most 292 years. */
    static Instant after(Instant begin, double seconds, double speed) {
        return begin.plusNanos((long) (seconds * 1e9 / speed));
    }

    Phase at(Instant now) {
        return phases.get(index(now));
    }

    /** Returns the share of the training that is done, 0 to 1. */
    double trained(Instant now) {
        int index = index(now);
        Phase current = phases.get(index);
        if (index + 1 == phases.size() || now.isBefore(current.since())) {
            return current.trained();
        }
        Phase next = phases.get(index + 1);
        double passed = seconds(current.since(), now) / seconds(current.since(), next.since());
        return current.trained() + passed * (next.trained() - current.trained());
    }

    /** Whether the job occupies the fine-tune node: it has left the queue and will change by itself. */
    boolean isActive(Instant now) {
        String status = at(now).status();
        return index(now) + 1 < phases.size() && !status.equals("REGISTERED") && !TERMINAL.contains(status);
    }

    /** Returns the lifecycle after a stop, unchanged if it is stopping already; null if it is too late. */
    @Nullable
    JobLifecycle stopped(Instant now, double speed) {
        String status = at(now).status();
        if (status.equals("STOPPING")) {
            return this;
        }
        if (status.equals("FINALIZING") || TERMINAL.contains(status)) {
            return null;
        }
        double trained = trained(now);
        return endingWith(
                now,
                new Phase(now, "STOPPING", trained, false),
                new Phase(after(now, STOPPING_SECONDS, speed), "STOPPED", trained, false));
    }

    /** Returns the lifecycle after a cancel; null if the job has ended. */
    @Nullable
    JobLifecycle cancelled(Instant now) {
        return TERMINAL.contains(at(now).status())
                ? null
                : endingWith(now, new Phase(now, "CANCELLED", trained(now), false));
    }

    private JobLifecycle endingWith(Instant now, Phase... others) {
        List<Phase> changed = new ArrayList<>(phases.subList(0, index(now) + 1));
        changed.addAll(List.of(others));
        return new JobLifecycle(createdAt, changed);
    }

    private int index(Instant now) {
        int current = 0;
        for (int i = 1; i < phases.size(); i++) {
            if (!phases.get(i).since().isAfter(now)) {
                current = i;
            }
        }
        return current;
    }

    private static double seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) / 1e9;
    }
}
