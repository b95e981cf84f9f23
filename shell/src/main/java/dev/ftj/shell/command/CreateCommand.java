package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.NewJob;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.RequestView;
import java.util.List;

/** {@code create}: a new job, from options, from a request in JSON, or like another job. */
public record CreateCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("create", "create a job from options, from JSON, or like another job")
                .options(
                        Option.NAME,
                        Option.MODEL,
                        Option.TRAIN,
                        Option.EVAL,
                        Option.ID,
                        Option.FROM,
                        Option.LIKE,
                        Option.NO_CHECK,
                        Option.RESUME,
                        Option.DRY_RUN,
                        Option.WAIT)
                .describe(
                        Option.TIMEOUT,
                        "time limit of a call with its retries, or with --wait of the wait: 90s, 5m, 2h")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(Option.FIELD)
                .example(
                        "create --name my-run --train file-abc123 --eval file-def456",
                        "afterwards @last is the new job")
                .example("create --from job.json --dry-run", "prints the request; with -o json only its body")
                .example(
                        "create --name my-run --train file-abc123 --wait",
                        "waits for its end and prints the final record")
                .example(
                        "create --name my-run --train ./train.jsonl --eval ./eval.jsonl",
                        "checks and uploads local files first; id:NAME is a file id that is sent as it is")
                .example("create --like ftj-1 --name again", "with the model and the files of another job")
                .exit(0, "created")
                .exit(1, "a local file cannot be read, or fails the check; a --field is null or missing")
                .exit(2, "a field is missing or wrong, a file does not exist, or the server refused the request")
                .exit(4, "--like: no such job")
                .exit(5, "the server failed; if the job may have been created, stderr says so")
                .exit(6, "the network failed, or the deadline passed; the same")
                .exit(7, "a job with this --id exists, or a file with the name of a local one")
                .exit(10, "--wait: the job FAILED")
                .exit(11, "--wait: the job was STOPPED")
                .exit(12, "--wait: the job was CANCELLED")
                .exit(124, "--wait: --timeout passed")
                .exit(130, "Ctrl-C")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine arguments) throws InterruptedException {
        LocalDatasets local = new LocalDatasets(session, console, arguments);
        NewJobOptions options;
        NewJob job;
        try {
            options = new NewJobOptions(session, arguments, local);
            job = options.job();
            local.check();
        } catch (FineTuneException e) {
            throw JobAction.unsent(e);
        }
        RecordOutput records = new RecordOutput(session, console, arguments, false);
        if (arguments.has(Option.DRY_RUN)) {
            if (arguments.has(Option.FIELD)) {
                throw FineTuneException.of(
                        Kind.USAGE, "--field is of the new job, which --dry-run does not make", "Leave one out");
            }
            local.describe();
            new RequestView(console, Format.of(arguments))
                    .show(JobAction.requestLine("POST", session.endpoint(arguments), null, ""), job.json());
            return 0;
        }
        local.lookUp();
        if (!local.isEmpty()) {
            local.upload();
            job = options.job();
        }
        boolean wait = arguments.has(Option.WAIT);
        FineTuneJob created = create(wait ? arguments.without(Option.TIMEOUT) : arguments, job, options);
        JobMemory remembered = session.memory(arguments);
        remembered.shown(created);
        if (wait) {
            return watch(arguments, created, records);
        }
        session.noteSandbox(arguments);
        records.show(id(created), created, List.of());
        int code = records.end();
        // a simulated job ends with this process
        boolean lives = session.isInteractive() || !arguments.has(Option.SANDBOX);
        if (console.flush() && records.areCards() && lives) {
            console.aside(NextStep.after(created, command -> session.typed(arguments, command)));
        }
        return code;
    }

    private static String id(FineTuneJob job) {
        return String.valueOf(job.idOrUuid());
    }

    private int watch(CommandLine arguments, FineTuneJob created, RecordOutput records) throws InterruptedException {
        String id = id(created);
        console.say("created " + Sanitizer.oneLine(id));
        List<JobResult> asked = List.of(new JobResult(id, null, null));
        CommandSpec watch = new WatchCommand(session, console, false).spec();
        return new WatchRunner(session, console, watch, arguments, false)
                .run(asked, records, null, arguments.duration(Option.TIMEOUT), false);
    }

    private FineTuneJob create(CommandLine arguments, NewJob job, NewJobOptions options) {
        try {
            return session.client(arguments).create(job);
        } catch (FineTuneException e) {
            if (e.kind() == Kind.INVALID || e.kind() == Kind.CONFLICT) {
                throw options.inOptions(e);
            }
            if (!e.uncertain()) {
                throw JobAction.unsent(e);
            }
            String look = job.id() == null
                    ? "list --sort -created --limit 5"
                    : "get " + ShellLine.quoteId(job.id().value());
            throw e.withHint("Check before you create it again: " + session.typed(arguments, look));
        }
    }
}
