package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobId;
import dev.ftj.JobResult;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import dev.ftj.shell.view.LossRow;
import dev.ftj.shell.view.NextStep;
import dev.ftj.shell.view.Screen;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code get JOB...}: the full record of each job. */
public final class GetCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("get", "show the full record of each job")
            .operands(Operands.jobs("JOB...", 1, Operands.MANY))
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
    public int run(Arguments arguments) {
        Format format = Format.of(arguments.value(Option.OUTPUT));
        String path = arguments.value(Option.FIELD);
        FieldPath field = path == null ? null : FieldPath.of(path);
        boolean metrics = arguments.has(Option.METRICS);
        if (metrics && (format != Format.TEXT || field != null)) {
            throw FineTuneException.of(
                    Kind.USAGE, "--metrics adds to the card alone", "Leave it out, or use metrics JOB -o json");
        }
        Remembered remembered = session.remembered(arguments);
        JobIds ids = JobIds.of(arguments, session, remembered::resolve);
        if (arguments.has(Option.SANDBOX) && format == Format.TEXT && field == null) {
            screen.aside("sandbox: a simulated job, nothing left this machine");
        }
        Outcome outcome = new Outcome();
        FineTuneJob last = null;
        boolean any = false;
        FineTuneClient client = session.client(arguments);
        try (Stream<JobResult> results = ids.results(client::jobs)) {
            JobsView view = new JobsView(screen, format, field, !ids.isOne());
            for (Iterator<JobResult> each = results.iterator(); each.hasNext() && screen.flush(); ) {
                JobResult result = each.next();
                any = true;
                FineTuneException failure = result.failure();
                if (failure == null) {
                    last = result.get();
                    remembered.shown(last);
                    List<Row> loss = List.of();
                    if (metrics) {
                        try {
                            loss = LossRow.of(client.metrics(JobId.of(result.id())));
                        } catch (FineTuneException e) {
                            failure = e;
                        }
                    }
                    failure = view.show(last, loss) ? failure : noValue(result.id(), path);
                } else {
                    view.skip();
                }
                if (failure != null && screen.flush()) {
                    new ErrorView(screen).show(failure, format, arguments.count(Option.VERBOSE) > 1);
                    outcome.add(failure.kind().exitCode());
                }
            }
            if (!any) {
                throw JobIds.none();
            }
            view.end();
        }
        screen.flush();
        if (last != null && ids.isOne() && format == Format.TEXT && field == null) {
            NextStep.after(last, session.isInteractive(), arguments.has(Option.SANDBOX))
                    .ifPresent(screen::aside);
        }
        return outcome.code();
    }

    private static FineTuneException noValue(String id, @Nullable String path) {
        return FineTuneException.ofJob(Kind.LOCAL, id, "its " + path + " is null or missing", null);
    }
}
