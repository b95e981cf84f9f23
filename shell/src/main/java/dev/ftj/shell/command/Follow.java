package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.Watch;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.Screen;
import dev.ftj.shell.view.WatchView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows jobs with the options of a line, from the first look to the exit code. */
final class Follow {
    private final Session session;
    private final Screen screen;
    private final CommandSpec again;
    private final CommandLine arguments;
    private final boolean quiet;

    /**
     * @param again the command that takes the watch up again where it is broken off
     * @param quiet whether nothing is said before the end
     */
    Follow(Session session, Screen screen, CommandSpec again, CommandLine arguments, boolean quiet) {
        this.session = session;
        this.screen = screen;
        this.again = again;
        this.arguments = arguments;
        this.quiet = quiet;
    }

    /**
     * Follows the jobs, and shows their ends.
     *
     * @param asked what each word of the line stood for: an id, or a failure
     * @param until what to wait for; null for the end
     * @return the exit code
     */
    int run(List<JobResult> asked, RecordOutput records, @Nullable JobStatus until) throws InterruptedException {
        Remembered remembered = session.remembered(arguments);
        if (records.areCards()) {
            session.tellSandbox(arguments);
        }
        List<String> ids = asked.stream()
                .filter(one -> one.failure() == null)
                .map(JobResult::id)
                .toList();
        // --timeout is the watch's here, and not that of a call
        FineTuneClient client = session.client(arguments.without(Option.TIMEOUT));
        boolean everyChange =
                !quiet && Format.of(arguments.value(Option.OUTPUT)) == Format.JSONL && !arguments.has(Option.FIELD);
        WatchView view = new WatchView(screen, ids, quiet, everyChange);
        String command = arguments.value(Option.ON_DONE);
        OnDone onDone = command == null ? null : new OnDone(command, screen, session.keys()::redact);
        Watching watching = new Watching(
                client, watch(client, ids, until), ids, view, remembered, onDone, new UnknownStatus(screen, "--until"));
        List<JobResult> ends;
        screen.keyboard().hide(screen::forgetDrawn);
        try {
            ends = watching.run();
        } catch (InterruptedException e) {
            throw cancelled(watching.pending());
        } finally {
            screen.keyboard().show();
        }
        if (!screen.flush()) {
            return 0;
        }
        WatchEnd end = new WatchEnd(
                screen, remembered, records, until, everyChange, proposed -> session.typed(arguments, proposed));
        int code = end.show(asked, ends, arguments.has(Option.ANY));
        if (!arguments.has(Option.NO_BELL)) {
            view.ring("ftj: " + WatchEnd.words(ends));
        }
        return code;
    }

    private Watch watch(FineTuneClient client, List<String> ids, @Nullable JobStatus until) {
        Watch watch = client.watch(ids);
        if (until != null) {
            watch.until(until);
        }
        Duration interval = arguments.interval();
        if (interval != null) {
            watch.interval(interval);
        }
        Duration timeout = arguments.duration(Option.TIMEOUT);
        if (timeout != null) {
            watch.timeout(timeout);
        }
        return arguments.has(Option.ANY) ? watch.any() : watch;
    }

    /** Says what goes on, and the line that takes the watch up again. */
    private FineTuneException cancelled(List<String> pending) {
        if (pending.isEmpty()) {
            return FineTuneException.of(Kind.CANCELLED, "every job has ended; --on-done was broken off", null);
        }
        if (arguments.has(Option.SANDBOX) && !session.isInteractive()) {
            return Watching.cancelled(
                    pending.size() == 1 ? pending.get(0) : null, "The simulated API ended with this process");
        }
        String line = Resume.line(again, arguments, session.options(), pending, session.isInteractive());
        return Watching.cancelled(
                pending.size() == 1 ? pending.get(0) : null, "Again: `" + Sanitizer.oneLine(line) + "`");
    }
}
