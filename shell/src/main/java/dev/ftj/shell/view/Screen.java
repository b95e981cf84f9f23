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
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of the process, and what is at their ends. stdout is data, stderr is talk; both are UTF-8, whatever
 * the locale says, as JSON must be.
 */
public final class Screen {
    /** The streams that are terminals. */
    public record Terminals(boolean in, boolean out, boolean err) {
        /** What the launcher saw: any of the letters {@code i}, {@code o}, {@code e}. */
        public static Terminals of(String letters) {
            return new Terminals(letters.contains("i"), letters.contains("o"), letters.contains("e"));
        }
    }

    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    /** A board is drawn every second: after a longer pause the process may have been stopped. */
    private static final long STOPPED_NANOS = 1_050_000_000;

    private static final long CONTINUED_MILLIS = 100;

    private final DataStream data;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminals terminals;
    private final Map<String, String> environment;
    private @Nullable WindowSize window;
    private @Nullable LiveRegion block;
    private long drawnAt;
    private Keyboard keyboard = Keyboard.NONE;
    private UnaryOperator<String> redaction = UnaryOperator.identity();
    private @Nullable String colorOption;

    public Screen(OutputStream out, OutputStream err, Terminals terminals, Map<String, String> environment) {
        this.data = new DataStream(out);
        this.out = new PrintWriter(new OutputStreamWriter(data, StandardCharsets.UTF_8), false);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = terminals;
        this.environment = environment;
    }

    /** The process's own streams. */
    public static Screen ofProcess(Map<String, String> environment) {
        return new Screen(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.of(System.getProperty("ftj.tty", "")),
                environment);
    }

    /** Where data goes; flushed by {@link #flush}. */
    public PrintWriter out() {
        return out;
    }

    /** A line of talk, safe already; it stands above what is drawn anew. */
    public synchronized void say(String line) {
        out.flush();
        String said = redaction.apply(line);
        if (block != null) {
            block.above(said);
        } else {
            err.println(said);
        }
    }

    /** Whether lines on stderr can be drawn anew in their place. */
    public boolean isLive() {
        return terminals.err() && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Lines, safe already, that stand below all talk and are drawn anew whenever they change; they stay when there are
     * none any more.
     *
     * @param lines makes them for a width and at most so many rows; null for none any more
     */
    public void live(@Nullable BiFunction<Integer, Integer, List<String>> lines) {
        if (mayHaveBeenStopped()) {
            awaitContinuation();
        }
        draw(lines);
    }

    private synchronized boolean mayHaveBeenStopped() {
        return block != null && System.nanoTime() - drawnAt > STOPPED_NANOS;
    }

    /** After Ctrl-Z and {@code fg} the thread that draws may run before the one that calls {@link #forgetDrawn}. */
    private static void awaitContinuation() {
        try {
            Thread.sleep(CONTINUED_MILLIS);
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

    /** Other programs have written to the terminal: what was drawn stays, and the next drawing begins below. */
    public synchronized void forgetDrawn() {
        if (block != null) {
            block.forget();
        }
    }

    /** Something that a terminal acts on and does not show, such as its bell. */
    public synchronized void signal(String sequence) {
        err.print(sequence);
        err.flush();
    }

    /** A question, safe already, whose answer is typed behind it. */
    public void ask(String question) {
        out.flush();
        err.print(redaction.apply(question));
        err.flush();
    }

    /** A line of talk that is there for a person who looks, and for nobody else. */
    public void aside(String line) {
        if (terminals.err() && terminals.out()) {
            say(errStyle().dim(line));
        }
    }

    /**
     * Hands everything on.
     *
     * @return false where stdout's reader has gone, so that more is of no use to anyone
     * @throws FineTuneException of kind {@code LOCAL} where stdout cannot be written for another reason
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
                    Kind.LOCAL, "stdout cannot be written (" + failure + ")", "Make room, or write elsewhere");
        }
        return true;
    }

    /** An empty screen, where stdout is one. */
    public void clear() {
        if (redraws()) {
            out.print("\u001b[H\u001b[2J");
        }
    }

    /** Whether what stands on stdout can be drawn over. */
    public boolean redraws() {
        return terminals.out() && !"dumb".equals(environment.get("TERM"));
    }

    public Terminals terminals() {
        return terminals;
    }

    /** What {@code --color} said, for as long as a line is carried out; null for nothing. */
    public void colour(@Nullable String option) {
        colorOption = option;
    }

    /** What takes a key out of whatever is said. */
    public void redaction(UnaryOperator<String> withoutKey) {
        redaction = withoutKey;
    }

    /** Sets the size of the terminal. */
    public void size(WindowSize terminal) {
        window = terminal;
    }

    /** What is typed at the terminal of these streams. */
    public void keyboard(Keyboard typed) {
        keyboard = typed;
    }

    public Keyboard keyboard() {
        return terminals.out() || terminals.err() ? keyboard : Keyboard.NONE;
    }

    public Style outStyle() {
        return new Style(coloured(terminals.out()));
    }

    public Style errStyle() {
        return new Style(coloured(terminals.err()));
    }

    /** The columns to fill on stdout; as many as there are needed where no terminal is. */
    public int width() {
        return terminals.out() ? terminalColumns() : Integer.MAX_VALUE;
    }

    /** The columns of text that is for reading, help above all: those of the terminal, or the usual ones. */
    public int readingWidth() {
        return terminals.out() ? terminalColumns() : USUAL_WIDTH;
    }

    private int terminalColumns() {
        int columns = window == null ? 0 : window.columns();
        if (columns > 0) {
            return columns;
        }
        try {
            int told = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return told > 0 ? told : USUAL_WIDTH;
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    private int terminalRows() {
        int rows = window == null ? 0 : window.rows();
        return rows > 0 ? rows : USUAL_HEIGHT;
    }

    private boolean coloured(boolean terminal) {
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
        return terminal && !"dumb".equals(environment.get("TERM"));
    }
}
