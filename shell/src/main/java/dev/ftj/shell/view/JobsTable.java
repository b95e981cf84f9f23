package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.TimeText;
import dev.ftj.internal.text.ZonedClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A list of jobs of any length as a table: the first rows determine the widths of its columns. The id stays whole, whatever
 * the width; the model, the name and the time are cut before the status is.
 */
final class JobsTable {
    /** The rows that are kept to measure the columns before the first is printed. */
    private static final int SAMPLE = 256;

    private static final int SHORTEST = 8;
    /** Limits the padding behind other names when one name is very long. */
    private static final int LONGEST_NAME = 40;

    private static final String GAP = "  ";
    private static final Row HEADS = new Row("", "ID", "STATUS", "NAME", "MODEL", "CREATED", "CREATED");

    /** The cells of a row, safe to show; the time in full, and without its relative part. */
    private record Row(
            String number, String id, String status, String name, String model, String created, String shortCreated) {
        /** @param number the reference to it, such as {@code @1}; empty for none */
        static Row of(String number, FineTuneJob job, Instant now, ZonedClock clock) {
            JobStatus status = job.status();
            Instant time = job.createdAt();
            String created = time == null ? asSent(job) : TimeText.local(time, now, clock);
            return new Row(
                    number,
                    Sanitizer.oneLine(Objects.requireNonNullElse(job.idOrUuid(), "")),
                    status == null ? "" : status.toString(),
                    Sanitizer.oneLine(Objects.requireNonNullElse(job.name(), "")),
                    Sanitizer.oneLine(Objects.requireNonNullElse(job.model(), "")),
                    time == null ? created : created + ", " + TimeText.ago(time, now),
                    created);
        }

        private static String asSent(FineTuneJob job) {
            RawJson created = RawJson.valid(job.json()).member("created_at");
            return created == null ? "" : Sanitizer.oneLine(created.shown());
        }
    }

    /** The width of each column; 0 for a column that is left out. */
    private record Widths(int number, int id, int status, int name, int model, int created, boolean inFull) {}

    private final Console console;
    private final ZonedClock clock = ZonedClock.system();
    private final Instant now = clock.now();
    private final List<Row> sample = new ArrayList<>();
    private Widths widths = new Widths(0, 0, 0, 0, 0, 0, true);
    private int count;
    private boolean started;

    JobsTable(Console console) {
        this.console = console;
    }

    void add(FineTuneJob job) {
        Row row = Row.of(Table.number(count++), job, now, clock);
        if (started) {
            print(row);
        } else {
            sample.add(row);
            if (sample.size() == SAMPLE) {
                begin();
            }
        }
    }

    /** Prints the rows that are still kept. */
    void end() {
        if (!started && !sample.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        started = true;
        if (console.terminals().out()) {
            sample.add(0, HEADS);
        }
        widths = widths(console.width());
        sample.forEach(this::print);
        sample.clear();
    }

    private Widths widths(int available) {
        int id = 0;
        int status = 0;
        int name = 0;
        int model = 0;
        int created = 0;
        int shortCreated = 0;
        for (Row row : sample) {
            id = Math.max(id, CardView.columns(row.id()));
            status = Math.max(status, CardView.columns(row.status()));
            name = Math.max(name, Math.min(LONGEST_NAME, CardView.columns(row.name())));
            model = Math.max(model, CardView.columns(row.model()));
            created = Math.max(created, CardView.columns(row.created()));
            shortCreated = Math.max(shortCreated, CardView.columns(row.shortCreated()));
        }
        int gap = GAP.length();
        // references are for typing; in a pipe each line begins with the id
        int numbers = Table.number(0).length();
        int number = console.terminals().out() && numbers + gap + id + gap + status <= available ? numbers : 0;
        int left = available - (number == 0 ? 0 : number + gap) - id - gap - status;
        if (3 * gap + name + model + created <= left) {
            return new Widths(number, id, status, name, model, created, true);
        }
        int leastName = Math.min(name, SHORTEST);
        left -= gap + shortCreated;
        if (left < 0) {
            return new Widths(number, id, status, 0, 0, 0, false);
        }
        // models differ at the end of their names: a name is shown in full or not at all
        if (left >= 2 * gap + leastName + model) {
            return new Widths(number, id, status, Math.min(name, left - 2 * gap - model), model, shortCreated, false);
        }
        return new Widths(
                number, id, status, left >= gap + leastName ? Math.min(name, left - gap) : 0, 0, shortCreated, false);
    }

    private void print(Row row) {
        StringBuilder line = new StringBuilder();
        Style style = console.outStyle();
        boolean head = row == HEADS;
        // an id that is longer than those of the sample takes space from the cells after it
        int over = Math.max(0, CardView.columns(row.id()) - widths.id());
        if (widths.number() > 0) {
            cell(line, row.number(), style.dim(row.number()), widths.number());
        }
        cell(line, row.id(), row.id(), widths.id());
        cell(
                line,
                row.status(),
                head || row.status().isEmpty() ? row.status() : style.status(row.status()),
                widths.status());
        over = cut(line, row.name(), widths.name(), over);
        over = cut(line, row.model(), widths.model(), over);
        cut(line, widths.inFull() ? row.created() : row.shortCreated(), widths.created(), over);
        String text = line.toString().stripTrailing();
        console.out().println(head ? style.dim(text) : text);
    }

    /** @return how many columns the next cells still have to give up */
    private int cut(StringBuilder line, String text, int width, int over) {
        if (width == 0) {
            return over;
        }
        boolean whole = console.width() == Integer.MAX_VALUE;
        int given = whole ? 0 : Math.min(over, width - 1);
        String cell = whole ? text : Table.cut(text, width - given);
        cell(line, cell, cell, width - given);
        return over - given;
    }

    private static void cell(StringBuilder line, String text, String painted, int width) {
        line.append(painted)
                .append(" ".repeat(Math.max(0, width - CardView.columns(text))))
                .append(GAP);
    }
}
