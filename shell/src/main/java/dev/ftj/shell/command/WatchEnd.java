package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import dev.ftj.shell.view.Screen;
import dev.ftj.text.Sanitizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The end of a watch: the final records on stdout, what failed on stderr, and the exit code. */
final class WatchEnd {
    private final Screen screen;
    private final Remembered remembered;
    private final Format format;
    private final @Nullable FieldPath field;
    private final @Nullable JobStatus until;
    private final boolean shownAlready;
    private final boolean trace;
    private final JobsView view;
    private final Outcome outcome = new Outcome();

    /**
     * @param several whether the call names several jobs
     * @param shownAlready whether the final records came as the last changes
     */
    WatchEnd(
            Screen screen,
            Remembered remembered,
            Arguments arguments,
            @Nullable FieldPath field,
            boolean several,
            @Nullable JobStatus until,
            boolean shownAlready) {
        this.screen = screen;
        this.remembered = remembered;
        this.field = field;
        this.until = until;
        this.shownAlready = shownAlready;
        format = Format.of(arguments.value(Option.OUTPUT));
        trace = arguments.count(Option.VERBOSE) > 1;
        view = new JobsView(screen, format, field, several);
    }

    /**
     * Shows what came of each word of the line.
     *
     * @param asked what each word stood for: an id, or a failure
     * @param ends what came of the ids, in their order; with {@code --any} only of the one that ended
     * @return the exit code
     */
    int show(List<JobResult> asked, List<JobResult> ends, boolean any) {
        for (JobResult result : any ? joined(asked, ends) : inPlace(asked, ends)) {
            if (!screen.flush()) {
                return outcome.code();
            }
            FineTuneException failure = result.failure();
            if (failure == null) {
                show(result.get());
            } else {
                view.skip();
                fail(failure);
            }
        }
        view.end();
        screen.flush();
        return outcome.code();
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

    private void show(FineTuneJob job) {
        String id = String.valueOf(job.id() != null ? job.id() : job.uuid());
        boolean cards = format == Format.TEXT && field == null;
        if (!shownAlready && !view.show(job, cards ? remembered.timeline(job) : List.of())) {
            fail(FineTuneException.ofJob(Kind.LOCAL, id, "its " + field + " is null or missing", null));
        }
        JobStatus status = job.status();
        int code = Outcome.of(status, until);
        outcome.add(code);
        if (code == Kind.LOCAL.exitCode()) {
            screen.flush();
            screen.say(Sanitizer.oneLine("ftj: " + id + ": it ended " + status + ", and never was " + until));
        } else if (JobStatus.COMPLETED.equals(status) && job.inferenceConfigPath() == null) {
            screen.flush();
            screen.say(Sanitizer.oneLine("ftj: " + id
                    + ": COMPLETED; its inference_config_path is not there yet, so look again in a moment"));
        }
    }

    private void fail(FineTuneException failure) {
        if (screen.flush()) {
            new ErrorView(screen).show(failure, format, trace);
            outcome.add(failure.kind().exitCode());
        }
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
        return failure.kind() == Kind.NOT_ENDED_IN_TIME ? "not ended" : "not followed";
    }
}
