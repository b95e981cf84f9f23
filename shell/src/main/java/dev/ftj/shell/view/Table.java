package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns, any number of them: the first ones determine the widths. The first columns stay whole, the last
 * is cut if a terminal is too narrow for it. On a terminal there are heads, and each row may begin with its reference.
 */
final class Table {
    private static final int NUMBERED = 9;

    /** The rows that are kept to measure the columns before the first is printed. */
    private static final int SAMPLE = 256;

    private final Console console;
    private final boolean atTerminal;
    private final boolean references;
    private final List<List<String>> sample = new ArrayList<>();
    private final int[] widths;
    private int rightAligned = -1;
    private int count;
    private boolean started;

    private Table(Console console, boolean numbered, List<String> heads) {
        this.console = console;
        atTerminal = console.terminals().out();
        references = atTerminal && numbered;
        widths = new int[heads.size() + (references ? 1 : 0)];
        if (atTerminal) {
            sample.add(numbered("", heads));
        }
    }

    /** Returns a table whose rows have no references. */
    static Table of(Console console, String... heads) {
        return new Table(console, false, List.of(heads));
    }

    static Table numbered(Console console, String... heads) {
        return new Table(console, true, List.of(heads));
    }

    /** Aligns a column at its right side, as numbers are. */
    Table rightAligned(int column) {
        rightAligned = column;
        return this;
    }

    /** A row of as many cells as there are heads. */
    void add(List<String> cells) {
        List<String> row =
                numbered(number(count), cells.stream().map(Sanitizer::oneLine).toList());
        if (count++ < SAMPLE) {
            sample.add(row);
        } else {
            end();
            console.out().println(line(row));
        }
    }

    /** Prints the rows that are still kept. */
    void end() {
        if (count == 0) {
            return;
        }
        for (List<String> row : sample) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], CardView.columns(row.get(i)));
            }
        }
        for (List<String> row : sample) {
            boolean head = atTerminal && !started;
            console.out().println(head ? console.outStyle().dim(line(row)) : line(row));
            started = true;
        }
        sample.clear();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        int columns = 0;
        for (int i = 0; i < widths.length; i++) {
            String cell = i == widths.length - 1 ? cut(row.get(i), console.width() - columns) : row.get(i);
            String blanks = " ".repeat(Math.max(0, widths[i] - CardView.columns(cell)));
            line.append(i == rightAligned ? blanks + cell : cell + blanks).append("  ");
            columns += widths[i] + 2;
        }
        return line.toString().stripTrailing();
    }

    private List<String> numbered(String reference, List<String> cells) {
        List<String> all = new ArrayList<>(cells);
        if (references) {
            all.add(0, reference);
        }
        return all;
    }

    /** Returns the reference to a row, such as {@code @1}; empty for a row that has none. */
    static String number(int row) {
        return row < NUMBERED ? "@" + (row + 1) : "";
    }

    /** Returns as much of a text as fits, with an ellipsis if it is cut. */
    static String cut(String text, int width) {
        int columns = 0;
        int end = 0;
        for (int i = 0; i < text.length(); ) {
            int next = text.offsetByCodePoints(i, 1);
            columns += CardView.columns(text.substring(i, next));
            if (columns > width) {
                return text.substring(0, end) + "\u2026";
            }
            if (columns < width) {
                end = next;
            }
            i = next;
        }
        return text;
    }
}
