package dev.ftj.shell.view;

import dev.ftj.FileRecord;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** File records on stdout, one after the other as they come. */
public final class FilesView {
    private static final List<String> HEADS = List.of("file_id", "type", "bytes", "status", "ingested");

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
    private final Table table;

    /** @param several whether the shape is an array in JSON and YAML */
    public FilesView(Console console, Format format, Form form, boolean several) {
        this.console = console;
        this.form = form;
        this.table = Table.of(console, "FILE_ID", "TYPE", "BYTES", "STATUS", "INGESTED")
                .rightAligned(2);
        this.writer = RecordWriter.of(format, console, several, HEADS);
    }

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
                    case ROW -> {
                        table.add(FilesView.this.cells(file, console.terminals().out()));
                        yield "";
                    }
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

    /** Prints what waits for more rows: the list failed. */
    public void breakOff() {
        table.end();
    }

    /** Ends the output: there are no more records. */
    public void end() {
        table.end();
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
