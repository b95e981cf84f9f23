package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import dev.ftj.shell.view.Screen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records on stdout and failures on stderr, as they come, and the exit code that they amount to. */
final class Records {
    private final Screen screen;
    private final Format format;
    private final @Nullable FieldPath field;
    private final boolean trace;
    private final JobsView view;
    private final Outcome outcome = new Outcome();

    /**
     * What a line asks for with {@code --output} and {@code --field}.
     *
     * @param several whether the line names several jobs, whatever their number turns out to be
     * @throws FineTuneException of kind {@code USAGE} where the field is none
     */
    Records(Screen screen, Arguments arguments, boolean several) {
        this.screen = screen;
        String path = arguments.value(Option.FIELD);
        field = path == null ? null : FieldPath.of(path);
        format = Format.of(arguments.value(Option.OUTPUT));
        trace = arguments.count(Option.VERBOSE) > 1;
        view = new JobsView(screen, format, field, several);
    }

    /** Whether they are cards, for a person to read. */
    boolean areCards() {
        return format == Format.TEXT && field == null;
    }

    /** @param more rows that a card has beside the record's own */
    void show(String id, FineTuneJob job, List<Row> more) {
        if (!view.show(job, more)) {
            fail(FineTuneException.ofJob(Kind.LOCAL, id, "its " + field + " is null or missing", null));
        }
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
