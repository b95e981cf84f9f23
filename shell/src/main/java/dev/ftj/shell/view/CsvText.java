package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, but for a line feed alone at the end of a line, as everywhere in a pipe. */
final class CsvText {
    /** A spreadsheet takes a text that begins so for a formula, and carries it out. */
    private static final String FORMULA = "=+-@";

    private CsvText() {}

    /** A line without its end. */
    static String line(List<String> cells) {
        return cells.stream().map(CsvText::quoted).collect(Collectors.joining(","));
    }

    /** A value as a cell: a number as it was sent, nothing for null, and everything else as text. */
    static String cell(FieldPath.Found value) {
        String text = value.text();
        if (text != null) {
            return text(text);
        }
        return switch (value.json().charAt(0)) {
            case '{', '[' -> text(JsonText.compact(value.json()));
            default -> value.json().equals("null") ? "" : value.json();
        };
    }

    /** Text that is not ours as a cell: on one line, safe to show, and no formula. */
    static String text(String any) {
        String safe = Sanitizer.oneLine(any);
        return !safe.isEmpty() && FORMULA.indexOf(safe.charAt(0)) >= 0 ? "'" + safe : safe;
    }

    private static String quoted(String cell) {
        return cell.indexOf(',') < 0 && cell.indexOf('"') < 0 ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
