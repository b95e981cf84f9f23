package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob.Checkpoint;
import dev.ftj.JobId;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.CheckpointsView;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code checkpoints JOB}: the checkpoints of a job of the newer API. */
public record CheckpointsCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("checkpoints", "show the checkpoints of a job (API v0.6)")
                .parameters(Parameters.jobs("JOB", 1, 1))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml", "csv")
                .example(
                        "checkpoints ftj_1 --endpoint v0.6",
                        "id, step and metrics, by step; the highest step is marked")
                .example(
                        "checkpoints ftj_1 -o json --endpoint v0.6",
                        "the server's own objects; the marked one has highest_step, too")
                .exit(0, "shown, also if there are none")
                .exit(1, "stdout cannot be written, or there are too many checkpoints to be sorted (100,000)")
                .exit(2, "a bad id, option or reference; the endpoint is not of v0.6")
                .exit(4, "no such job")
                .exit(5, "the server failed, or its response holds no checkpoints")
                .versions("v0.6")
                .build();
    }

    @Override
    public int run(CommandLine line) {
        Format format = Format.of(line);
        JobId id = JobId.of(JobIds.of(line, session).single());
        CheckpointsView view = new CheckpointsView(console, format);
        List<Checkpoint> received = new ArrayList<>();
        FineTuneClient client = session.client(line);
        session.noteSandbox(line);
        try (Stream<Checkpoint> checkpoints = client.checkpoints(id.value())) {
            SortLimit most = new SortLimit(id.value(), "checkpoints", "Report this to the service");
            checkpoints.forEachOrdered(checkpoint -> {
                most.add(checkpoint.json());
                received.add(checkpoint);
            });
        } catch (FineTuneException e) {
            view.show(received, false);
            throw e;
        }
        if (format == Format.TEXT && received.isEmpty()) {
            console.say(id + ": no checkpoints yet");
        }
        view.show(received, true);
        return 0;
    }
}
