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
import dev.ftj.shell.view.FilesView;
import dev.ftj.shell.view.Screen;
import dev.ftj.shell.view.UploadProgress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Uploads files with the options of a line and shows their progress. */
final class Uploads {
    private static final int PARTS = 4;
    private static final int MOST_PARTS = 64;

    private final Session session;
    private final Screen screen;
    private final CommandLine line;

    Uploads(Session session, Screen screen, CommandLine line) {
        this.session = session;
        this.screen = screen;
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
        screen.keyboard().hide(screen::forgetDrawn);
        try (UploadProgress progress = new UploadProgress(screen, file)) {
            record = session.client(line.without(Option.TIMEOUT))
                    .upload(path(file), options(known).listener(progress));
            progress.done();
        } catch (FineTuneException e) {
            throw Thread.interrupted() || e.kind() != Kind.LOCAL ? e.withHint(hint(e, file)) : e;
        } finally {
            screen.keyboard().show();
        }
        known.add(List.of(FilesView.name(record)));
        return record;
    }

    private UploadOptions options(KnownFiles known) {
        int parts = line.number(Option.PARTS, 1, PARTS);
        if (parts > MOST_PARTS) {
            throw FineTuneException.of(Kind.USAGE, "invalid value for --parts: " + parts, "Write 1 to " + MOST_PARTS);
        }
        UploadOptions options = new UploadOptions().partsAtOnce(parts).resume(line.has(Option.RESUME));
        if (known.checkpoints() != null) {
            options.checkpoints(known.checkpoints());
        }
        String name = line.command().equals("upload") ? line.value(Option.NAME) : null;
        if (name != null) {
            options.name(name);
        }
        String type = line.value(Option.TYPE);
        return type == null ? options : options.type(type);
    }

    /** Says how to go on, in place of or behind what the failure says. */
    private String hint(FineTuneException e, String file) {
        String present = e.hint() == null ? "" : e.hint() + ". ";
        if (e.kind() == Kind.CONFLICT) {
            return present.replace("under another name", "with another --name").replaceFirst("\\. $", "");
        }
        boolean interrupted = e.kind() == Kind.CANCELLED || e.kind() == Kind.NETWORK || e.kind() == Kind.TIMEOUT;
        if (!interrupted && !e.retryable()) {
            return present.replaceFirst("\\. $", "");
        }
        StringBuilder command = new StringBuilder("upload " + ShellLine.quote(file, null) + " --resume");
        for (Option option : List.of(Option.NAME, Option.TYPE)) {
            String value = line.command().equals("upload") ? line.value(option) : null;
            command.append(value == null ? "" : " " + option.spelling() + " " + ShellLine.quote(value, null));
        }
        String again = "`" + session.typed(line, command.toString()) + "`";
        return line.has(Option.RESUME)
                ? present + "Resume it: " + again
                : present + "It was aborted on the server; to keep what was sent, start with --resume: " + again;
    }

    /**
     * Waits until the server has ingested a file.
     *
     * @return the exit code: 10 if the file is corrupt
     */
    FileRecord await(FileRecord uploaded) {
        if (uploaded.isIngested() || uploaded.isCorrupt()) {
            return uploaded;
        }
        String id = FilesView.name(uploaded);
        Duration atMost = line.duration(Option.TIMEOUT);
        if (screen.isLive()) {
            screen.say(Sanitizer.oneLine(id) + ": waiting until it is ingested");
        }
        return session.client(line.without(Option.TIMEOUT)).awaitIngested(id, atMost);
    }

    static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw FineTuneException.of(Kind.LOCAL, file + " is not a file name", null);
        }
    }
}
