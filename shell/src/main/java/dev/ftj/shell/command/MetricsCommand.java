package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobMetrics;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.HtmlPage;
import dev.ftj.shell.view.MetricsFeed;
import dev.ftj.shell.view.MetricsView;
import java.time.Duration;

/** {@code metrics JOB}: shows the training metrics of a job. */
public record MetricsCommand(Session session, Console console) implements ShellCommand {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("metrics", "show the training metrics of a job")
                .parameters(Parameters.jobs("JOB", 1, 1))
                .options(Option.OUTPUT, Option.PLOT, Option.SVG, Option.HTML, Option.FOLLOW, Option.INTERVAL)
                .describe(Option.INTERVAL, "polling interval (default: 5 s)")
                .example("metrics ftj-1", "the newest values, a sparkline of each series, the best eval_loss")
                .example("metrics ftj-1 --plot", "the losses as a chart")
                .example("metrics ftj-1 --follow", "new records until the job has ended")
                .example("metrics ftj-1 -o csv > metrics.csv", "a line for each record")
                .example("metrics ftj-1 --html report.html", "the chart and a table for a browser")
                .exit(0, "shown, also if there are none yet; --follow: the job has ended, in any status")
                .exit(1, "a file or stdout cannot be written")
                .exit(4, "no such job")
                .exit(5, "the server failed, or its answer holds no metrics")
                .exit(130, "Ctrl-C; the job goes on")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        Format format = Format.of(arguments);
        boolean plot = arguments.has(Option.PLOT);
        boolean follow = arguments.has(Option.FOLLOW);
        Pictures pictures = Pictures.of(arguments, console, format);
        Duration given = arguments.interval();
        Duration interval = given == null ? USUAL_INTERVAL : given;
        Pictures.refuse(
                follow && format != Format.TEXT && format != Format.JSONL,
                "--follow prints a record at a time, as text or with -o jsonl");
        JobId id = JobId.of(JobIds.of(arguments, session).single());
        FineTuneClient client = session.client(arguments);
        session.noteSandbox(arguments);
        MetricsView view = new MetricsView(console, format);
        JobMetrics metrics;
        if (follow) {
            MetricsFeed feed = new MetricsFeed(console, format, plot);
            console.hideKeys(feed::interrupted);
            try {
                metrics = new JobFollower(client, console, session, spec(), arguments)
                        .untilEnd(id, interval, job -> feed(client, id, job, feed), feed::interrupted);
            } finally {
                console.showKeys();
            }
            if (plot && !feed.redraws()) {
                view.plot(metrics);
            }
        } else if (view.streams() && !pictures.any()) {
            MetricsView.Records records = view.records();
            client.metrics(id.value(), records);
            records.end();
            console.flush();
            return 0;
        } else {
            boolean numbers = format == Format.TEXT || pictures.onStdout();
            metrics = numbers ? client.metricNumbers(id.value()) : client.metrics(id.value());
            if (!pictures.onStdout()) {
                view.show(metrics, plot);
            }
        }
        console.flush();
        JobMetrics drawn = metrics;
        pictures.write(drawn::toSvg, () -> HtmlPage.of("Training metrics of " + drawn.jobId(), drawn.toHtml()));
        return 0;
    }

    private static JobMetrics feed(FineTuneClient client, JobId id, FineTuneJob job, MetricsFeed feed) {
        JobMetrics metrics = feed.redraws() ? client.metricNumbers(id.value()) : client.metrics(id.value());
        feed.show(job, metrics);
        return metrics;
    }
}
