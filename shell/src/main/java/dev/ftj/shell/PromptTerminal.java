package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.session.Prompter;
import dev.ftj.shell.view.TerminalControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of the prompt, beside its lines: questions, without history, completion and suggestions; and the echo while
 * no line is read (the reader sets its own modes), so that typed text becomes the start of the next line.
 */
final class PromptTerminal implements Prompter, TerminalControl {
    private final Terminal terminal;
    private @Nullable Attributes before;
    private SignalHandler continued = SignalHandler.SIG_DFL;

    PromptTerminal(Terminal terminal) {
        this.terminal = terminal;
        // Serial lines and new pseudo-terminals have no size.
        // See JLineAssumptionsTest.withoutASizeNothingThatIsTypedIsShown.
        if (!PlainTerminal.is(terminal) && (terminal.getWidth() == 0 || terminal.getHeight() == 0)) {
            terminal.setSize(new Size(80, 24));
        }
    }

    /**
     * A plain terminal shows Ctrl-C as {@code ^C}, and the reader, which has drawn nothing there, does not end the
     * line.
     */
    static void endLine(Terminal terminal) {
        if (PlainTerminal.is(terminal)) {
            terminal.writer().println();
            terminal.flush();
        }
    }

    @Override
    public @Nullable String secret(String question) {
        String typed = PlainTerminal.is(terminal) ? unechoed(question) : read(question, (char) 0);
        // terminals that turn LF into CR in a paste send CR LF as two line ends
        return typed != null && typed.endsWith("\n\n") ? typed.substring(0, typed.length() - 1) : typed;
    }

    /** Without JLine's mask, which repaints the question over the typed text on a dumb terminal. */
    private @Nullable String unechoed(String question) {
        // See JLineAssumptionsTest.aMaskedQuestionRepaintsForEverAtADumbTerminal.
        hideKeys(() -> {});
        try {
            if (terminal.echo()) {
                throw FineTuneException.of(
                        Kind.USAGE,
                        "this terminal cannot hide what is typed",
                        "Set ATAI_API_KEY_FILE to a file that holds the key, or add --api-key-file FILE to a command");
            }
            String typed = read(question, null);
            endLine(terminal);
            return typed;
        } finally {
            showKeys();
        }
    }

    @Override
    public @Nullable String answer(String question) {
        return read(question, null);
    }

    private @Nullable String read(String question, @Nullable Character mask) {
        try {
            LineReader reader = new PastingReader(terminal);
            reader.setVariable(LineReader.DISABLE_HISTORY, true);
            reader.setVariable(LineReader.DISABLE_COMPLETION, true);
            // a key or an id may hold an exclamation mark
            reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
            return reader.readLine(question, mask);
        } catch (UserInterruptException | EndOfFileException e) {
            if (terminal.echo()) {
                endLine(terminal);
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int columns() {
        return terminal.getWidth();
    }

    @Override
    public int rows() {
        return terminal.getHeight();
    }

    @Override
    public synchronized void hideKeys(Runnable resumed) {
        if (before == null) {
            before = terminal.getAttributes();
            terminal.echo(false);
            continued = terminal.handle(Signal.CONT, signal -> {
                resumed.run();
                again();
            });
        }
    }

    /** The program that had the terminal meanwhile has reset its modes. */
    private synchronized void again() {
        if (before != null) {
            Attributes hidden = new Attributes(before);
            hidden.setLocalFlag(LocalFlag.ECHO, false);
            terminal.setAttributes(hidden);
        }
    }

    @Override
    public synchronized void showKeys() {
        if (before != null) {
            terminal.setAttributes(before);
            terminal.handle(Signal.CONT, continued);
            before = null;
        }
    }
}
