package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Row;
import dev.ftj.JobMetrics;
import dev.ftj.text.Sanitizer;
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

    /** @param plot whether the losses are drawn, too, where a person reads */
    public void show(JobMetrics metrics, boolean plot) {
        if (metrics.size() == 0 && (format == Format.TEXT || format == Format.CSV)) {
            String whose = metrics.jobId() == null ? "" : metrics.jobId() + ": ";
            screen.say(Sanitizer.oneLine(whose + "no metrics yet"));
            return;
        }
        switch (format) {
            case TEXT -> text(metrics, plot);
            case CSV -> csv(metrics.rows());
            case JSONL -> metrics.rows().forEach(row -> out().println(JsonText.compact(row)));
            case YAML -> out().print(YamlText.of(metrics.json()));
            case JSON ->
                out().println(
                                screen.terminals().out()
                                        ? JsonText.indented(metrics.json())
                                        : JsonText.asSent(metrics.json()));
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
