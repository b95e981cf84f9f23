package dev.ftj.shell.args;

import java.util.List;
import java.util.StringTokenizer;

/** Plain text laid out for a width: two columns if there is room, otherwise one below the other. */
final class HelpFormatter {
    private static final int INDENT = 2;
    private static final int WIDEST_TERM = 26;
    private static final int NARROWEST_TEXT = 24;

    private final int width;
    private final StringBuilder text = new StringBuilder();

    HelpFormatter(int width) {
        this.width = width;
    }

    String text() {
        return text.toString();
    }

    void paragraph(String words) {
        emptyLine();
        wrap(words, 0, 0);
    }

    void section(HelpPage.Section section) {
        emptyLine();
        text.append(section.title()).append(":\n");
        if (section.examples()) {
            examples(section.rows());
        } else {
            table(section.rows());
        }
    }

    private void table(List<CommandSpec.Row> rows) {
        int column = column(rows);
        boolean stacked = width - column < Math.min(NARROWEST_TEXT, width * 2 / 3);
        for (CommandSpec.Row row : rows) {
            if (stacked) {
                wrap(row.term().strip(), INDENT, INDENT);
                wrap(row.text(), 2 * INDENT, 2 * INDENT);
            } else {
                indent(INDENT).append(row.term());
                int used = INDENT + row.term().length();
                boolean fits = used < column;
                if (!fits) {
                    text.append('\n');
                }
                wrap(row.text(), fits ? column - used : column, column);
            }
        }
    }

    /** A line to copy is never broken. */
    private void examples(List<CommandSpec.Row> rows) {
        for (CommandSpec.Row row : rows) {
            indent(INDENT).append(row.term()).append('\n');
            wrap(row.text(), 3 * INDENT, 3 * INDENT);
        }
    }

    private static int column(List<CommandSpec.Row> rows) {
        int widest = 0;
        for (CommandSpec.Row row : rows) {
            widest = Math.max(widest, row.term().length());
        }
        return INDENT + Math.min(widest, WIDEST_TERM) + INDENT;
    }

    /** Continues the line after {@code gap} columns; further lines begin at {@code indent}. */
    private void wrap(String words, int gap, int indent) {
        indent(gap);
        boolean first = true;
        for (StringTokenizer rest = new StringTokenizer(words, " "); rest.hasMoreTokens(); ) {
            String word = rest.nextToken();
            int lineStart = text.lastIndexOf("\n") + 1;
            if (!first && text.length() - lineStart + 1 + word.length() > width) {
                text.append('\n');
                indent(indent).append(word);
            } else {
                text.append(first ? "" : " ").append(word);
            }
            first = false;
        }
        text.append('\n');
    }

    private void emptyLine() {
        if (text.length() > 0) {
            text.append('\n');
        }
    }

    private StringBuilder indent(int columns) {
        return text.append(" ".repeat(columns));
    }
}
