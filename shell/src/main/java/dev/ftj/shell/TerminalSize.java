package dev.ftj.shell;

import java.util.Map;
import org.jline.utils.Signals;

/**
 * How large the terminal of this process is, for a command that opens none: {@code stty} tells, whatever stdin is. It is
 * asked when somebody wants to know, and again when the terminal says that it has another size.
 */
final class TerminalSize {
    private record Size(int rows, int columns) {
        static final Size UNKNOWN = new Size(0, 0);
    }

    private final boolean told;
    private volatile boolean stale = true;
    private boolean listening;
    private Size size = Size.UNKNOWN;

    /** @param environment where {@code COLUMNS} is set, it is what counts */
    TerminalSize(Map<String, String> environment) {
        told = !environment.getOrDefault("COLUMNS", "").isEmpty();
    }

    /** 0 where nobody knows. */
    int columns() {
        return told ? 0 : size().columns();
    }

    /** 0 where nobody knows. */
    int rows() {
        return size().rows();
    }

    private synchronized Size size() {
        if (!listening) {
            listening = true;
            Signals.register("WINCH", () -> stale = true);
        }
        if (stale) {
            stale = false;
            size = ask();
        }
        return size;
    }

    private static Size ask() {
        String answer = Tty.run("stty", "size");
        String[] words = answer == null ? new String[0] : answer.split(" ", 2);
        try {
            return words.length == 2 ? new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1])) : Size.UNKNOWN;
        } catch (NumberFormatException e) {
            return Size.UNKNOWN;
        }
    }
}
