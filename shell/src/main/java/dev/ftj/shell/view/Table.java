package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns; the first columns stay whole, the last is cut if a terminal is too narrow for it. On a
 * terminal each row begins with its reference.
 */
public final class Table {
    private static final int NUMBERED = 9;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> heads;
    private final boolean numbered;

    public Table(String... heads) {
        this(true, heads);
    }

    private Table(boolean numbered, String... heads) {
        this.heads = List.of(heads);
        this.numbered = numbered;
    }

    /** Returns a table whose rows have no references. */
    static Table unnumbered(String... heads) {
        return new Table(false, heads);
    }

    /** A row of as many cells as there are heads. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Sanitizer::oneLine).toList());
    }

    public void print(Console console) {
        Style style = console.outStyle();
        boolean atTerminal = console.terminals().out();
        boolean references = atTerminal && numbered;
        int[] widths = new int[heads.size() + (references ? 1 : 0)];
        List<List<String>> all = new ArrayList<>(rows);
        for (int i = 0; references && i < rows.size(); i++) {
            all.set(i, behind(number(i), rows.get(i)));
        }
        if (atTerminal) {
            all.add(0, references ? behind("", heads) : heads);
        }
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], CardView.columns(row.get(i)));
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            int columns = 0;
            for (int i = 0; i < widths.length; i++) {
                String cell = i == widths.length - 1 ? cut(row.get(i), console.width() - columns) : row.get(i);
                line.append(cell).append(" ".repeat(Math.max(0, widths[i] - CardView.columns(cell)) + 2));
                columns += widths[i] + 2;
            }
            String text = line.toString().stripTrailing();
            console.out().println(atTerminal && row == all.get(0) ? style.dim(text) : text);
        }
    }

    /** Returns the reference to a row, such as {@code @1}; empty for a row that has none. */
    static String number(int row) {
        return row < NUMBERED ? "@" + (row + 1) : "";
    }

    private static List<String> behind(String first, List<String> cells) {
        List<String> all = new ArrayList<>(cells);
        all.add(0, first);
        return all;
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
