package dev.ftj.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;

/**
 * A terminal without cursor movement ({@code TERM=dumb}), whose lines the system edits and echoes. JLine's own dumb terminal
 * handles no signals of the system and cannot switch the echo off.
 */
final class PlainTerminal extends DumbTerminal {
    private final TerminalDevice device;

    /** @param like JLine's terminal, which must not have read anything yet */
    PlainTerminal(Terminal like, Map<String, String> environment) throws IOException {
        super(
                null,
                null,
                like.getName(),
                like.getType(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                like.encoding(),
                like.inputEncoding(),
                like.outputEncoding(),
                SignalHandler.SIG_DFL);
        device = new TerminalDevice(environment);
        Attributes shown = getAttributes();
        shown.setLocalFlag(LocalFlag.ECHO, true);
        super.setAttributes(shown);
    }

    static boolean is(Terminal terminal) {
        return terminal.getType().startsWith(TYPE_DUMB);
    }

    @Override
    public SignalHandler handle(Signal signal, SignalHandler handler) {
        // See JLineAssumptionsTest.aDumbTerminalPassesOnNoSignalOfTheSystems.
        SignalHandler before = super.handle(signal, handler);
        if (handler == SignalHandler.SIG_DFL) {
            Signals.registerDefault(signal.name());
        } else {
            Signals.register(signal.name(), () -> raise(signal));
        }
        return before;
    }

    /** Leaves line editing to the system. JLine calls this when a read begins and when the process is continued after Ctrl-Z. */
    @Override
    public Attributes enterRawMode() {
        Attributes now = getAttributes();
        setAttributes(now);
        return now;
    }

    /** Switches the echo off if the attributes say so; {@link #echo()} is true afterwards if that is not possible. */
    @Override
    public void setAttributes(Attributes attributes) {
        Attributes effective = new Attributes(attributes);
        if (attributes.getLocalFlag(LocalFlag.ECHO)) {
            device.echoOn();
        } else {
            effective.setLocalFlag(LocalFlag.ECHO, !device.echoOff());
        }
        super.setAttributes(effective);
    }

    /** Leaves the streams of the process open. */
    @Override
    protected void doClose() {
        flush();
        device.echoOn();
        closed = true;
    }
}
