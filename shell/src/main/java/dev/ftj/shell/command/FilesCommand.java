package dev.ftj.shell.command;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.FilesView;
import dev.ftj.shell.view.Format;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** {@code files}: the uploaded files of the organization, or one of them. */
public record FilesCommand(Session session, Console console) implements ShellCommand {
    private static final int MAX_KNOWN = 1000;

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("files", "list the uploaded files, or show one")
                .parameters(Parameters.files("[FILE_ID]", 0, 1))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml", "csv")
                .example("files", "id, type, bytes, status and whether it is ingested")
                .example("files train.jsonl -o json", "everything that the server knows of one file")
                .example("files -o csv > files.csv", "for a spreadsheet")
                .exit(0, "shown, also if there is none")
                .exit(1, "stdout cannot be written")
                .exit(4, "no such file")
                .build();
    }

    @Override
    public int run(CommandLine line) {
        Format format = Format.of(line);
        FineTuneClient client = session.client(line);
        session.noteSandbox(line);
        if (!line.words().isEmpty()) {
            FileRecord file = client.file(line.words().get(0));
            FilesView view = new FilesView(console, format, FilesView.Form.CARD, false);
            view.show(file);
            view.end();
            session.files(line).add(List.of(FilesView.name(file)));
            return 0;
        }
        return list(client, line, format);
    }

    private int list(FineTuneClient client, CommandLine line, Format format) {
        FilesView view = new FilesView(console, format, FilesView.Form.ROW, true);
        Deque<String> known = new ArrayDeque<>();
        ExitCode code = new ExitCode(session, console, line);
        int count = 0;
        boolean whole = false;
        try (Stream<FileRecord> files = client.files()) {
            for (Iterator<FileRecord> each = files.iterator(); each.hasNext() && console.flush(); ) {
                FileRecord file = each.next();
                count++;
                if (file.id() == null && file.uid() == null) {
                    code.fail(
                            FineTuneException.of(Kind.UNREADABLE, "#" + count + " is not the record of a file", null));
                    continue;
                }
                view.show(file);
                known.addLast(FilesView.name(file));
                if (known.size() > MAX_KNOWN) {
                    known.removeFirst();
                }
            }
            whole = true;
        } finally {
            if (!whole) {
                view.breakOff();
            }
            session.files(line).add(new ArrayList<>(known));
        }
        view.end();
        if (console.flush() && count == 0) {
            console.aside("there is no file; upload adds one");
        }
        return code.code();
    }
}
