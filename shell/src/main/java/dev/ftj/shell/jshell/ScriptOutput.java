package dev.ftj.shell.jshell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The script's stdout. A PrintStream keeps its failures to itself, so that a script whose reader has closed the pipe
 * would print on without end: here the process ends, as one that a closed pipe's signal ends.
 */
final class ScriptOutput extends OutputStream {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    static PrintStream stdout() {
        return new PrintStream(new ScriptOutput(), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            boolean readerHasGone = why.toLowerCase(Locale.ROOT).contains("pipe");
            if (!readerHasGone) {
                System.err.println("ftj: stdout cannot be written (" + why + ").");
            }
            // at once: this thread holds the stream, and whatever runs at the end may want to print
            Runtime.getRuntime().halt(readerHasGone ? 0 : 1);
        }
    }
}
