package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.DiffView;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code diff JOB JOB...}: compares jobs. */
public record DiffCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("diff", "compare the configurations, durations and metrics of jobs")
                .parameters(Parameters.jobs("JOB JOB...", 1, Parameters.MANY))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(Option.ALL, Option.SERIES, Option.PLOT, Option.SVG, Option.HTML)
                .describe(Option.ALL, "show equal values, too")
                .describe(Option.PLOT, "draw the compared series in the terminal")
                .describe(Option.SVG, "write the compared series as an SVG picture")
                .example("diff ftj-1 ftj-2", "what differs, and which job has the better loss")
                .example("diff @1 @2 @3 --plot", "the eval_loss of the first three rows of the last list, in one chart")
                .example("diff - -o json", "read ids from stdin, such as those of list -q")
                .example("diff ftj-1 ftj-2 --series macro_f1 --html diff.html", "a chart and a table for a browser")
                .exit(0, "compared")
                .exit(1, "no job has such a series; a file or stdout cannot be written")
                .exit(4, "no such job")
                .build();
    }

    @Override
    public int run(CommandLine line) {
        Format format = Format.of(line);
        Pictures pictures = Pictures.of(line, console, format);
        JobIds ids = JobIds.referenced(line, session);
        if (ids.isOne()) {
            throw tooFew();
        }
        FineTuneClient client = session.client(line);
        session.noteSandbox(line);
        ExitCode outcome = new ExitCode(session, console, line);
        List<JobDiff.Side> sides = new ArrayList<>();
        try (Stream<JobResult> results = ids.results(client::jobs)) {
            results.forEachOrdered(result -> {
                try {
                    FineTuneJob job = result.get();
                    session.memory(line).shown(job);
                    sides.add(new JobDiff.Side(result.id(), job, metrics(client, result.id(), job, outcome)));
                } catch (FineTuneException e) {
                    outcome.fail(e);
                }
            });
        }
        if (sides.size() < 2) {
            if (outcome.code() == 0) {
                throw tooFew();
            }
            return outcome.code();
        }
        JobDiff diff = new JobDiff(sides);
        DiffView view = new DiffView(console, diff, line.has(Option.ALL));
        String series = diff.series(line.value(Option.SERIES));
        if (series == null && (line.has(Option.SERIES) || line.has(Option.PLOT) || pictures.any())) {
            String wanted = line.value(Option.SERIES);
            throw FineTuneException.of(
                    Kind.LOCAL,
                    wanted == null
                            ? "none of these jobs has metrics to draw"
                            : "none of these jobs has a series "
                                    + (wanted.isEmpty() ? "\"\"" : Sanitizer.oneLine(wanted)),
                    wanted == null ? null : "Leave --series out to see their names");
        }
        if (!pictures.onStdout()) {
            view.show(format);
        }
        if (line.has(Option.PLOT)) {
            console.out().println();
            view.plot(Objects.requireNonNull(series));
        }
        console.flush();
        pictures.write(() -> view.svg(Objects.requireNonNull(series)), () -> view.html(series));
        return outcome.code();
    }

    private static FineTuneException tooFew() {
        return FineTuneException.of(Kind.USAGE, "a comparison needs at least two jobs", "Name another one");
    }

    /** A job without metrics is compared all the same. */
    private static @Nullable JobMetrics metrics(FineTuneClient client, String id, FineTuneJob job, ExitCode outcome) {
        try {
            return client.metricNumbers(Objects.requireNonNullElse(job.idOrUuid(), id));
        } catch (FineTuneException e) {
            outcome.fail(e);
            return null;
        }
    }
}
