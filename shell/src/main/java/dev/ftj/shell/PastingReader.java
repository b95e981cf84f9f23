package dev.ftj.shell;

import java.io.IOException;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;

/**
 * JLine's reader, but CR LF in a pasted text is one line end, and not two; and Ctrl-C is a key, read in its turn. As a
 * signal it interrupts the reader at some later time: what is typed meanwhile would belong to the line that it ends.
 */
class PastingReader extends LineReaderImpl {
    private static final String CTRL_C = KeyMap.ctrl('C');

    /** No key, on Linux and to {@code stty}, by which JLine sets it without its native library. */
    private static final int NONE = 0;

    PastingReader(Terminal terminal) throws IOException {
        super(terminal, "ftj", null);
        for (KeyMap<Binding> keys : getKeyMaps().values()) {
            keys.bind(new Reference("ftj-interrupt"), CTRL_C);
        }
    }

    @Override
    public String readLine(
            @Nullable String prompt,
            @Nullable String rightPrompt,
            @Nullable MaskingCallback maskingCallback,
            @Nullable String buffer)
            throws UserInterruptException, EndOfFileException {
        if (PlainTerminal.is(terminal)) {
            return super.readLine(prompt, rightPrompt, maskingCallback, buffer);
        }
        Attributes before = terminal.getAttributes();
        interruptByKey();
        try {
            return super.readLine(prompt, rightPrompt, maskingCallback, buffer);
        } finally {
            terminal.setAttributes(before);
        }
    }

    private void interruptByKey() {
        Attributes attributes = terminal.getAttributes();
        // See JLineAssumptionsTest.ctrlCIsASignalWhileALineIsRead.
        attributes.setControlChar(ControlChar.VINTR, NONE);
        terminal.setAttributes(attributes);
    }

    /** After Ctrl-Z and {@code fg} the terminal has the modes of another program. */
    @Override
    protected synchronized void handleSignal(Signal signal) {
        super.handleSignal(signal);
        if (signal == Signal.CONT && !PlainTerminal.is(terminal)) {
            interruptByKey();
        }
    }

    @Override
    public Binding readBinding(KeyMap<Binding> keys, @Nullable KeyMap<Binding> local) {
        Binding binding = super.readBinding(keys, local);
        if (CTRL_C.equals(getLastBinding())) {
            throw new UserInterruptException(buf.toString());
        }
        return binding;
    }

    /** Only a paste is read with it. */
    @Override
    protected String doReadStringUntil(String end) {
        // See JLineAssumptionsTest.aPastedBlockIsOneLineWithTwoLineFeedsForEachCrLf.
        return super.doReadStringUntil(end).replace("\r\n", "\n");
    }
}
