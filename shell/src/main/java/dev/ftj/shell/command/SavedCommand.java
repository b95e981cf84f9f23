package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.SavedView;
import java.io.IOException;
import java.util.List;

/** {@code saved}: shows the saved jobs of the local job book; sends no request. */
public record SavedCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forBook("saved", "list the saved jobs; @1 to @9 mean its rows then")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example("saved", "name, id, last known status, note")
                .example("saved -o jsonl", "an object a line")
                .exit(0, "shown, also if nothing is saved")
                .exit(1, "the job book cannot be read")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        JobMemory remembered = session.memory(arguments);
        try {
            List<Entry> saved = remembered.book().saved();
            new SavedView(console).show(saved, Format.of(arguments));
            remembered.shownRows(saved.stream().map(Entry::id).toList());
            if (saved.isEmpty()) {
                console.say(Sanitizer.oneLine(
                        SaveCommand.forgets(arguments, session)
                                ? "nothing is saved here: " + SaveCommand.FORGETS
                                : "nothing is saved here yet; " + session.typed(arguments, "save JOB --as NAME")
                                        + " does"));
            }
            return 0;
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the job book cannot be read: " + e.getMessage(), null);
        }
    }
}
