package dev.ftj.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A job's life as a timeline, past and future: what the job is at any instant follows from it alone.
 *
 * @param stages in the order of time, at least one; the first holds before it begins, too, whatever a clock says
 */
record Life(Instant createdAt, List<Stage> stages) {

    /** From this instant on, until the next stage, the job is so; each stage is an update of its record. */
    record Stage(Instant since, String status, boolean hasArtifacts) {
        Stage(Instant since, String status) {
            this(since, status, false);
        }

        Stage withArtifacts() {
            return new Stage(since, status, true);
        }
    }

    Life {
        stages = List.copyOf(stages);
    }

    static Life of(Instant createdAt, Stage... stages) {
        return new Life(createdAt, List.of(stages));
    }

    Stage at(Instant now) {
        Stage current = stages.get(0);
        for (Stage stage : stages) {
            if (!stage.since().isAfter(now)) {
                current = stage;
            }
        }
        return current;
    }
}
