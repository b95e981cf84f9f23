package dev.ftj.shell.session;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.PrivateFiles;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Standard input, which has one reader: lines of a script, ids, or a key. */
public final class Stdin {
    private static final int LARGEST = 16 << 20;

    private final InputStream in;
    private @Nullable String reader;
    private volatile boolean beingRead;

    public Stdin(InputStream in) {
        this.in = in;
    }

    /** Returns whether a thread reads it, which no interrupt ends. */
    public boolean isBeingRead() {
        return beingRead;
    }

    /**
     * Takes stdin for one purpose.
     *
     * @param purpose names the reader in the error message for a second one
     * @throws FineTuneException of kind {@code USAGE} if it has another reader
     */
    public synchronized InputStream take(String purpose) {
        if (reader != null) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "stdin cannot give " + purpose + ": it is read for " + reader,
                    "Give one in another way");
        }
        reader = purpose;
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                beingRead = true;
                try {
                    return super.read();
                } finally {
                    beingRead = false;
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                beingRead = true;
                try {
                    return super.read(bytes, offset, length);
                } finally {
                    beingRead = false;
                }
            }
        };
    }

    /**
     * Reads a file that an option names, at most 16 MiB of UTF-8.
     *
     * @param file {@code -} for stdin
     * @param purpose as for {@link #take}
     * @throws FineTuneException of kind {@code LOCAL} if it cannot be read, {@code USAGE} if it is too large
     */
    public String text(String file, String purpose) {
        String which = file.equals("-") ? "stdin" : file;
        try {
            byte[] bytes =
                    file.equals("-") ? bytes(take(purpose)) : InterruptibleRead.of(file, () -> bytes(open(file)));
            if (bytes.length > LARGEST) {
                throw FineTuneException.of(Kind.USAGE, which + " holds more than 16 MiB", "Nothing was sent");
            }
            String text = decoded(bytes, which);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw FineTuneException.of(
                    Kind.LOCAL, "no such file: " + (which.isEmpty() ? "\"\"" : which), "Nothing was sent");
        } catch (IOException e) {
            throw FineTuneException.of(
                    Kind.LOCAL, which + " cannot be read (" + PrivateFiles.reason(e) + ")", "Nothing was sent");
        }
    }

    /** Bytes that are not UTF-8 would be sent as something else. */
    private static String decoded(byte[] bytes, String which) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
            String at = String.format("byte 0x%02X at offset %d", in.get(in.position()), in.position());
            throw FineTuneException.of(
                    Kind.USAGE, which + " is not UTF-8 (" + at + ")", "Nothing was sent. Save it as UTF-8");
        }
        return text.flip().toString();
    }

    private static InputStream open(String file) throws IOException {
        if (file.isEmpty()) {
            throw new NoSuchFileException(file); // not the current directory
        }
        return Files.newInputStream(Path.of(file));
    }

    private static byte[] bytes(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    /** Returns whether it has no reader, or the one with this purpose. */
    synchronized boolean isFreeFor(String purpose) {
        return reader == null || reader.equals(purpose);
    }

    /**
     * Returns the lines of stdin that are not blank, read on demand; CRLF ends a line as LF does.
     *
     * @throws FineTuneException as {@link #take}
     */
    public Iterable<String> lines(String purpose) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(take(purpose), StandardCharsets.UTF_8));
        return () -> new Lines(lines);
    }

    private static final class Lines implements Iterator<String> {
        private final BufferedReader reader;
        private @Nullable String next;
        private boolean first = true;

        Lines(BufferedReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null || next.isBlank()) {
                    next = reader.readLine();
                    if (next == null) {
                        return false;
                    }
                    if (first && next.startsWith("\uFEFF")) {
                        next = next.substring(1);
                    }
                    first = false;
                }
                return true;
            } catch (IOException e) {
                throw FineTuneException.of(Kind.LOCAL, "stdin cannot be read (" + e.getMessage() + ")", null);
            }
        }

        @Override
        public String next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            String line = next;
            next = null;
            return line;
        }
    }
}
