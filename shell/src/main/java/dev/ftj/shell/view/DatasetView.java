package dev.ftj.shell.view;

import dev.ftj.internal.dataset.FileReport;
import dev.ftj.internal.dataset.Finding;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The reports on datasets: a line for each finding and a summary, or a JSON object. */
public final class DatasetView {
    private static final int MAX_KEYS = 20;

    private DatasetView() {}

    /** Prints a report as text: a line for each finding, as compilers do, and a summary. */
    public static void print(FileReport report, Style style, Consumer<String> line) {
        String file = Sanitizer.oneLine(report.file().toString());
        for (Finding finding : report.findings()) {
            line.accept(
                    file + ":" + finding.line() + ":" + finding.column() + ": " + Sanitizer.oneLine(finding.message()));
        }
        String state = report.isGood() ? style.good("structure good") : style.error(problems(report));
        line.accept(file + ": " + state + "; " + size(report) + keys(report));
        report.limits().forEach(limit -> line.accept(file + ": " + limit));
    }

    private static String problems(FileReport report) {
        return report.counts().entrySet().stream()
                .map(count -> count.getKey().plural() + ": " + number(count.getValue())
                        + (count.getValue() > FileReport.MAX_OF_A_KIND
                                ? " (" + FileReport.MAX_OF_A_KIND + " shown)"
                                : ""))
                .collect(Collectors.joining(", "));
    }

    private static String size(FileReport report) {
        String unit = report.isCsv() ? " row" : " line";
        return number(report.lines()) + unit + (report.lines() == 1 ? "" : "s") + ", " + ByteText.of(report.bytes());
    }

    private static String keys(FileReport report) {
        if (report.keys().isEmpty()) {
            return "";
        }
        String some = report.keys().keySet().stream()
                .limit(MAX_KEYS)
                .map(Sanitizer::oneLine)
                .collect(Collectors.joining(", "));
        int more = report.keys().size() - MAX_KEYS;
        return (report.isCsv() ? ", columns " : ", keys ") + some + (more > 0 ? " and " + more + " more" : "");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Prints all reports as one JSON object, or as one object a line. */
    public static void print(List<FileReport> reports, Format format, Console console) {
        boolean good = reports.stream().allMatch(FileReport::isGood);
        List<RawJson> files = reports.stream().map(DatasetView::json).toList();
        RecordWriter.of(format, console, false)
                .write(JsonWriter.objectOf("good", good, "judged", "structure", "files", files), "");
    }

    private static RawJson json(FileReport report) {
        return JsonWriter.objectOf(
                "file", report.file(),
                "format", report.isCsv() ? "csv" : "jsonl",
                "good", report.isGood(),
                "lines", report.lines(),
                "bytes", report.bytes(),
                "keys", report.keys(),
                "problems", report.counts(),
                "findings", report.findings().stream().map(DatasetView::json).toList(),
                "limits", report.limits());
    }

    private static RawJson json(Finding finding) {
        return JsonWriter.objectOf(
                "problem", finding.problem(),
                "line", finding.line(),
                "column", finding.column(),
                "message", finding.message());
    }
}
