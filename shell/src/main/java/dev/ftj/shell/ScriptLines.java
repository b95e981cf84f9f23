package dev.ftj.shell;

import dev.ftj.shell.args.ShellLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of a text, one a line: an open quote continues on the next line, blank lines and comments are skipped. */
final class ScriptLines {
    /**
     * One command.
     *
     * @param number the number of its first line, from 1
     * @param text as typed, with the line breaks within quotes
     */
    record Line(int number, String text) {}

    private final BufferedReader lines;
    private int number;

    ScriptLines(BufferedReader lines) {
        this.lines = lines;
    }

    /** All commands of a text, which may be empty. */
    static List<Line> of(String text) {
        ScriptLines lines = new ScriptLines(new BufferedReader(new StringReader(text)));
        List<Line> all = new ArrayList<>();
        try {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Reads the next command, and no line beyond it; null at the end of the text. */
    @Nullable
    Line next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int first = ++number;
            String whole = first == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            while (!ShellLine.of(whole).isComplete()) {
                String more = lines.readLine();
                if (more == null) {
                    break;
                }
                number++;
                whole += "\n" + more;
            }
            ShellLine words = ShellLine.of(whole);
            if (!words.list().isEmpty() || !words.isComplete()) {
                return new Line(first, whole);
            }
        }
        return null;
    }
}
