package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.dataset.DatasetCheck;
import dev.ftj.internal.dataset.DatasetCheck.Split;
import dev.ftj.internal.dataset.FileReport;
import dev.ftj.internal.dataset.LocalFile;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.DatasetView;
import dev.ftj.shell.view.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code check}: checks datasets on this machine. */
public record CheckCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("check", "check the structure of datasets on this machine, before they are uploaded")
                .parameters(Parameters.files("[FILE...]", 0, Parameters.MANY))
                .options(Option.TRAIN, Option.EVAL, Option.MAX_LINE)
                .describe(Option.TRAIN, "a file on this machine to train on; repeats")
                .describe(Option.EVAL, "a file on this machine to evaluate on; repeats")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(Option.COLOR, Option.VERBOSE)
                .example("check train.jsonl", "UTF-8, one JSON object a line, same keys, no duplicates by value")
                .example(
                        "check --train train.jsonl --eval eval.jsonl",
                        "also that no line is in both; spaces and the order of keys do not count")
                .example("check measurements.csv -o json", "columns and quotes; only the server checks the schema")
                .exit(0, "the structure is good")
                .exit(1, "a file has an error, or cannot be read")
                .exit(2, "a bad option, or no file")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine line) throws InterruptedException {
        Format format = Format.of(line);
        List<FileReport> reports = new ArrayList<>();
        ExitCode code = new ExitCode(session, console, line);
        DatasetCheck check = new DatasetCheck(line.number(Option.MAX_LINE, 1, DatasetCheck.DEFAULT_MAX_LINE));
        List<Input> inputs = inputs(line);
        for (Input input : inputs) {
            try {
                FileReport report = check(check, input.file(), input.split());
                reports.add(report);
                code.add(report.isGood() ? 0 : Kind.LOCAL.exitCode());
                if (format == Format.TEXT) {
                    DatasetView.print(report, console.outStyle(), console.out()::println);
                    console.flush();
                }
            } catch (FineTuneException e) {
                code.fail(e);
            }
        }
        if (format != Format.TEXT) {
            DatasetView.print(reports, format, console);
        } else if (code.code() == 0) {
            console.aside("only the structure was checked: only the server checks the schema");
        }
        return code.code();
    }

    private record Input(String file, Split split) {}

    private static List<Input> inputs(CommandLine line) {
        List<Input> inputs = new ArrayList<>();
        line.words().forEach(file -> inputs.add(new Input(file, Split.NONE)));
        // Evaluation lines are compared with the training lines, so these come first.
        line.values(Option.TRAIN).forEach(file -> inputs.add(new Input(file, Split.TRAIN)));
        line.values(Option.EVAL).forEach(file -> inputs.add(new Input(file, Split.EVAL)));
        if (inputs.isEmpty()) {
            throw FineTuneException.of(Kind.USAGE, "check needs a file", "Type check FILE, or --train and --eval");
        }
        return inputs;
    }

    /**
     * Checks one file.
     *
     * @throws FineTuneException of kind {@code LOCAL} if it cannot be read, {@code USAGE} if it has no name
     */
    static FileReport check(DatasetCheck check, String file, Split split) throws InterruptedException {
        try {
            return check.check(Uploads.path(file), split);
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, file + " " + LocalFile.reason(e), null);
        }
    }
}
