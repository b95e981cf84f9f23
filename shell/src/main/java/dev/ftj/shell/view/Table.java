package dev.ftj.shell.view;

import dev.ftj.Sanitizer;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; the first columns stay whole, the last is cut where a terminal is too narrow for it. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> heads;

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /** A row of as many cells as there are heads; null cells are empty. */
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
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - CardView.columns(row.get(i)) + 2));
            }
            String text = line.toString().stripTrailing();
            screen.out().println(row == heads ? style.dim(text) : text);
        }
    }
}
