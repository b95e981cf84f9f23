package dev.ftj.shell.command;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.UploadOptions;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.session.KnownFiles;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FilesView;
import dev.ftj.shell.view.UploadProgress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Uploads files with the options of a line and shows their progress. */
final class Uploads {
    private static final int PARTS = 4;
    private static final int MOST_PARTS = 64;

    private final Session session;
    private final Console console;
    private final CommandLine line;

    Uploads(Session session, Console console, CommandLine line) {
        this.session = session;
        this.console = console;
        this.line = line;
    }

    /**
     * Uploads one file.
     *
     * @return the server's record of it
     * @throws FineTuneException also of kind {@code CANCELLED}, if this thread was interrupted
     */
    FileRecord upload(String file) {
        KnownFiles known = session.files(line);
        FileRecord record;
        console.hideKeys(console::forgetDrawn);
        try (Termination termination = new Termination()) {
            record = upload(file, known, termination);
        } finally {
            console.showKeys();
        }
        known.add(List.of(FilesView.name(record)));
        return record;
    }

    private FileRecord upload(String file, KnownFiles known, Termination termination) {
        try (UploadProgress progress = new UploadProgress(console, file)) {
            // With --wait, --timeout is that of the wait.
            FileRecord record = session.client(line.has(Option.WAIT) ? line.without(Option.TIMEOUT) : line)
                    .upload(path(file), options(file, known).listener(progress));
            progress.done();
            return record;
        } catch (FineTuneException e) {
            Thread.interrupted(); // the failure says so
            FineTuneException explained = withCommands(e, file);
            termination.finish(() -> new ErrorView(console, line).show(explained));
            throw explained;
        }
    }

    private UploadOptions options(String file, KnownFiles known) {
        int parts = line.number(Option.PARTS, 1, PARTS);
        if (parts > MOST_PARTS) {
            throw FineTuneException.of(Kind.USAGE, "invalid value for --parts: " + parts, "Write 1 to " + MOST_PARTS);
        }
        UploadOptions options = new UploadOptions().partsAtOnce(parts).resume(line.has(Option.RESUME));
        if (known.checkpoints() != null) {
            options.checkpoints(known.checkpoints());
        }
        String type = line.value(Option.TYPE);
        if (type != null) {
            options.type(type);
        }
        return options.name(name(file));
    }

    /** Replaces the advice of the library by command lines. */
    private FineTuneException withCommands(FineTuneException e, String file) {
        String path = ShellLine.quote(file, null);
        if (e.kind() == Kind.CONFLICT) {
            String other = isUpload() ? "--name" : "name with `" + command("upload " + path + " --name NAME") + "`";
            String there = isUpload() ? "its id is " : "write " + LocalDatasets.ID;
            return e.withHint("Give it another " + other + ", or use the file that is there: " + there + name(file));
        }
        if (e.uncertain()) {
            return e.withHint("Look for it before you upload it again: `"
                    + command("files " + ShellLine.quote(name(file), null)) + "`");
        }
        boolean cutOff = e.kind() == Kind.CANCELLED || e.kind() == Kind.NETWORK || e.kind() == Kind.TIMEOUT;
        if (!cutOff && !e.retryable()) {
            return e;
        }
        StringBuilder again = new StringBuilder("upload " + path + " --resume");
        for (Option option : isUpload() ? List.of(Option.NAME, Option.TYPE) : List.<Option>of()) {
            String value = line.value(option);
            again.append(value == null ? "" : " " + option.spelling() + " " + ShellLine.quote(value, null));
        }
        return e.withHint((e.hint() == null ? "" : e.hint() + ". ")
                + (line.has(Option.RESUME) ? "Resume it: `" : "To keep what was sent, start with --resume: `")
                + command(again.toString()) + "`");
    }

    private boolean isUpload() {
        return line.command().equals("upload");
    }

    private String command(String words) {
        return session.typed(line, words);
    }

    /** Returns the name that a file has on the server. */
    String name(String file) {
        String name = isUpload() ? line.value(Option.NAME) : null;
        return name != null ? name : String.valueOf(path(file).getFileName());
    }

    /**
     * Waits until the server has ingested a file.
     *
     * @return the record, of an ingested or a corrupt file
     */
    FileRecord await(FileRecord uploaded) {
        if (uploaded.isIngested() || uploaded.isCorrupt()) {
            return uploaded;
        }
        String id = FilesView.name(uploaded);
        Duration atMost = line.duration(Option.TIMEOUT);
        if (console.isLive()) {
            console.say(Sanitizer.oneLine(id) + ": waiting until it is ingested");
        }
        AtomicBoolean reported = new AtomicBoolean();
        return session.client(line.without(Option.TIMEOUT)).awaitIngested(id, atMost, failure -> {
            if (!reported.getAndSet(true)) {
                console.say("ftj: " + failure.summary() + "; waiting goes on");
            }
        });
    }

    /**
     * Refuses files that the server would know by one name.
     *
     * @throws FineTuneException of kind {@code USAGE}
     */
    static void checkNames(Collection<String> files) {
        Map<String, String> byName = new HashMap<>();
        for (String file : files) {
            String other = byName.putIfAbsent(String.valueOf(path(file).getFileName()), file);
            if (other != null) {
                throw FineTuneException.of(
                        Kind.USAGE,
                        other + " and " + file + " would have one file id: "
                                + path(file).getFileName(),
                        "Nothing was sent. Upload one of them first with `upload FILE --name NAME`");
            }
        }
    }

    /** @throws FineTuneException of kind {@code USAGE} if the name is empty: it would be the current directory */
    static Path path(String file) {
        if (file.isEmpty()) {
            throw FineTuneException.of(Kind.USAGE, "an empty file name", null);
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw FineTuneException.of(Kind.LOCAL, file + " is not a file name", null);
        }
    }
}
