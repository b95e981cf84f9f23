package dev.ftj.shell.view;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.util.List;

/** Writes records to stdout in a format, one after the other as they come. */
abstract class RecordWriter {
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

    private static final String FORMULA = "=+-@";

    final PrintWriter out;
    private int count;

    private RecordWriter(PrintWriter out) {
        this.out = out;
    }

    /**
     * @param several whether the shape is an array, even for one record or none
     * @param heads the names of the columns in csv, any text
     */
    static RecordWriter of(Format format, Console console, boolean several, List<String> heads) {
        PrintWriter out = console.out();
        if (format == Format.TEXT) {
            return new Text(out); // not a case of the switch, which loads a class for its table
        }
        return switch (format) {
            case JSON -> new Json(out, several, console.terminals().out());
            case YAML -> new Yaml(out, several);
            case CSV -> new Csv(out, heads);
            default -> new JsonLines(out);
        };
    }

    static RecordWriter of(Format format, Console console, boolean several) {
        return of(format, console, several, List.of());
    }

    final void write(Record record) {
        print(record);
        count++;
    }

    abstract void print(Record record);

    /** Writes a record of a thing that looks the same in JSON whatever the format. */
    final void write(RawJson json, String text) {
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
    final int count() {
        return count;
    }

    /** Writes what follows the last record. */
    void end() {}

    private static final class Text extends RecordWriter {
        Text(PrintWriter out) {
            super(out);
        }

        @Override
        void print(Record record) {
            out.print(record.text());
        }
    }

    private static final class Json extends RecordWriter {
        private final boolean several;
        private final boolean indented;

        Json(PrintWriter out, boolean several, boolean indented) {
            super(out);
            this.several = several;
            this.indented = indented;
        }

        @Override
        void print(Record record) {
            String json = JsonText.of(record.json().raw(), indented, several ? 1 : 0);
            if (several) {
                out.print(count() == 0 ? "[" : ",");
                out.print(indented ? "\n  " : "");
                out.print(json);
            } else {
                out.println(json);
            }
        }

        @Override
        void end() {
            if (several) {
                out.println(count() == 0 ? "[]" : indented ? "\n]" : "]");
            }
        }
    }

    private static final class JsonLines extends RecordWriter {
        JsonLines(PrintWriter out) {
            super(out);
        }

        @Override
        void print(Record record) {
            out.println(Sanitizer.json(record.json().compact()));
        }
    }

    private static final class Yaml extends RecordWriter {
        private final boolean several;

        Yaml(PrintWriter out, boolean several) {
            super(out);
            this.several = several;
        }

        @Override
        void print(Record record) {
            out.print(YamlText.of(several ? RawJson.array(List.of(record.json())) : record.json()));
        }

        @Override
        void end() {
            if (several && count() == 0) {
                out.println("[]");
            }
        }
    }

    /** RFC 4180, but lines end in a line feed only. */
    private static final class Csv extends RecordWriter {
        private final List<String> heads;
        private boolean headed;

        Csv(PrintWriter out, List<String> heads) {
            super(out);
            this.heads = heads;
        }

        @Override
        void print(Record record) {
            end();
            line(record.cells());
        }

        /** Writes the heads, also if no record follows. */
        @Override
        void end() {
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

    /** Returns a value as a csv cell: a number as it was sent, nothing for null, everything else as text. */
    static String cell(RawJson value) {
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
