package dev.ftj.shell.view;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** File records on stdout, one after the other as they come. */
public final class FilesView {
    private static final List<String> HEADS = List.of("file_id", "type", "bytes", "status", "ingested");

    /** This many rows set the widths of the columns. */
    private static final int SAMPLE = 256;

    /** The form of a record as text. */
    public enum Form {
        /** The file id only. */
        ID,
        /** A row of a table. */
        ROW,
        /** All that the server sent, a line each. */
        CARD
    }

    private final Console console;
    private final Form form;
    private final RecordWriter writer;
    private final List<List<String>> sample = new ArrayList<>();
    private final int[] widths = new int[HEADS.size()];
    private boolean started;

    /** @param several whether the shape is an array in JSON and YAML */
    public FilesView(Console console, Format format, Form form, boolean several) {
        this.console = console;
        this.form = form;
        this.writer = RecordWriter.of(format, console, several, HEADS);
    }

    /** Shows a record. */
    public void show(FileRecord file) {
        writer.write(new RecordWriter.Record() {
            @Override
            public RawJson json() {
                return RawJson.valid(file.json());
            }

            @Override
            public String text() {
                return switch (form) {
                    case ID -> Sanitizer.oneLine(name(file)) + "\n";
                    case ROW ->
                        row(FilesView.this.cells(file, console.terminals().out()));
                    case CARD -> card(file);
                };
            }

            @Override
            public List<String> cells() {
                return FilesView.this.cells(file, false).stream()
                        .map(RecordWriter::cell)
                        .toList();
            }
        });
    }

    /** Ends the output: there are no more records. */
    public void end() {
        console.out().print(begin());
        writer.end();
    }

    /** Returns the id that a job's datasets refer to; of a record without one, another of its names. */
    public static String name(FileRecord file) {
        return Objects.requireNonNullElse(file.id(), String.valueOf(file.uid()));
    }

    private List<String> cells(FileRecord file, boolean forPerson) {
        Long bytes = file.bytes();
        return List.of(
                name(file),
                Objects.requireNonNullElse(file.type(), ""),
                bytes == null ? "" : forPerson && bytes >= 0 ? ByteText.of(bytes) : Long.toString(bytes),
                Objects.requireNonNullElse(file.status(), ""),
                Boolean.toString(file.isIngested()));
    }

    /** Returns the lines to print now: none while the widths are not known. */
    private String row(List<String> cells) {
        List<String> safe = cells.stream().map(Sanitizer::oneLine).toList();
        if (started) {
            return line(safe);
        }
        sample.add(safe);
        return sample.size() == SAMPLE ? begin() : "";
    }

    private String begin() {
        if (started || sample.isEmpty()) {
            return "";
        }
        started = true;
        boolean headed = console.terminals().out();
        if (headed) {
            sample.add(
                    0, HEADS.stream().map(head -> head.toUpperCase(Locale.ROOT)).toList());
        }
        for (List<String> row : sample) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], CardView.columns(row.get(i)));
            }
        }
        StringBuilder lines = new StringBuilder();
        for (List<String> row : sample) {
            String line = line(row);
            lines.append(headed && lines.isEmpty() ? console.outStyle().dim(line.stripTrailing()) + "\n" : line);
        }
        sample.clear();
        return lines.toString();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String blanks = " ".repeat(Math.max(0, widths[i] - CardView.columns(cell)));
            line.append(i == 2 ? blanks + cell : cell + blanks).append("  ");
        }
        return line.toString().stripTrailing() + "\n";
    }

    private String card(FileRecord file) {
        List<Row> rows = new ArrayList<>();
        RawJson.valid(file.json())
                .forEachMember((name, value) -> rows.add(new Row(
                        Sanitizer.oneLine(name),
                        List.of(Sanitizer.oneLine(value.shown())),
                        name.equals("file_id") || name.equals("file_uid") ? Role.ID : Role.OTHER)));
        return CardView.of(rows, console.outStyle(), console.width());
    }
}
