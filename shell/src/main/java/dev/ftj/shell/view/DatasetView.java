package dev.ftj.shell.view;

import dev.ftj.internal.dataset.FileReport;
import dev.ftj.internal.dataset.Finding;
import dev.ftj.internal.dataset.Problem;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

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
    public static void print(List<FileReport> reports, Format format, Screen screen) {
        String json = json(reports);
        switch (format) {
            case JSONL -> screen.out().println(JsonText.compact(json));
            case YAML -> screen.out().print(YamlText.of(RawJson.parse(json)));
            default -> screen.out().println(JsonText.of(json, screen.terminals().out(), 0));
        }
    }

    private static String json(List<FileReport> reports) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeBooleanProperty("good", reports.stream().allMatch(FileReport::isGood));
            json.writeStringProperty("judged", "structure");
            json.writeName("files");
            json.writeStartArray();
            for (FileReport report : reports) {
                file(json, report);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void file(JsonGenerator json, FileReport report) {
        json.writeStartObject();
        json.writeStringProperty("file", report.file().toString());
        json.writeStringProperty("format", report.isCsv() ? "csv" : "jsonl");
        json.writeBooleanProperty("good", report.isGood());
        json.writeNumberProperty("lines", report.lines());
        json.writeNumberProperty("bytes", report.bytes());
        json.writeName("keys");
        json.writeStartObject();
        report.keys().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeName("problems");
        json.writeStartObject();
        for (Map.Entry<Problem, Long> count : report.counts().entrySet()) {
            json.writeNumberProperty(count.getKey().toString(), count.getValue());
        }
        json.writeEndObject();
        json.writeName("findings");
        json.writeStartArray();
        for (Finding finding : report.findings()) {
            json.writeStartObject();
            json.writeStringProperty("problem", finding.problem().toString());
            json.writeNumberProperty("line", finding.line());
            json.writeNumberProperty("column", finding.column());
            json.writeStringProperty("message", finding.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("limits");
        json.writeStartArray();
        report.limits().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }
}
