package dev.ftj.shell.view;

import dev.ftj.text.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; the first columns stay whole, the last is cut where a terminal is too narrow for it. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> heads;

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** A row of as many cells as there are heads. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Sanitizer::oneLine).toList());
    }

    public void print(Screen screen) {
        Style style = screen.outStyle();
        int[] widths = new int[heads.size()];
        List<List<String>> all = new ArrayList<>(rows);
        if (screen.terminals().out()) {
            all.add(0, heads);
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
                String cell = i == widths.length - 1 ? cut(row.get(i), screen.width() - columns) : row.get(i);
                line.append(cell).append(" ".repeat(Math.max(0, widths[i] - CardView.columns(cell)) + 2));
                columns += widths[i] + 2;
            }
            String text = line.toString().stripTrailing();
            screen.out().println(row == heads ? style.dim(text) : text);
        }
    }

    /** As much of the text as fits, but at least what tells that there is more. */
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
