package dev.ftj.shell;

import java.io.IOException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** JLine's reader, but CR LF in a pasted text is one line end, and not two. */
class PastingReader extends LineReaderImpl {
    PastingReader(Terminal terminal) throws IOException {
        super(terminal, "ftj", null);
    }

    /** Only a paste is read with it. */
    @Override
    protected String doReadStringUntil(String end) {
        // See JLineAssumptionsTest.aPastedBlockIsOneLineWithTwoLineFeedsForEachCrLf.
        return super.doReadStringUntil(end).replace("\r\n", "\n");
    }
}
