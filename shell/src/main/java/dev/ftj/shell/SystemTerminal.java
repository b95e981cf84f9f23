package dev.ftj.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. JLine unpacks a native library for it where this Java cannot call the system by itself,
 * and does without where that cannot be loaded: from a temporary directory that is {@code noexec}, or cannot be written.
 */
final class SystemTerminal {
    private static final String WHERE = "jline.tmpdir";

    /** Held, lest it be forgotten with its level: what JLine could not do is no news for a person at a prompt. */
    private static final Logger TALK = Logger.getLogger("org.jline");

    private SystemTerminal() {}

    static Terminal open() throws IOException {
        TALK.setLevel(Level.OFF);
        Path directory = System.getProperty(WHERE) == null ? directory() : null;
        if (directory == null) {
            return build();
        }
        System.setProperty(WHERE, directory.toString());
        try {
            return build();
        } finally {
            System.clearProperty(WHERE);
            delete(directory);
        }
    }

    private static Terminal build() throws IOException {
        Terminal terminal = TerminalBuilder.builder().name("ftj").system(true).build();
        return PlainTerminal.is(terminal) ? new PlainTerminal(terminal) : terminal;
    }

    /** One that nobody else can write to; null where none can be made. */
    private static @Nullable Path directory() {
        try {
            return Files.createTempDirectory("ftj");
        } catch (IOException e) {
            return null;
        }
    }

    /** JLine would do it at the usual end of a process, which a kill is not. A loaded library needs its file no more. */
    private static void delete(Path directory) {
        File[] unpacked = directory.toFile().listFiles();
        if (unpacked != null) {
            for (File file : unpacked) {
                file.delete();
            }
        }
        directory.toFile().delete();
    }
}
