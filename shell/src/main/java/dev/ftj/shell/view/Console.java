package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of the process and the terminal. stdout has data, stderr has messages; both are UTF-8 in every locale, as
 * JSON must be.
 */
public final class Console {
    /** The streams that are terminals. */
    public record Terminals(boolean in, boolean out, boolean err) {
        /** Parses the launcher's list of terminals: any of the letters {@code i}, {@code o}, {@code e}. */
        public static Terminals of(String letters) {
            return new Terminals(letters.contains("i"), letters.contains("o"), letters.contains("e"));
        }
    }

    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    /** A board is drawn every second: after a longer pause the process may have been stopped. */
    private static final long STOPPED_NANOS = 1_050_000_000;

    private static final long CONTINUED_NANOS = 500_000_000;

    private final DataStream data;
    private final PrintWriter out;
    private final PrintWriter err;
    private volatile boolean dataAbandoned;
    private volatile boolean asking;
    private final Terminals terminals;
    private final Map<String, String> environment;
    private @Nullable TerminalControl terminal;
    private @Nullable LiveRegion block;
    private long drawnAt;
    private UnaryOperator<String> redaction = UnaryOperator.identity();
    private @Nullable String colorOption;

    public Console(OutputStream out, OutputStream err, Terminals terminals, Map<String, String> environment) {
        this.data = new DataStream(out);
        this.out = new PrintWriter(new OutputStreamWriter(data, StandardCharsets.UTF_8), false);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = terminals;
        this.environment = environment;
    }

