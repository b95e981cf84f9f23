package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.Screen;
import dev.ftj.shell.view.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The end of a watch: the final records, what failed, and the exit code. */
final class WatchEnd {
    private final Screen screen;
    private final Remembered remembered;
    private final RecordOutput records;
    private final @Nullable JobStatus until;
    private final boolean shownAlready;
    private final UnaryOperator<String> typed;

    /**
     * @param shownAlready whether the final records came as the last changes
     * @param typed makes of a command that is proposed what is to be typed
     */
    WatchEnd(
            Screen screen,
            Remembered remembered,
            RecordOutput records,
            @Nullable JobStatus until,
            boolean shownAlready,
            UnaryOperator<String> typed) {
        this.screen = screen;
        this.remembered = remembered;
        this.records = records;
        this.until = until;
        this.shownAlready = shownAlready;
        this.typed = typed;
    }

    /**
     * Shows what came of each word of the line.
     *
     * @param asked what each word stood for: an id, or a failure
     * @param ends what came of the ids, in their order; with {@code any} only of the one that ended
     * @return the exit code
     */
    int show(List<JobResult> asked, List<JobResult> ends, boolean any) {
        for (JobResult result : any ? joined(asked, ends) : inPlace(asked, ends)) {
            if (!screen.flush()) {
                break;
            }
            FineTuneException failure = result.failure();
            if (failure == null) {
                show(result.id(), result.get());
            } else {
                records.miss(failure);
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
        if (!shownAlready) {
            records.show(id, job, records.areCards() ? Timeline.rows(remembered.timeline(job)) : List.of());
        }
        JobStatus status = job.status();
        int code = ExitCode.of(status, until);
        records.note(code);
        if (code == Kind.LOCAL.exitCode()) {
            say(id + ": it ended " + status + ", and never was " + until);
        } else if (JobStatus.COMPLETED.equals(status) && job.inferenceConfigPath() == null) {
            say(id + ": " + status + "; its inference_config_path is not there yet, so look again in a moment");
        } else {
            NextStep.whyItFailed(job, typed).ifPresent(why -> say(id + ": " + why));
        }
    }

    private void say(String what) {
        screen.flush();
        screen.say(Sanitizer.oneLine("ftj: " + what));
    }

    /** Such as {@code ftj-1 COMPLETED}, or for several {@code 2 COMPLETED, 1 FAILED}. */
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
        return failure.kind() == Kind.WAIT_TIMEOUT ? "not ended" : "not followed";
    }
}
