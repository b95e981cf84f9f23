package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Metrics on stdout in any format. */
public final class MetricsView {
    private static final int PLOT_HEIGHT = 16;

    private final Console console;
    private final Format format;

    public MetricsView(Console console, Format format) {
        this.console = console;
        this.format = format;
    }

    /** Returns whether records are shown one by one, so that none needs to be kept. */
    public boolean streams() {
        return format != Format.TEXT && format != Format.CSV;
    }

    /** Shows records as they arrive; the caller calls {@link Records#end()}. */
    public Records records() {
        return new Records();
    }

    /** @param plot whether to draw the losses, too, for a person */
    public void show(JobMetrics metrics, boolean plot) {
        if (streams()) {
            Records records = records();
            metrics.into(records);
            records.end();
        } else if (metrics.size() == 0) {
            String whose = metrics.jobId() == null ? "" : metrics.jobId() + ": ";
            console.say(Sanitizer.oneLine(whose + "no metrics yet"));
        } else if (format == Format.CSV) {
            csv(metrics.rows());
        } else {
            text(metrics, plot);
        }
    }

    /** The server's text, record by record, within the object around it in json and yaml. */
    public final class Records implements JobMetrics.Sink {
        private static final int AT_ONCE = 512;

        private final boolean indented = console.terminals().out();
        private final RecordWriter rows = RecordWriter.of(format, console, true);
        private boolean started;
        private boolean open;
        private long count;

        private Records() {}

        @Override
        public void member(String json) {
            if (format == Format.YAML) {
                out().print(YamlText.of(RawJson.valid("{" + json + "}")));
            } else if (format == Format.JSON) {
                close();
                next(0);
                out().print(JsonText.of(json, indented, 1));
            }
        }

        @Override
        public boolean row(String json) {
            if (format == Format.JSON) {
                open();
                out().print(JsonText.of(json, indented, 2));
            } else {
                out().print(format == Format.YAML && count == 0 ? "metrics:\n" : "");
                rows.write(RawJson.valid(json), "");
            }
            return ++count % AT_ONCE != 0 || console.flush();
        }

        public void end() {
            if (format == Format.YAML) {
                out().print(count == 0 ? "metrics: []\n" : "");
            } else if (format == Format.JSON) {
                if (count == 0) {
                    next(0);
                    out().print("\"metrics\": []");
                }
                close();
                out().println(indented ? "\n}" : "}");
            }
        }

        /** Begins the array of records, or its next element. */
        private void open() {
            if (!open) {
                next(0);
                out().print("\"metrics\": [");
                open = true;
                out().print(indented ? "\n    " : "");
            } else {
                next(1);
            }
        }

        private void close() {
            if (open) {
                out().print(indented ? "\n  ]" : "]");
                open = false;
            }
        }

        /** Writes the separator before the next member, or before the next element one level deeper. */
        private void next(int depth) {
            out().print(started ? "," : "{");
            out().print(indented ? "\n" + "  ".repeat(depth + 1) : started ? " " : "");
            started = true;
        }
    }

    /** The losses as a chart, as high as a few lines of text. */
    public void plot(JobMetrics metrics) {
        int width = Math.min(PlotView.WIDEST, console.readingWidth());
        out().print(PlotView.of(metrics, console.outStyle(), width, PLOT_HEIGHT));
    }

    private void text(JobMetrics metrics, boolean plot) {
        MetricsRows rows = new MetricsRows(metrics, console.width());
        List<Row> all = new ArrayList<>(rows.head());
        all.addAll(rows.best());
        all.addAll(rows.series(Integer.MAX_VALUE));
        out().print(CardView.of(all, console.outStyle(), console.width()));
        if (metrics.names().isEmpty()) {
            console.say("no record has a number; -o json shows them");
        }
        if (plot) {
            out().println();
            plot(metrics);
        }
    }

    /** The step first, all other names as they come; a record that is not an object is a line of empty cells. */
    private void csv(List<String> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (String row : rows) {
            names.addAll(RawJson.valid(row).names());
        }
        List<String> columns = new ArrayList<>(names);
        if (columns.remove("step")) {
            columns.add(0, "step");
        }
        if (columns.isEmpty()) {
            return;
        }
        RecordWriter writer = RecordWriter.of(format, console, true, columns);
        for (String row : rows) {
            writer.write(new Cells(RawJson.valid(row), columns));
        }
    }

    private record Cells(RawJson json, List<String> columns) implements RecordWriter.Record {
        @Override
        public String text() {
            return "";
        }

        @Override
        public List<String> cells() {
            List<String> cells = new ArrayList<>(columns.size());
            for (String column : columns) {
                cells.add(RecordWriter.cell(json.field(column)));
            }
            return cells;
        }
    }

    private PrintWriter out() {
        return console.out();
    }
}
