package dev.ftj.shell.view;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records to stdout in a format, one after the other as they come. */
final class RecordWriter {
    /** A record in the forms that the formats need; each is asked for only if the format needs it. */
    interface Record {
        RawJson json();

        /** Returns the text form, safe to print, with its line ends. */
        String text();

        /** Returns a cell for each head, made by {@link #cell}. */
        default List<String> cells() {
            return List.of();
        }
    }

    /** A format. An interface, so that only the one that is used is loaded. */
    private interface Layout {
        /** @param before the number of records that were written */
        void print(Record record, int before);

        /** @param records the number of records that were written */
        default void end(int records) {}
    }

    private static final String FORMULA = "=+-@";

    private final Layout layout;
    private int count;

    private RecordWriter(Layout layout) {
        this.layout = layout;
    }

    /**
     * @param several whether the shape is an array, even for one record or none
     * @param heads the names of the columns in csv, any text
     */
    static RecordWriter of(Format format, Console console, boolean several, List<String> heads) {
        PrintWriter out = console.out();
        if (format == Format.TEXT) {
            return new RecordWriter(new Text(out)); // a switch over an enum loads a class of its own
        }
        Layout layout = switch (format) {
            case JSON -> new Json(out, several, console.terminals().out());
            case YAML -> new Yaml(out, several);
            case CSV -> new Csv(out, heads);
            default -> new JsonLines(out);
        };
        return new RecordWriter(layout);
    }

    static RecordWriter of(Format format, Console console, boolean several) {
        return of(format, console, several, List.of());
    }

    void write(Record record) {
        layout.print(record, count);
        count++;
    }

    /** Writes a record of a thing that looks the same in JSON whatever the format. */
    void write(RawJson json, String text) {
        write(new Record() {
            @Override
            public RawJson json() {
                return json;
            }

            @Override
            public String text() {
                return text;
            }
        });
    }

    /** Returns the number of records that were written. */
    int count() {
        return count;
    }

    /** Writes what follows the last record. */
    void end() {
        layout.end(count);
    }

    private static final class Text implements Layout {
        private final PrintWriter out;

        Text(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void print(Record record, int before) {
            out.print(record.text());
        }
    }

    private static final class Json implements Layout {
        private final PrintWriter out;
        private final boolean several;
        private final boolean indented;

        Json(PrintWriter out, boolean several, boolean indented) {
            this.out = out;
            this.several = several;
            this.indented = indented;
        }

        @Override
        public void print(Record record, int before) {
            String json = JsonText.of(record.json().raw(), indented, several ? 1 : 0);
            if (several) {
                out.print(before == 0 ? "[" : ",");
                out.print(indented ? "\n  " : "");
                out.print(json);
            } else {
                out.println(json);
            }
        }

        @Override
        public void end(int records) {
            if (several) {
                out.println(records == 0 ? "[]" : indented ? "\n]" : "]");
            }
        }
    }

    private static final class JsonLines implements Layout {
        private final PrintWriter out;

        JsonLines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void print(Record record, int before) {
            out.println(Sanitizer.json(record.json().compact()));
        }
    }

    private static final class Yaml implements Layout {
        private final PrintWriter out;
        private final boolean several;

        Yaml(PrintWriter out, boolean several) {
            this.out = out;
            this.several = several;
        }

        @Override
        public void print(Record record, int before) {
            out.print(YamlText.of(several ? JsonWriter.array(List.of(record.json())) : record.json()));
        }

        @Override
        public void end(int records) {
            if (several && records == 0) {
                out.println("[]");
            }
        }
    }

    /** RFC 4180, but lines end in a line feed only. */
    private static final class Csv implements Layout {
        private final PrintWriter out;
        private final List<String> heads;
        private boolean headed;

        Csv(PrintWriter out, List<String> heads) {
            this.out = out;
            this.heads = heads;
        }

        @Override
        public void print(Record record, int before) {
            end(before);
            line(record.cells());
        }

        /** Writes the heads, also if no record follows. */
        @Override
        public void end(int records) {
            if (!headed) {
                headed = true;
                line(heads.stream().map(RecordWriter::cell).toList());
            }
        }

        private void line(List<String> cells) {
            for (int i = 0; i < cells.size(); i++) {
                out.print(i == 0 ? "" : ",");
                out.print(quoted(cells.get(i)));
            }
            out.println();
        }

        private static String quoted(String cell) {
            return cell.indexOf(',') < 0 && cell.indexOf('"') < 0 ? cell : '"' + cell.replace("\"", "\"\"") + '"';
        }
    }

    /** Returns a value as a csv cell: a number as it was sent, nothing for null or none, everything else as text. */
    static String cell(@Nullable RawJson value) {
        if (value == null) {
            return "";
        }
        String text = value.text();
        if (text != null || value.isObject() || value.isArray()) {
            return cell(text != null ? text : JsonText.compact(value.raw()));
        }
        return value.isNull() ? "" : value.raw();
    }

    /** Returns text from elsewhere as a csv cell: on one line, and not a formula, which a spreadsheet would execute. */
    static String cell(String any) {
        String safe = Sanitizer.oneLine(any);
        return !safe.isEmpty() && FORMULA.indexOf(safe.charAt(0)) >= 0 ? "'" + safe : safe;
    }
}
