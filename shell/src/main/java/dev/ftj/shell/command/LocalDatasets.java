package dev.ftj.shell.command;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.dataset.DatasetCheck;
import dev.ftj.internal.dataset.DatasetCheck.Split;
import dev.ftj.internal.dataset.FileReport;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.DatasetView;
import dev.ftj.shell.view.FilesView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values of {@code --train} and {@code --eval}: file ids, and files on this machine that are checked and uploaded
 * first. A value with a {@code /} is a file; a value with {@code id:} before it is an id, sent as it is. The server is
 * asked once for any other id that is not known here.
 */
final class LocalDatasets {
    static final String ID = "id:";

    /** Files that hold no lines to check. */
    private static final Pattern MEDIA = Pattern.compile(".*\\.(jpe?g|png|gif|webp|mp4|mov|avi|mkv|webm)");

    private final Session session;
    private final Console console;
    private final CommandLine line;
    /** The values that name files, with the ids that stand for them: at first their names, then those of the server. */
    private final Map<String, String> ids = new LinkedHashMap<>();

    /** @throws FineTuneException of kind {@code USAGE} if a value is neither a file nor clearly an id */
    LocalDatasets(Session session, Console console, CommandLine line) {
        this.session = session;
        this.console = console;
        this.line = line;
        for (Option option : List.of(Option.TRAIN, Option.EVAL)) {
            line.values(option).stream().filter(this::isFile).forEach(value -> ids.put(value, nameOf(value)));
        }
        Uploads.checkNames(ids.keySet());
    }

    private boolean isFile(String value) {
        if (value.startsWith(ID)) {
            return false;
        }
        boolean path = value.indexOf('/') >= 0
                || value.indexOf('\\') >= 0
                        && Path.of("").getFileSystem().getSeparator().equals("\\");
        boolean exists = exists(value);
        if (path && !exists) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "no such file: " + value,
                    "Nothing was sent; for a file id with a slash write id:" + value);
        }
        if (!path && exists && session.files(line).ids().contains(value)) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    value + " is a file here and an uploaded file",
                    "Write ./" + value + " to upload it, or id:" + value + " for the uploaded one");
        }
        return exists;
    }

    private static boolean exists(String value) {
        return !value.isEmpty() && Files.exists(Uploads.path(value));
    }

    private static String nameOf(String value) {
        return String.valueOf(Uploads.path(value).getFileName());
    }

    /** Returns the file ids that an option stands for. */
    String[] ids(Option option) {
        return line.values(option).stream()
                .map(value -> value.startsWith(ID) ? value.substring(ID.length()) : ids.getOrDefault(value, value))
                .toArray(String[]::new);
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /**
     * Checks the files, unless {@code --no-check} was given; findings go to stderr.
     *
     * @throws FineTuneException of kind {@code LOCAL} if one is not good
     */
    void check() throws InterruptedException {
        if (line.has(Option.NO_CHECK)) {
            return;
        }
        DatasetCheck check = new DatasetCheck(DatasetCheck.DEFAULT_MAX_LINE);
        int bad = 0;
        for (Option option : List.of(Option.TRAIN, Option.EVAL)) {
            for (String value : line.values(option)) {
                if (ids.containsKey(value)
                        && !MEDIA.matcher(value.toLowerCase(Locale.ROOT)).matches()) {
                    FileReport report =
                            CheckCommand.check(check, value, option == Option.TRAIN ? Split.TRAIN : Split.EVAL);
                    DatasetView.print(report, console.errStyle(), console::say);
                    bad += report.isGood() ? 0 : 1;
                }
            }
        }
        if (bad > 0) {
            throw FineTuneException.of(
                    Kind.LOCAL,
                    bad == 1 ? "a dataset failed the check" : bad + " datasets failed the check",
                    "Nothing was sent. Correct the lines above, or add --no-check");
        }
    }

    /** Returns the ids that are neither known here nor marked as ids. */
    private List<String> unknownIds() {
        Collection<String> known = session.files(line).ids();
        return Stream.of(Option.TRAIN, Option.EVAL)
                .flatMap(option -> line.values(option).stream())
                .filter(value -> !value.startsWith(ID) && !ids.containsKey(value) && !known.contains(value))
                .distinct()
                .toList();
    }

    /**
     * Looks up the ids that are not known here. Only a 404 counts: with any other failure the job is created all the
     * same, since the server may read files for it that it does not show.
     *
     * @throws FineTuneException of kind {@code USAGE} if the server has no such file, of kind {@code CANCELLED} if this
     *     thread was interrupted
     */
    void lookUp() {
        for (String id : unknownIds()) {
            try {
                session.client(line.has(Option.WAIT) ? line.without(Option.TIMEOUT) : line)
                        .file(id);
                session.files(line).add(List.of(id));
            } catch (FineTuneException e) {
                if (e.kind() == Kind.CANCELLED) {
                    throw FineTuneException.of(Kind.CANCELLED, "interrupted", "Nothing was created");
                }
                if (Integer.valueOf(404).equals(e.httpStatus())) {
                    throw FineTuneException.of(
                            Kind.USAGE,
                            "there is no file " + id + " in this directory, and none was uploaded",
                            "Nothing was created. Upload it with `" + session.typed(line, "upload FILE")
                                    + "`, or write id:" + id + " to send it all the same");
                }
                if (e.retryable() || e.httpStatus() == null) {
                    return; // the same would be waited for again
                }
            }
        }
    }

    /** Prints the files that would be uploaded, and the ids that would be looked up. */
    void describe() {
        Collection<String> known = session.files(line).ids();
        ids.forEach((file, name) -> {
            Path path = Uploads.path(file);
            console.say(Sanitizer.oneLine(
                    "would upload " + file + " (" + ByteText.of(path.toFile().length()) + ") as " + name));
            if (known.contains(name)) {
                console.say(Sanitizer.oneLine(
                        name + " was uploaded before, and the server may refuse another: id:" + name + " is that one"));
            }
        });
        unknownIds().forEach(id -> console.say("not checked: whether " + Sanitizer.oneLine(id) + " was uploaded"));
    }

    /** Uploads the files: their ids are the server's from now on. */
    void upload() {
        Uploads uploads = new Uploads(session, console, line);
        for (Map.Entry<String, String> file : ids.entrySet()) {
            FileRecord record = uploads.upload(file.getKey());
            if (record.isCorrupt()) {
                throw UploadCommand.corrupt(FilesView.name(record));
            }
            file.setValue(FilesView.name(record));
        }
    }
}
