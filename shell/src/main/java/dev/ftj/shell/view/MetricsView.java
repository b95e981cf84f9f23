package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Metrics on stdout in any format. */
public final class MetricsView {
    private static final int PLOT_HEIGHT = 16;
    private static final int PLOT_WIDTH = 100;

    private final Screen screen;
    private final Format format;

    public MetricsView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
    }

    /** Whether records are shown one by one, so that none needs to be kept. */
    public boolean streams() {
        return format != Format.TEXT && format != Format.CSV;
    }

    /** Shows records as they come; to be ended by {@link Records#end()}. */
    public Records records() {
        return new Records();
    }

    /** @param plot whether the losses are drawn, too, where a person reads */
    public void show(JobMetrics metrics, boolean plot) {
        if (streams()) {
            Records records = records();
            metrics.into(records);
            records.end();
        } else if (metrics.size() == 0) {
            String whose = metrics.jobId() == null ? "" : metrics.jobId() + ": ";
            screen.say(Sanitizer.oneLine(whose + "no metrics yet"));
        } else if (format == Format.CSV) {
            csv(metrics.rows());
        } else {
            text(metrics, plot);
        }
    }

    /** The server's text as json, jsonl or yaml. */
    public final class Records implements JobMetrics.Sink {
        private static final int AT_ONCE = 512;

        private final boolean indented = screen.terminals().out();
        private final List<String> waiting = new ArrayList<>();
        private boolean begun;
        private boolean open;
        private long count;

        private Records() {}

        @Override
        public void member(String json) {
            if (format == Format.YAML) {
                flushYaml();
                out().print(YamlText.of("{" + json + "}"));
            } else if (format == Format.JSON) {
                close();
                next(0);
                out().print(laidOut(json, 1));
            }
        }

        @Override
        public boolean row(String json) {
            count++;
            switch (format) {
                case JSONL -> out().println(JsonText.compact(json));
                case YAML -> {
                    waiting.add(json);
                    if (waiting.size() == AT_ONCE) {
                        flushYaml();
                    }
                }
                default -> {
                    open();
                    out().print(laidOut(json, 2));
                }
            }
            return count % AT_ONCE != 0 || screen.flush();
        }

        public void end() {
            if (format == Format.YAML) {
                flushYaml();
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

        /** What stands before the next member, or one level deeper the next element. */
        private void next(int depth) {
            out().print(begun ? "," : "{");
            out().print(indented ? "\n" + "  ".repeat(depth + 1) : begun ? " " : "");
            begun = true;
        }

        private String laidOut(String json, int depth) {
            return indented ? JsonText.indented(json).replace("\n", "\n" + "  ".repeat(depth)) : JsonText.asSent(json);
        }

        private void flushYaml() {
            if (!waiting.isEmpty()) {
                out().print(begun ? "" : "metrics:\n");
                out().print(YamlText.of("[" + String.join(",", waiting) + "]"));
                waiting.clear();
                begun = true;
            }
        }
    }

    /** The losses as a chart, as high as a few lines of text. */
    public void plot(JobMetrics metrics) {
        int width = Math.min(PLOT_WIDTH, screen.readingWidth());
        out().print(PlotView.of(metrics, screen.outStyle(), width, PLOT_HEIGHT));
    }

    private void text(JobMetrics metrics, boolean plot) {
        MetricsRows rows = new MetricsRows(metrics, screen.width());
        List<Row> all = new ArrayList<>(rows.head());
        all.addAll(rows.best());
        all.addAll(rows.series(Integer.MAX_VALUE));
        out().print(CardView.of(all, screen.outStyle(), screen.width()));
        if (metrics.names().isEmpty()) {
            screen.say("no record has a number; -o json shows them");
        }
        if (plot) {
            out().println();
            plot(metrics);
        }
    }

    /** The step first, all other names as they come; a record that is no object is an empty line of cells. */
    private void csv(List<String> rows) {
        Set<String> names = new LinkedHashSet<>();
        boolean step = false;
        for (String row : rows) {
            Set<String> own = JsonMembers.of(row).keySet();
            step |= own.contains("step");
            names.addAll(own);
        }
        List<String> columns = new ArrayList<>(names);
        if (step) {
            columns.remove("step");
            columns.add(0, "step");
        }
        if (columns.isEmpty()) {
            return;
        }
        out().println(CsvText.line(columns.stream().map(CsvText::text).toList()));
        for (String row : rows) {
            Map<String, FieldPath.Found> members = JsonMembers.of(row);
            out().println(CsvText.line(columns.stream()
                    .map(members::get)
                    .map(value -> value == null ? "" : CsvText.cell(value))
                    .toList()));
        }
    }

    private PrintWriter out() {
        return screen.out();
    }
}
