package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.DidYouMean;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code watch} and {@code wait}: follow jobs until they end.
 *
 * @param quiet true for {@code wait}, which shows nothing before
 */
public record WatchCommand(Session session, Console console, boolean quiet) implements ShellCommand {
    private static final String NOTHING = "ftj: nothing to wait for";

    @Override
    public CommandSpec spec() {
        String name = quiet ? "wait" : "watch";
        return CommandSpec.named(name, quiet ? "wait until jobs end, without progress" : "watch jobs until they end")
                .parameters(Parameters.jobs("[JOB...]", 0, Parameters.MANY))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(
                        Option.FIELD,
                        Option.STATUS,
                        Option.UNTIL,
                        Option.TIMEOUT,
                        Option.INTERVAL,
                        Option.ANY,
                        Option.ALL,
                        Option.UNKNOWN_STATUS,
                        Option.FOR,
                        Option.ON_CHANGE,
                        Option.ON_DONE,
                        Option.NO_BELL,
                        Option.ENDPOINT,
                        Option.API_KEY_FILE,
                        Option.SANDBOX,
                        Option.COLOR,
                        Option.VERBOSE)
                .describe(Option.TIMEOUT, "time limit of the whole watch: 90s, 5m, 2h")
                .example(name + " ftj-1", "until it ends; the exit code says how")
                .example(name, "all jobs that have not ended when the command starts")
                .example(name + " --status RUNNING --any", "until the first of the jobs that are running now ends")
                .example(name + " ftj-1 --field inference_config_path", "and print where its inference config is")
                .example(name + " ftj-1 ftj-2 --any --timeout 2h", "until the first ends, at most 2 hours")
                .example(name + " ftj-1 --until RUNNING", "until it trains")
                .example(
                        name + " ftj-1 --on-change 'echo \"$FTJ_OLD_STATUS -> $FTJ_STATUS\"'",
                        "run a command at each change of its status")
                .exit(0, "every job ended COMPLETED or reached the status of --until; or there is no job to wait for")
                .exit(1, "a job ended COMPLETED without reaching the status of --until; a --field is null or missing")
                .exit(2, "a bad id, option or reference")
                .exit(3, "no key, or the server refused it")
                .exit(4, "no such job")
                .exit(5, "the server redirects elsewhere; with --unknown-status fail, a status that ftj does not know")
                .exit(6, "TLS failed, or the server never answered")
                .exit(10, "a job FAILED")
                .exit(11, "a job was STOPPED")
                .exit(12, "a job was CANCELLED")
                .exit(124, "the time of --timeout passed")
                .exit(130, "Ctrl-C; the jobs are not affected")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine line) throws InterruptedException {
        JobStatus until = until(line.value(Option.UNTIL));
        Duration timeout = line.duration(Option.TIMEOUT);
        Pictures.refuse(line.has(Option.ANY) && line.has(Option.ALL), "--any contradicts --all");
        Pictures.refuse(
                line.has(Option.STATUS) && !line.words().isEmpty(), "--status selects the jobs in place of JOB");
        Pictures.refuse(
                line.has(Option.FOR) && !"fail".equals(line.value(Option.UNKNOWN_STATUS)),
                "--for is the limit of --unknown-status fail, which is missing");
        boolean fromList = line.words().isEmpty();
        JobIds ids = JobIds.of(line, session);
        RecordOutput records = new RecordOutput(session, console, line, fromList || !ids.isOne());
        List<JobResult> asked =
                fromList ? listed(line, timeout) : ids.results(JobIds::asked).toList();
        if (asked.isEmpty()) {
            console.say(fromList ? NOTHING : JobIds.NOTHING);
            return records.end();
        }
        return new WatchRunner(session, console, spec(), line, quiet).run(asked, records, until, timeout, fromList);
    }

    /** The jobs in the statuses of {@code --status}, or else those that have not ended; one result for each. */
    private List<JobResult> listed(CommandLine line, @Nullable Duration timeout) {
        boolean open = !line.has(Option.STATUS);
        ListQuery query = ListQuery.of(line);
        List<JobResult> found = new ArrayList<>();
        long start = System.nanoTime();
        try {
            query.ask(session.client(line), result -> {
                // the limit of a call is that of one page
                if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
                    throw timedOut(timeout);
                }
                if (result.failure() != null || !open || !hasEnded(result.get())) {
                    found.add(result.failure() != null ? result : asked(result.id()));
                }
                return true;
            });
        } catch (FineTuneException e) {
            if (e.kind() != Kind.TIMEOUT || timeout == null) {
                throw e;
            }
            FineTuneException late = timedOut(timeout);
            late.initCause(e);
            throw late;
        }
        return found;
    }

    /** An id that cannot be asked for is the server's fault here, not the user's. */
    private static JobResult asked(String id) {
        try {
            return new JobResult(JobId.of(id).value(), null, null);
        } catch (FineTuneException e) {
            return new JobResult(
                    id,
                    null,
                    FineTuneException.ofJob(
                            Kind.UNREADABLE,
                            id,
                            "the server lists a job with an id that cannot be asked for",
                            "Report this to the service"));
        }
    }

    private static boolean hasEnded(FineTuneJob job) {
        JobStatus status = job.status();
        return status != null && status.isTerminal();
    }

    private static FineTuneException timedOut(Duration timeout) {
        return FineTuneException.of(
                Kind.WAIT_TIMEOUT,
                "the list of jobs did not arrive within " + DurationText.of(timeout),
                "Watch again with a longer timeout, or name the jobs");
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
            console.say(Sanitizer.oneLine("ftj: --until " + status
                    + " is not a documented status; ftj waits for exactly that word. " + nearest));
        }
        return status;
    }
}
