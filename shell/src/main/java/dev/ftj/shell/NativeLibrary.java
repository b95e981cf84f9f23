package dev.ftj.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.nativ.JLineNativeLoader;

/**
 * JLine's native library, loaded once. JLine unpacks it into the temporary directory; it cannot be loaded if that is mounted
 * {@code noexec} or is not writable.
 */
final class NativeLibrary {
    private static final String DIRECTORY = "jline.tmpdir";

    /** Kept from being collected with its level: JLine's warnings are not for the user of a prompt. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private static final boolean LOADED = load();

    private NativeLibrary() {}

    static boolean isLoaded() {
        return LOADED;
    }

    private static boolean load() {
        JLINE.setLevel(Level.OFF);
        if (System.getProperty(DIRECTORY) != null) {
            return initialize();
        }
        Path directory;
        try {
            // other users cannot write to it
            directory = Files.createTempDirectory("ftj");
        } catch (IOException e) {
            return false;
        }
        System.setProperty(DIRECTORY, directory.toString());
        try {
            return initialize();
        } finally {
            System.clearProperty(DIRECTORY);
            delete(directory);
        }
    }

    private static boolean initialize() {
        try {
            return JLineNativeLoader.initialize();
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** JLine deletes it when the process exits, which a killed process does not. A loaded library needs no file. */
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