    /** The process's own streams. */
    public static Console ofProcess(Map<String, String> environment) {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.of(System.getProperty("ftj.tty", "")),
                environment);
    }

    /** Returns the writer for data; flushed by {@link #flush}. */
    public PrintWriter out() {
        return out;
    }

    /** Prints a message, already sanitized, on stderr; above a live region, if there is one. */
    public synchronized void say(String line) {
        if (!dataAbandoned) {
            out.flush();
        }
        String safe = redaction.apply(line);
        if (block != null) {
            block.above(safe);
        } else {
            if (asking) {
                asking = false;
                err.println();
            }
            err.println(safe);
        }
    }

    /** Stops flushing stdout before messages: the process halts, and a write to stdout may be blocked. */
    public void abandonData() {
        dataAbandoned = true;
    }

    /** Returns whether lines on stderr can be redrawn. */
    public boolean isLive() {
        return terminals.err() && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Draws lines, already sanitized, below all messages, in place of those drawn before.
     *
     * @param lines makes them for a width and a maximum of rows; null ends the region and leaves its lines in place
     */
    public void live(@Nullable BiFunction<Integer, Integer, List<String>> lines) {
        awaitContinuation();
        draw(lines);
    }

    private synchronized boolean mayHaveBeenStopped() {
        return block != null && System.nanoTime() - drawnAt > STOPPED_NANOS;
    }

    /** After Ctrl-Z and {@code fg} the thread that draws may run before the one that calls {@link #forgetDrawn}. */
    private synchronized void awaitContinuation() {
        long end = System.nanoTime() + CONTINUED_NANOS;
        try {
            for (long left = CONTINUED_NANOS; mayHaveBeenStopped() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw(@Nullable BiFunction<Integer, Integer, List<String>> lines) {
        if (lines == null) {
            block = null;
            return;
        }
        if (block == null) {
            block = new LiveRegion(err);
        }
        drawnAt = System.nanoTime();
        int width = terminalColumns();
        block.draw(lines.apply(width, terminalRows()).stream().map(redaction).toList(), width);
    }

    /** Other programs have written to the terminal: leaves the drawn lines in place; the next drawing begins below. */
    public synchronized void forgetDrawn() {
        if (block != null) {
            block.forget();
        }
        drawnAt = System.nanoTime();
        notifyAll();
    }

    /** Sends a control sequence to the terminal, such as its bell. */
    public synchronized void signal(String sequence) {
        err.print(sequence);
        err.flush();
    }

    /**
     * Prints a question, already sanitized, without a line end. Until {@link #answered}, a message begins on a line of its
     * own: at Ctrl-C the terminal ends no line.
     */
    public void ask(String question) {
        out.flush();
        err.print(redaction.apply(question));
        err.flush();
        asking = true;
    }

    /** Ends a question: its line was ended by the user, or its reader ends it. */
    public void answered() {
        asking = false;
    }

    /** Returns whether a person reads stderr beside the data. */
    public boolean showsAsides() {
        return terminals.err() && terminals.out();
    }

    /** Prints a message on stderr only if both streams are terminals. */
    public void aside(@Nullable String line) {
        if (line != null && showsAsides()) {
            say(errStyle().dim(line));
        }
    }

    /**
     * Flushes both streams.
     *
     * @return false if the reader of stdout has closed it
     * @throws FineTuneException of kind {@code LOCAL} if stdout cannot be written for another reason
     */
    public boolean flush() {
        err.flush();
        out.flush();
        if (data.isClosedByReader()) {
            return false;
        }
        String failure = data.failure();
        if (failure != null) {
            throw FineTuneException.of(
                    Kind.LOCAL,
                    "stdout cannot be written (" + failure + ")",
                    "Free some space, or write to another file");
        }
        return true;
    }

    /** Clears the screen, if stdout is a terminal. */
    public void clear() {
        if (redraws()) {
            out.print("\u001b[H\u001b[2J");
        }
    }

    /** Returns whether lines on stdout can be redrawn. */
    public boolean redraws() {
        return terminals.out() && !"dumb".equals(environment.get("TERM"));
    }

    public Terminals terminals() {
        return terminals;
    }

    /** Sets the value of {@code --color} for the current line; null for none. */
    public void colour(@Nullable String option) {
        colorOption = option;
    }

    /** Sets the function that removes keys from messages. */
    public void redaction(UnaryOperator<String> withoutKey) {
        redaction = withoutKey;
    }

    /** Sets the terminal that stdout or stderr is. */
    public void terminal(TerminalControl control) {
        terminal = control;
    }

    /** Returns whether lines are printed on a terminal. */
    public boolean hasTerminal() {
        return terminals.out() || terminals.err();
    }

    /** Does as {@link TerminalControl#hideKeys} if lines are printed on a terminal. */
    public void hideKeys(Runnable resumed) {
        if (terminal != null && hasTerminal()) {
            terminal.hideKeys(resumed);
        }
    }

    /** Does as {@link TerminalControl#showKeys}. */
    public void showKeys() {
        if (terminal != null && hasTerminal()) {
            terminal.showKeys();
        }
    }

    public Style outStyle() {
        return new Style(coloured(terminals.out()));
    }

    public Style errStyle() {
        return new Style(coloured(terminals.err()));
    }

    /** Returns the columns to fill on stdout; unlimited without a terminal. */
    public int width() {
        return terminals.out() ? terminalColumns() : Integer.MAX_VALUE;
    }

    /** Returns the columns for running text such as help: those of the terminal, or 80. */
    public int readingWidth() {
        return terminals.out() ? terminalColumns() : USUAL_WIDTH;
    }

    private int terminalColumns() {
        int columns = terminal == null ? 0 : terminal.columns();
        if (columns > 0) {
            return columns;
        }
        try {
            int given = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return given > 0 ? given : USUAL_WIDTH;
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    private int terminalRows() {
        int rows = terminal == null ? 0 : terminal.rows();
        return rows > 0 ? rows : USUAL_HEIGHT;
    }

    private boolean coloured(boolean atTerminal) {
        if (colorOption != null && !colorOption.equals("auto")) {
            return colorOption.equals("always");
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return atTerminal && !"dumb".equals(environment.get("TERM"));
    }
}
