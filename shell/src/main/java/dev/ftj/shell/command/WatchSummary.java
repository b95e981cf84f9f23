package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows how the jobs of a watch ended: the final records, the failures, and the exit code. */
final class WatchSummary {
    private final Console console;
    private final JobMemory remembered;
    private final RecordOutput records;
    private final @Nullable JobStatus until;
    private final boolean alreadyShown;
    private final UnaryOperator<String> typed;

    /**
     * @param alreadyShown whether the final records were printed as the last changes
     * @param typed completes a proposed command with the options of this line
     */
    WatchSummary(
            Console console,
            JobMemory remembered,
            RecordOutput records,
            @Nullable JobStatus until,
            boolean alreadyShown,
            UnaryOperator<String> typed) {
        this.console = console;
        this.remembered = remembered;
        this.records = records;
        this.until = until;
        this.alreadyShown = alreadyShown;
        this.typed = typed;
    }

    /**
     * Shows the result of each job of the line.
     *
     * @param asked an id or a failure for each
     * @param ends the results of the ids, in their order; with {@code any} only of the one that ended. Their failures were
     *     reported when they occurred
     * @return the exit code
     */
    int show(List<JobResult> asked, List<JobResult> ends, boolean any) {
        for (JobResult result : any ? joined(asked, ends) : inPlace(asked, ends)) {
            if (!console.flush()) {
                break;
            }
            FineTuneException failure = result.failure();
            if (failure == null) {
                show(result.id(), result.get());
            } else if (asked.contains(result)) {
                records.miss(failure);
            } else {
                records.missReported(failure);
            }
        }
        return records.end();
    }

    private static List<JobResult> joined(List<JobResult> asked, List<JobResult> ends) {
        List<JobResult> all = new ArrayList<>(
                asked.stream().filter(one -> one.failure() != null).toList());
        all.addAll(ends);
        return all;
    }

    private static List<JobResult> inPlace(List<JobResult> asked, List<JobResult> ends) {
        Deque<JobResult> remaining = new ArrayDeque<>(ends);
        return asked.stream()
                .map(one -> one.failure() == null ? remaining.remove() : one)
                .toList();
    }

    private void show(String id, FineTuneJob job) {
        if (!alreadyShown) {
            records.show(id, job, records.areCards() ? Timeline.rows(remembered.timeline(job)) : List.of());
        }
        JobStatus status = job.status();
        int code = code(status);
        records.note(code);
        if (code == Kind.LOCAL.exitCode()) {
            say(id + ": it ended " + status + " without reaching " + until);
        } else if (JobStatus.COMPLETED.equals(status) && !hasOutcome(job)) {
            String outcome = job.isOfNewerApi() ? "fine_tuned_model" : "inference_config_path";
            say(id + ": " + status + ", but its " + outcome + " is not set yet: fetch it again in a moment");
        } else {
            String why = NextStep.whyItFailed(job, typed);
            if (why != null) {
                say(id + ": " + why);
            }
        }
    }

    /** Returns the exit code for the status of an ended job, unless it is the awaited one. */
    private int code(@Nullable JobStatus status) {
        if (status == null || (until == null ? status.equals(JobStatus.COMPLETED) : status.hasReached(until))) {
            return 0;
        }
        if (status.equals(JobStatus.FAILED)) {
            return 10;
        }
        if (status.equals(JobStatus.STOPPED)) {
            return 11;
        }
        return status.equals(JobStatus.CANCELLED) ? 12 : Kind.LOCAL.exitCode();
    }

    private static boolean hasOutcome(FineTuneJob job) {
        return job.inferenceConfigPath() != null || job.fineTunedModel() != null;
    }

    private void say(String what) {
        console.flush();
        console.say(Sanitizer.oneLine("ftj: " + what));
    }

    /** Returns {@code ftj-1 COMPLETED}, or for several jobs {@code 2 COMPLETED, 1 FAILED}. */
    static String words(List<JobResult> ends) {
        if (ends.size() == 1) {
            JobResult end = ends.get(0);
            return end.id() + " " + word(end);
        }
        Map<String, Integer> counts = new TreeMap<>();
        ends.forEach(end -> counts.merge(word(end), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((word, count) -> parts.add(count + " " + word));
        return String.join(", ", parts);
    }

    private static String word(JobResult end) {
        FineTuneException failure = end.failure();
        if (failure == null) {
            return String.valueOf(end.get().status());
        }
        return failure.kind() == Kind.WAIT_TIMEOUT ? "no end seen" : "not followed";
    }
}
