package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.DidYouMean;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;
import java.util.List;
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
                .parameters(Parameters.jobs("JOB...", 1, Parameters.MANY))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(
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
                .exit(1, "a job ended COMPLETED, and never was in the status of --until; a --field is null or missing")
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
                .handlesInterrupt()
                .build();
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public int run(CommandLine arguments) throws InterruptedException {
        JobStatus until = until(arguments.value(Option.UNTIL));
        if (arguments.has(Option.ANY) && arguments.has(Option.ALL)) {
            throw FineTuneException.of(Kind.USAGE, "--any and --all say two different things", "Leave one out");
        }
        Remembered remembered = session.remembered(arguments);
        JobIds ids = JobIds.of(arguments, session);
        List<JobResult> asked = ids.results(JobIds::asked).toList();
        RecordOutput records = new RecordOutput(screen, arguments, !ids.isOne());
        if (asked.isEmpty()) {
            screen.say(JobIds.NOTHING);
            return records.end();
        }
        return new Follow(session, screen, spec, arguments, quiet).run(asked, records, until);
    }

    /** Any word may be a status of a newer server. */
    private @Nullable JobStatus until(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        if (typed.isBlank()) {
            throw FineTuneException.of(
                    Kind.USAGE, "invalid value for --until: '" + typed + "'", "Write a status such as RUNNING");
        }
        JobStatus status = JobStatus.of(typed).canonical();
        if (!status.isDocumented()) {
            String nearest = DidYouMean.hint(
                    status.value(),
                    JobStatus.documented().stream().map(JobStatus::value).toList());
            screen.say(Sanitizer.oneLine(
                    "ftj: --until " + status + " is no documented status; it waits for that very word. " + nearest));
        }
        return status;
    }
}
