package dev.ftj.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job's life as a timeline, past and future: what the job is at any instant follows from it alone.
 *
 * @param stages in the order of time, at least one; the first holds before it begins, too, whatever a clock says
 */
record Life(Instant createdAt, List<Stage> stages) {
    private static final Set<String> ENDS = Set.of("COMPLETED", "STOPPED", "CANCELLED", "FAILED");
    private static final Duration WINDING_DOWN = Duration.ofSeconds(2);

    /**
     * From this instant on, until the next stage, the job is so; each stage is an update of its record.
     *
     * @param trained the share of the training that is done when the stage begins, 0 to 1; from there it grows evenly
     *     to that of the next stage
     */
    record Stage(Instant since, String status, double trained, boolean hasArtifacts) {
        Stage(Instant since, String status) {
            this(since, status, 0, false);
        }

        Stage trained(double share) {
            return new Stage(since, status, share, hasArtifacts);
        }

        Stage withArtifacts() {
            return new Stage(since, status, trained, true);
        }
    }

    Life {
        stages = List.copyOf(stages);
    }

    static Life of(Instant createdAt, Stage... stages) {
        return new Life(createdAt, List.of(stages));
    }

    /** A life that begins now, goes well, and takes about twelve seconds at the usual pace. */
    static Life whole(Instant start, Pace pace) {
        return of(
                start,
                new Stage(start, "REGISTERED"),
                new Stage(pace.after(start, Duration.ofSeconds(1)), "STARTING"),
                new Stage(pace.after(start, Duration.ofSeconds(3)), "RUNNING"),
                new Stage(pace.after(start, Duration.ofSeconds(10)), "FINALIZING").trained(1),
                new Stage(pace.after(start, Duration.ofSeconds(12)), "COMPLETED").trained(1),
                new Stage(pace.after(start, Duration.ofSeconds(13)), "COMPLETED")
                        .trained(1)
                        .withArtifacts());
    }

    Stage at(Instant now) {
        return stages.get(index(now));
    }

    /** The share of the training that is done by then, 0 to 1. */
    double trained(Instant now) {
        int index = index(now);
        Stage current = stages.get(index);
        if (index + 1 == stages.size() || now.isBefore(current.since())) {
            return current.trained();
        }
        Stage next = stages.get(index + 1);
        double passed = seconds(current.since(), now) / seconds(current.since(), next.since());
        return current.trained() + passed * (next.trained() - current.trained());
    }

    /** Whether it holds the fine-tune node: it has left the queue, and moves on by itself. */
    boolean isAtWork(Instant now) {
        String status = at(now).status();
        return index(now) + 1 < stages.size() && !status.equals("REGISTERED") && !ENDS.contains(status);
    }

    /** This life, told to wind down; itself where it does so already, null where that comes too late. */
    @Nullable
    Life stopped(Instant now, Pace pace) {
        String status = at(now).status();
        if (status.equals("STOPPING")) {
            return this;
        }
        if (status.equals("FINALIZING") || ENDS.contains(status)) {
            return null;
        }
        double trained = trained(now);
        return until(
                now,
                new Stage(now, "STOPPING").trained(trained),
                new Stage(pace.after(now, WINDING_DOWN), "STOPPED").trained(trained));
    }

    /** This life, ended at once; null where it has ended. */
    @Nullable
    Life cancelled(Instant now) {
        return ENDS.contains(at(now).status()) ? null : until(now, new Stage(now, "CANCELLED").trained(trained(now)));
    }

    /** What has been by now, and then another end. */
    private Life until(Instant now, Stage... others) {
        List<Stage> changed = new ArrayList<>(stages.subList(0, index(now) + 1));
        changed.addAll(List.of(others));
        return new Life(createdAt, changed);
    }

    private int index(Instant now) {
        int current = 0;
        for (int i = 1; i < stages.size(); i++) {
            if (!stages.get(i).since().isAfter(now)) {
                current = i;
            }
        }
        return current;
    }

    private static double seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) / 1e9;
    }
}
