package dev.ftj.shell.view;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines at the end of a terminal that are drawn anew in their place, each drawing in one write, so that nothing flickers.
 * A terminal that became narrower has broken the old ones: they are counted as they stand now.
 */
final class LiveBlock {
    private static final String BEGIN = "\u001b[?2026h";
    private static final String END = "\u001b[?2026l";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final Pattern STYLES = Pattern.compile("\u001b\\[[0-9;]*m");

    private final PrintWriter terminal;
    private List<String> drawn = List.of();
    private int width = 1;

    LiveBlock(PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** @param columns how wide the terminal is now */
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

    /** A line that stays, above. */
    void above(String line) {
        StringBuilder drawing = new StringBuilder(BEGIN).append(back()).append(REST_OF_SCREEN);
        drawing.append(line).append('\n');
        drawn.forEach(under -> drawing.append(under).append('\n'));
        write(drawing.append(END));
    }

    /** Leaves what was drawn where it is; the next drawing begins at the cursor. */
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
