package dev.ftj.shell.command;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FilesView;
import dev.ftj.shell.view.Format;

/** {@code upload}: files from this machine to the server. */
public record UploadCommand(Session session, Console console) implements ShellCommand {
    /** As of a job that FAILED. */
    static final int CORRUPT = 10;

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("upload", "upload files and print their file ids")
                .parameters(Parameters.files("FILE...", 1, Parameters.MANY))
                .options(Option.NAME, Option.TYPE, Option.RESUME, Option.PARTS, Option.WAIT)
                .describe(Option.NAME, "the name of the uploaded file (default: its own)")
                .describe(Option.WAIT, "wait until each file is ingested")
                .describe(
                        Option.TIMEOUT,
                        "time limit of a call with its retries, or with --wait of the wait: 90s, 5m, 2h")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example("upload train.jsonl", "in parts, 4 at once; its file id is its name")
                .example(
                        "upload train.jsonl --resume",
                        "an upload that can be resumed, and the rest of one that was cut off")
                .example(
                        "upload train.jsonl --name train-2.jsonl --wait",
                        "under another name; waits until it is ingested")
                .exit(0, "uploaded; with --wait, ingested")
                .exit(1, "a file cannot be read, is empty, or changed meanwhile")
                .exit(2, "a bad option, or the server refused the name, the type or the size")
                .exit(5, "the server or the object storage failed, or its plan cannot be followed")
                .exit(7, "there is a file with this name already")
                .exit(10, "the server found the file corrupt")
                .exit(124, "--wait: the time of --timeout passed")
                .exit(130, "Ctrl-C")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine line) {
        boolean several = line.words().size() > 1;
        if (several && line.has(Option.NAME)) {
            throw FineTuneException.of(Kind.USAGE, "--name is for one file", "Upload the others by themselves");
        }
        Uploads.checkNames(line.words());
        Format format = Format.of(line);
        session.noteSandbox(line);
        FilesView view = new FilesView(console, format, FilesView.Form.ID, several);
        Uploads uploads = new Uploads(session, console, line);
        ExitCode code = new ExitCode(session, console, line);
        for (String file : line.words()) {
            try {
                FileRecord record = uploads.upload(file);
                if (line.has(Option.WAIT)) {
                    record = ingested(line, uploads, view, record);
                }
                view.show(record);
                if (record.isCorrupt()) {
                    new ErrorView(console, line).show(corrupt(FilesView.name(record)));
                    code.add(CORRUPT);
                }
            } catch (FineTuneException e) {
                code.fail(e);
                if (e.kind() == Kind.CANCELLED) {
                    break;
                }
            }
            if (!console.flush()) {
                return 0;
            }
        }
        view.end();
        if (console.flush() && format == Format.TEXT && code.code() == 0 && !several && !line.has(Option.SANDBOX)) {
            String id = uploads.name(line.words().get(0));
            console.aside(session.typed(line, "create --name NAME --train " + ShellLine.quote("id:" + id, null))
                    + " trains on it");
        }
        return code.code();
    }

    /** Whatever ends the wait, the file was uploaded: its id is printed. */
    private FileRecord ingested(CommandLine line, Uploads uploads, FilesView view, FileRecord uploaded) {
        try {
            return uploads.await(uploaded);
        } catch (FineTuneException e) {
            view.show(uploaded);
            console.flush();
            if (e.kind() != Kind.CANCELLED) {
                throw e;
            }
            Thread.interrupted(); // the failure says so
            String id = FilesView.name(uploaded);
            throw FineTuneException.of(
                    Kind.CANCELLED,
                    new Resource(Resource.Type.FILE, id),
                    "it was uploaded; only the wait was ended",
                    "See whether it is ingested: `" + session.typed(line, "files " + ShellLine.quote(id, null)) + "`");
        }
    }

    static FineTuneException corrupt(String id) {
        return FineTuneException.of(
                Kind.INVALID,
                new Resource(Resource.Type.FILE, id),
                "the server found the file corrupt",
                "Check it with ftj check, and upload it again");
    }
}
