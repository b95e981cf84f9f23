package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobResult;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.LossRow;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.Screen;
import dev.ftj.shell.view.Timeline;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** {@code get JOB...}: the full record of each job. */
public final class GetCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("get", "show the full record of each job")
            .parameters(Parameters.jobs("JOB...", 1, Parameters.MANY))
            .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
            .options(
                    Option.FIELD,
                    Option.METRICS,
                    Option.ENDPOINT,
                    Option.API_KEY_FILE,
                    Option.SANDBOX,
                    Option.TIMEOUT,
                    Option.COLOR,
                    Option.VERBOSE)
            .example("get ftj-1", "the card of one job")
            .example("get @last -o json", "the last one again, as the server's own JSON")
            .example("get ftj-1 --field inference_config_path", "where its inference config is")
            .example("get ftj-1 --metrics", "the card with a line of its loss")
            .example("get - -o jsonl", "the jobs whose ids come on stdin, an object a line")
            .exit(0, "every record was shown")
            .exit(1, "a --field is null or missing; stdout cannot be written")
            .exit(2, "a bad id, option or reference")
            .exit(3, "no key, or the server refused it")
            .exit(4, "no such job")
            .exit(5, "the server failed, or its answer is not the record")
            .exit(6, "the network failed, or the deadline passed")
            .build();

    private final Session session;
    private final Screen screen;

    public GetCommand(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        Remembered remembered = session.remembered(arguments);
        JobIds ids = JobIds.of(arguments, session);
        RecordOutput records = new RecordOutput(screen, arguments, !ids.isOne());
        boolean metrics = arguments.has(Option.METRICS);
        if (metrics && !records.areCards()) {
            throw FineTuneException.of(
                    Kind.USAGE, "--metrics adds to the card alone", "Leave it out, or use metrics JOB -o json");
        }
        if (records.areCards()) {
            remembered.prepare();
            session.tellSandbox(arguments);
        }
        FineTuneClient client = session.client(arguments);
        FineTuneJob last = null;
        boolean any = false;
        try (Stream<JobResult> results = ids.results(ids.isOne() ? one -> each(client, one) : client::jobs)) {
            for (Iterator<JobResult> each = results.iterator(); each.hasNext() && screen.flush(); ) {
                JobResult result = each.next();
                any = true;
                if (result.failure() != null) {
                    records.miss(result.failure());
                } else {
                    last = result.get();
                    show(last, result.id(), records, remembered, metrics ? client : null);
                }
            }
            if (!any) {
                screen.say(JobIds.NOTHING);
            }
        }
        int code = records.end();
        if (last != null && ids.isOne() && records.areCards()) {
            UnaryOperator<String> typed = command -> session.typed(arguments, command);
            NextStep.whyItFailed(last, typed).ifPresent(screen::aside);
            NextStep.after(last, typed).ifPresent(screen::aside);
        }
        return code;
    }

    /** Fetches on this thread: one job needs no pipeline. */
    private static Stream<JobResult> each(FineTuneClient client, Iterable<String> ids) {
        return StreamSupport.stream(ids.spliterator(), false).map(id -> {
            try {
                return new JobResult(id, client.job(id), null);
            } catch (FineTuneException e) {
                if (e.kind() == Kind.CANCELLED) {
                    throw e;
                }
                return new JobResult(id, null, e);
            }
        });
    }

    /** @param forMetrics gets them; null where nobody wants them */
    private static void show(
            FineTuneJob job,
            String id,
            RecordOutput records,
            Remembered remembered,
            @Nullable FineTuneClient forMetrics) {
        List<Row> more = new ArrayList<>(records.areCards() ? Timeline.rows(remembered.timeline(job)) : List.of());
        FineTuneException failure = null;
        if (forMetrics != null) {
            try {
                more.addAll(LossRow.of(forMetrics.metricNumbers(id)));
            } catch (FineTuneException e) {
                failure = e;
            }
        }
        records.show(id, job, more);
        remembered.shown(job);
        if (failure != null) {
            records.fail(failure);
        }
    }
}
