package dev.ftj.shell.view;

/**
 * The cells of a plot. The first curve is drawn in the dots of braille, eight a cell; each other one in a sign of its
 * own, so that they differ without colour, too.
 */
final class PlotGrid {
    private static final String SIGNS = "\u2022o+x";
    private static final char BRAILLE = '\u2800';
    /** The bits of a cell's dots, row by row. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private final char[][] cells;
    private final int[][] owners;
    private final int columns;
    private final int height;

    PlotGrid(int columns, int height) {
        this.columns = columns;
        this.height = height;
        cells = new char[height][columns];
        owners = new int[height][columns];
    }

    /** Returns a curve's sample in a legend. */
    static String sample(int curve) {
        return curve == 0
                ? "\u2812\u2812\u2812"
                : String.valueOf(SIGNS.charAt(curve)).repeat(3);
    }

    /** How many points fit beside each other. */
    int dots(int curve) {
        return curve == 0 ? 2 * columns : columns;
    }

    /** A piece of a curve: a line through points, or the dot of a single one. */
    void draw(int curve, double[] x, double[] y) {
        int wide = dots(curve) - 1;
        int high = (curve == 0 ? 4 * height : height) - 1;
        int lastX = (int) Math.round(x[0] * wide);
        int lastY = (int) Math.round((1 - y[0]) * high);
        if (x.length == 1) {
            sign(curve, curve == 0 ? lastX / 2 : lastX, curve == 0 ? lastY / 4 : lastY);
            return;
        }
        for (int i = 1; i < x.length; i++) {
            int nextX = (int) Math.round(x[i] * wide);
            int nextY = (int) Math.round((1 - y[i]) * high);
            line(curve, lastX, lastY, nextX, nextY);
            lastX = nextX;
            lastY = nextY;
        }
    }

    private void line(int curve, int fromX, int fromY, int toX, int toY) {
        int steps = Math.max(1, Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
        for (int i = 0; i <= steps; i++) {
            int x = fromX + Math.round((float) (toX - fromX) * i / steps);
            int y = fromY + Math.round((float) (toY - fromY) * i / steps);
            if (curve == 0) {
                dot(x, y);
            } else {
                sign(curve, x, y);
            }
        }
    }

    private void dot(int x, int y) {
        char there = cells[y / 4][x / 2];
        if (there == 0 || there >= BRAILLE) {
            cells[y / 4][x / 2] = (char) ((there == 0 ? BRAILLE : there) | DOTS[y % 4][x % 2]);
        }
    }

    private void sign(int curve, int column, int row) {
        cells[row][column] = SIGNS.charAt(curve);
        owners[row][column] = curve;
    }

    /** A row from the top, without blanks at its end. */
    String line(int row, Style style) {
        StringBuilder line = new StringBuilder();
        int end = columns;
        while (end > 0 && cells[row][end - 1] == 0) {
            end--;
        }
        for (int from = 0; from < end; ) {
            int to = from;
            StringBuilder run = new StringBuilder();
            while (to < end && owners[row][to] == owners[row][from]) {
                run.append(cells[row][to] == 0 ? ' ' : cells[row][to]);
                to++;
            }
            line.append(style.curve(owners[row][from], run.toString()));
            from = to;
        }
        return line.toString();
    }
}
