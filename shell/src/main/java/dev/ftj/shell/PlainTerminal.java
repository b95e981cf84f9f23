package dev.ftj.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;

/**
 * A terminal without cursor movement ({@code TERM=dumb}), whose lines the system edits and echoes. JLine's own handles no
 * signal that comes from the system, and cannot hide what is typed.
 */
final class PlainTerminal extends DumbTerminal {
    private final TerminalEcho echo = new TerminalEcho();

    /** @param like what JLine opens for such a terminal; it has read nothing yet */
    PlainTerminal(Terminal like) throws IOException {
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
        Attributes shown = getAttributes();
        shown.setLocalFlag(LocalFlag.ECHO, true);
        super.setAttributes(shown);
    }

    static boolean is(Terminal terminal) {
        return terminal.getType().startsWith(TYPE_DUMB);
    }

    @Override
    public SignalHandler handle(Signal signal, SignalHandler handler) {
        SignalHandler before = super.handle(signal, handler);
        if (handler == SignalHandler.SIG_DFL) {
            Signals.registerDefault(signal.name());
        } else {
            Signals.register(signal.name(), () -> raise(signal));
        }
        return before;
    }

    /** The system goes on editing lines. JLine calls this when a read begins, and when the process goes on after Ctrl-Z. */
    @Override
    public Attributes enterRawMode() {
        Attributes now = getAttributes();
        setAttributes(now);
        return now;
    }

    /** Hides what is typed where the attributes say so; {@link #echo()} is true afterwards where that is not possible. */
    @Override
    public void setAttributes(Attributes attributes) {
        Attributes effective = new Attributes(attributes);
        if (attributes.getLocalFlag(LocalFlag.ECHO)) {
            echo.on();
        } else {
            effective.setLocalFlag(LocalFlag.ECHO, !echo.off());
        }
        super.setAttributes(effective);
    }

    /** Leaves the process's own streams open. */
    @Override
    protected void doClose() {
        flush();
        echo.on();
        closed = true;
    }
}
