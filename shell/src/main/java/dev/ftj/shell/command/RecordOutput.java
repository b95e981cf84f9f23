package dev.ftj.shell.command;

import static java.util.stream.Collectors.joining;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import dev.ftj.shell.view.Screen;
import java.util.List;

/** Records on stdout and failures on stderr, as they come, and the exit code that they amount to. */
final class RecordOutput {
    private final Screen screen;
    private final Format format;
    private final List<FieldPath> fields;
    private final boolean trace;
    private final JobsView view;
    private final ExitCode outcome = new ExitCode();

    /**
     * What a line asks for with {@code --output} and {@code --field}.
     *
     * @param several whether the line names several jobs, whatever their number turns out to be
     * @throws FineTuneException of kind {@code USAGE} where a field is none
     */
    RecordOutput(Screen screen, CommandLine arguments, boolean several) {
        this.screen = screen;
        fields = FieldPath.all(arguments.values(Option.FIELD));
        format = Format.of(arguments.value(Option.OUTPUT));
        trace = arguments.count(Option.VERBOSE) > 1;
        view = new JobsView(screen, format, fields, several);
    }

    /** Whether they are cards, for a person to read. */
    boolean areCards() {
        return format == Format.TEXT && fields.isEmpty();
    }

    /** @param more rows that a card has beside the record's own */
    void show(String id, FineTuneJob job, List<Row> more) {
        List<FieldPath> missing;
        try {
            missing = view.show(job, more);
        } catch (FineTuneException e) {
            throw e; // stdout cannot be written
        } catch (RuntimeException e) {
            // a defect of the view fails this job only
            FineTuneException defect = FineTuneException.ofJob(
                    Kind.LOCAL,
                    id,
                    "its record cannot be shown (" + e.getClass().getSimpleName() + ")",
                    "This is a defect: report it with what -vv prints");
            defect.initCause(e);
            fail(defect);
            return;
        }
        if (!missing.isEmpty()) {
            fail(missing(id, missing));
        }
    }

    static FineTuneException missing(String id, List<FieldPath> fields) {
        String which = fields.stream().map(FieldPath::toString).collect(joining(", "));
        return FineTuneException.ofJob(
                Kind.LOCAL, id, "its " + which + (fields.size() == 1 ? " is" : " are") + " null or missing", null);
    }

    /** A record that could not be had; it keeps its place where a reader counts lines. */
    void miss(FineTuneException failure) {
        view.skip();
        fail(failure);
    }

    /** Something else that went wrong with a job. */
    void fail(FineTuneException failure) {
        if (screen.flush()) {
            new ErrorView(screen).show(failure, format, trace);
            note(failure.kind().exitCode());
        }
    }

    void note(int code) {
        outcome.add(code);
    }

    /** @return the exit code */
    int end() {
        view.end();
        screen.flush();
        return outcome.code();
    }
}
