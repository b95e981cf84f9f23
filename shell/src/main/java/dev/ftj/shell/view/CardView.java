package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Labelled rows, such as a job's card, aligned to a width: labels in a column, or above their values if it is narrow. */
final class CardView {
    static final int NARROW = 44;
    static final int WIDEST_LABEL = 24;

    private CardView() {}

    static String of(List<Row> rows, Style style, int width) {
        int column = 2;
        for (Row row : rows) {
            int label = columns(row.label());
            column = label <= WIDEST_LABEL ? Math.max(column, label + 2) : column;
        }
        StringBuilder card = new StringBuilder();
        for (Row row : rows) {
            boolean above = width < NARROW || columns(row.label()) > WIDEST_LABEL;
            int indent = width < NARROW ? 2 : column;
            card.append(style.dim(row.label()));
            card.append(above ? "\n" + " ".repeat(indent) : " ".repeat(indent - columns(row.label())));
            String separator = "";
            for (String value : row.values()) {
                for (String line : lines(value, row.role(), width - indent)) {
                    card.append(separator).append(painted(line, row.role(), style));
                    separator = "\n" + " ".repeat(indent);
                }
            }
            card.append('\n');
        }
        return card.toString();
    }

    private static String painted(String line, Role role, Style style) {
        return role == Role.NAME ? style.bold(line) : role == Role.STATUS ? style.status(line) : line;
    }

    /** Breaks at spaces only: an id or a path stays in one piece. */
    private static List<String> lines(String value, Role role, int width) {
        return role == Role.ID ? List.of(value) : wrapped(value, width);
    }

    static List<String> wrapped(String value, int width) {
        if (columns(value) <= width) {
            return List.of(value);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : value.split(" ", -1)) {
            if (!line.isEmpty() && columns(line) + 1 + columns(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    static int columns(CharSequence text) {
        int ascii = 0;
        while (ascii < text.length() && text.charAt(ascii) >= ' ' && text.charAt(ascii) < 0x7F) {
            ascii++;
        }
        return ascii == text.length() ? ascii : widths(text);
    }

    private static int widths(CharSequence text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }
}
