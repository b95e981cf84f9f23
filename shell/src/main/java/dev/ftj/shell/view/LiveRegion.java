package dev.ftj.shell.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines at the end of a terminal that are redrawn in place, each time in one write, so that nothing flickers. JLine's
 * {@code Display} needs an open terminal, which a one-shot command has none of. A terminal that became narrower has wrapped
 * the old lines: they are counted at the present width.
 */
final class LiveRegion {
    private static final String BEGIN = "\u001b[?2026h";
    private static final String END = "\u001b[?2026l";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final Pattern STYLES = Pattern.compile("\u001b\\[[0-9;]*m");

    private final PrintWriter terminal;
    private List<String> drawn = List.of();
    private int width = 1;

    LiveRegion(PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** @param columns the present width of the terminal */
    void draw(List<String> lines, int columns) {
        boolean resized = columns != width;
        width = columns;
        if (!resized && lines.equals(drawn)) {
            return;
        }
        StringBuilder drawing = new StringBuilder(BEGIN).append(back());
        lines.forEach(line -> drawing.append(line).append(REST_OF_LINE).append('\n'));
        write(drawing.append(REST_OF_SCREEN).append(END));
        drawn = lines;
    }

    /** Prints a line that stays, above the region. */
    void above(String line) {
        StringBuilder drawing = new StringBuilder(BEGIN).append(back()).append(REST_OF_SCREEN);
        drawing.append(line).append('\n');
        drawn.forEach(below -> drawing.append(below).append('\n'));
        write(drawing.append(END));
    }

    /** Leaves the drawn lines in place; the next drawing begins at the cursor. */
    void forget() {
        drawn = List.of();
    }

    private String back() {
        int rows = drawn.stream().mapToInt(this::rows).sum();
        return rows == 0 ? "" : "\r\u001b[" + rows + "A";
    }

    private int rows(String line) {
        int columns = CardView.columns(STYLES.matcher(line).replaceAll(""));
        return Math.max(1, (columns + width - 1) / width);
    }

    private void write(StringBuilder drawing) {
        terminal.print(drawing);
        terminal.flush();
    }
}
