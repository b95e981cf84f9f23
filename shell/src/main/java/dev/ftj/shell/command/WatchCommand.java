package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.Watch;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.Screen;
import dev.ftj.shell.view.WatchView;
import dev.ftj.text.Sanitizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code watch JOB...} and {@code wait JOB...}: follow jobs to their end; wait does so without a word. */
public final class WatchCommand implements ShellCommand {
    private final Session session;
    private final Screen screen;
    private final boolean quiet;
    private final CommandSpec spec;

    /** @param quiet whether it is {@code wait} */
    public WatchCommand(Session session, Screen screen, boolean quiet) {
        this.session = session;
        this.screen = screen;
        this.quiet = quiet;
        this.spec = spec(quiet);
    }

    private static CommandSpec spec(boolean quiet) {
        String name = quiet ? "wait" : "watch";
        return CommandSpec.named(
                        name,
                        quiet
                                ? "watch jobs until they have ended, without progress"
                                : "follow jobs until they have ended")
                .operands(Operands.jobs("JOB...", 1, Operands.MANY))
                .options(
                        Option.OUTPUT,
                        Option.FIELD,
                        Option.UNTIL,
                        Option.TIMEOUT,
                        Option.INTERVAL,
                        Option.ANY,
                        Option.ALL,
                        Option.ON_DONE,
                        Option.NO_BELL,
                        Option.ENDPOINT,
                        Option.API_KEY_FILE,
                        Option.SANDBOX,
                        Option.COLOR,
                        Option.VERBOSE)
                .example(name + " ftj-1", "until it has ended; the exit code tells how")
                .example(name + " ftj-1 --field inference_config_path", "and print where its inference config is")
                .example(name + " ftj-1 ftj-2 --any --timeout 2h", "until the first has ended, 2 hours at most")
                .example(name + " ftj-1 --until RUNNING", "until it trains")
                .exit(0, "every job ended COMPLETED, or reached the status of --until")
                .exit(1, "a job ended COMPLETED without the status of --until; a --field is null or missing")
                .exit(2, "a bad id, option or reference")
                .exit(3, "no key, or the server refused it")
                .exit(4, "no such job")
                .exit(5, "the server redirects elsewhere")
                .exit(6, "TLS failed, or nothing was ever heard of the server")
                .exit(10, "a job FAILED")
                .exit(11, "a job was STOPPED")
                .exit(12, "a job was CANCELLED")
                .exit(124, "the time of --timeout passed")
                .exit(130, "Ctrl-C: the jobs go on")
                .lasts()
                .build();
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public int run(Arguments arguments) throws InterruptedException {
        JobStatus until = until(arguments.value(Option.UNTIL));
        if (arguments.has(Option.ANY) && arguments.has(Option.ALL)) {
            throw FineTuneException.of(Kind.USAGE, "--any and --all say two different things", "Leave one out");
        }
        Remembered remembered = session.remembered(arguments);
        JobIds ids = JobIds.of(arguments, session, remembered::resolve);
        List<JobResult> asked = ids.results(JobIds::asked).toList();
        if (asked.isEmpty()) {
            throw JobIds.none();
        }
        return follow(arguments, asked, new Records(screen, arguments, !ids.isOne()), until, remembered);
    }

    private int follow(
            Arguments arguments,
            List<JobResult> asked,
            Records records,
            @Nullable JobStatus until,
            Remembered remembered)
            throws InterruptedException {
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
        Watching watching = new Watching(client, watch(client, ids, arguments, until), ids, view, remembered, onDone);
        List<JobResult> ends;
        try {
            ends = watching.run();
        } catch (InterruptedException e) {
            throw cancelled(arguments, watching.pending());
        }
        WatchEnd end = new WatchEnd(screen, remembered, records, until, everyChange);
        int code = end.show(asked, ends, arguments.has(Option.ANY));
        if (!arguments.has(Option.NO_BELL)) {
            view.ring("ftj: " + WatchEnd.words(ends));
        }
        return code;
    }

    private static Watch watch(
            FineTuneClient client, List<String> ids, Arguments arguments, @Nullable JobStatus until) {
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

    private static @Nullable JobStatus until(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        JobStatus status = JobStatus.of(typed.toUpperCase(Locale.ROOT));
        if (!status.isDocumented()) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "not a value of --until: " + typed,
                    "Possible: "
                            + String.join(
                                    ", ",
                                    JobStatus.documented().stream()
                                            .map(JobStatus::value)
                                            .toList()));
        }
        return status;
    }

    /** Says what goes on, and the line that takes the watch up again. */
    private FineTuneException cancelled(Arguments arguments, List<String> pending) {
        String line = Resume.line(spec.name(), arguments, session.options(), pending, session.isInteractive());
        return Watching.cancelled(
                pending.size() == 1 ? pending.get(0) : null, "Again: `" + Sanitizer.oneLine(line) + "`");
    }
}
