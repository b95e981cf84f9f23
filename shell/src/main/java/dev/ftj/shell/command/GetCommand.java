package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobResult;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.LossRow;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.Timeline;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code get JOB...}: shows the full record of each job. */
public record GetCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("get", "show the full record of each job")
                .parameters(Parameters.jobs("JOB...", 1, Parameters.MANY))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(Option.FIELD, Option.METRICS)
                .example("get ftj-1", "show the card of one job")
                .example("get @last -o json", "show the last job again, as the server's own JSON")
                .example("get ftj-1 --field inference_config_path", "print where its inference config is")
                .example("get ftj-1 --metrics", "show the card with a line of its loss")
                .example("get - -o jsonl", "read ids from stdin, print an object a line")
                .exit(0, "every record was shown")
                .exit(1, "a --field is null or missing; stdout cannot be written")
                .exit(4, "no such job")
                .versions()
                .build();
    }

    @Override
    public int run(CommandLine line) {
        RecordOutput records = new RecordOutput(session, console, line, !line.namesOneJob());
        if (line.has(Option.METRICS) && !records.areCards()) {
            throw FineTuneException.of(
                    Kind.USAGE, "--metrics adds to the card only", "Leave it out, or use metrics JOB -o json");
        }
        if (line.has(Option.METRICS)) {
            session.requireVersion(line, "get --metrics", "v0.5");
        }
        session.noteSandbox(line);
        return line.namesOneJob() ? one(line, records) : many(line, records);
    }

    private int one(CommandLine line, RecordOutput records) {
        FineTuneClient client = session.client(line);
        String word = line.words().get(0);
        FineTuneJob job;
        try {
            String id = session.names().reference(line, word);
            job = job(line, client, id, () -> client.job(id));
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            records.miss(e);
            return records.end();
        }
        show(line, client, word, job, records);
        int code = records.end();
        if (records.areCards() && console.showsAsides()) {
            UnaryOperator<String> typed = command -> session.typed(line, command);
            console.aside(NextStep.whyItFailed(job, typed));
            console.aside(NextStep.after(job, typed));
        }
        return code;
    }

    private int many(CommandLine line, RecordOutput records) {
        JobIds ids = JobIds.referenced(line, session);
        FineTuneClient client = session.client(line);
        boolean any = false;
        try (Stream<JobResult> results = ids.results(client::jobs)) {
            for (Iterator<JobResult> each = results.iterator(); each.hasNext() && console.flush(); ) {
                JobResult result = each.next();
                any = true;
                FineTuneJob job;
                try {
                    job = job(line, client, result.id(), result::get);
                } catch (FineTuneException e) {
                    records.miss(e);
                    continue;
                }
                show(line, client, result.id(), job, records);
            }
        }
        if (!any) {
            console.say(JobIds.NOTHING);
        }
        return records.end();
    }

    /** Returns the fetched record. If the server knows no job of a typed id, it may be the name of a saved job. */
    private FineTuneJob job(CommandLine line, FineTuneClient client, String id, Supplier<FineTuneJob> fetched) {
        try {
            return fetched.get();
        } catch (FineTuneException e) {
            String saved = e.kind() == Kind.NOT_FOUND && line.words().contains(id)
                    ? session.names().savedAs(line, id)
                    : null;
            if (saved == null) {
                throw e;
            }
            return client.job(saved);
        }
    }

    private void show(CommandLine line, FineTuneClient client, String id, FineTuneJob job, RecordOutput records) {
        JobMemory memory = session.memory(line);
        List<Row> more = new ArrayList<>(records.areCards() ? Timeline.rows(memory.timeline(job)) : List.of());
        FineTuneException failure = null;
        if (line.has(Option.METRICS)) {
            try {
                more.addAll(LossRow.of(client.metricNumbers(Objects.requireNonNullElse(job.idOrUuid(), id))));
            } catch (FineTuneException e) {
                failure = e;
            }
        }
        records.show(id, job, more);
        memory.shown(job);
        if (failure != null) {
            records.fail(failure);
        }
    }
}
