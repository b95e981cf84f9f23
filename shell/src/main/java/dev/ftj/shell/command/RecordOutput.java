package dev.ftj.shell.command;

import static java.util.stream.Collectors.joining;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints records on stdout and failures on stderr, as they come, and computes the exit code. */
final class RecordOutput {
    private final Console console;
    private final Format format;
    private final List<FieldPath> fields;
    private final JobsView view;
    private final ExitCode outcome;

    /**
     * Prints as {@code --output} and {@code --field} of a line say.
     *
     * @param several whether the line may name several jobs, so that the output is an array
     * @throws FineTuneException of kind {@code USAGE} if a field is not a valid path
     */
    RecordOutput(Session session, Console console, CommandLine line, boolean several) {
        this.console = console;
        outcome = new ExitCode(session, console, line);
        fields = FieldPath.all(line.values(Option.FIELD));
        format = Format.of(line);
        view = new JobsView(console, format, fields, several);
    }

    /** Returns whether records are printed as cards, for a person. */
    boolean areCards() {
        return format == Format.TEXT && fields.isEmpty();
    }

    /** @param more rows of the card beside those of the record */
    void show(String id, FineTuneJob job, List<Row> more) {
        List<FieldPath> missing;
        try {
            missing = view.show(job, more);
        } catch (FineTuneException e) {
            throw e; // stdout cannot be written
        } catch (RuntimeException e) {
            // a bug in the view fails this job only
            FineTuneException defect = FineTuneException.ofJob(
                    Kind.LOCAL,
                    id,
                    "its record cannot be shown (" + e.getClass().getSimpleName() + ")",
                    "This is a bug: report it with the output of -vv");
            defect.initCause(e);
            fail(defect);
            return;
        }
        if (!missing.isEmpty()) {
            fail(missing(id, missing));
        }
    }

    static FineTuneException missing(String id, List<FieldPath> fields) {
        return FineTuneException.ofJob(Kind.LOCAL, id, missing(fields), hint(fields));
    }

    /** Returns what to write in place of a list with commas; null if none was written. */
    static @Nullable String hint(List<FieldPath> fields) {
        boolean list = fields.stream().anyMatch(field -> field.toString().contains(","));
        return list ? "Repeat --field for each field" : null;
    }

    /** Returns the message about fields without a value. */
    static String missing(List<FieldPath> fields) {
        String which = fields.stream().map(FieldPath::toString).collect(joining(", "));
        return "its " + which + (fields.size() == 1 ? " is" : " are") + " null or missing";
    }

    /** Reports a record that could not be fetched; with --field its line stays empty. */
    void miss(FineTuneException failure) {
        view.skip();
        fail(failure);
    }

    /** Counts a record that could not be fetched, and was reported. */
    void missReported(FineTuneException failure) {
        view.skip();
        outcome.add(failure.kind().exitCode());
    }

    /** Reports another failure of a job. */
    void fail(FineTuneException failure) {
        if (console.flush()) {
            outcome.fail(failure);
        }
    }

    void note(int code) {
        outcome.add(code);
    }

    /** @return the exit code */
    int end() {
        view.end();
        console.flush();
        return outcome.code();
    }
}
