package dev.ftj.internal.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files that a user named, with reasons that a user understands. */
public final class LocalFile {
    private LocalFile() {}

    /**
     * Opens a regular file for reading. Anything else is refused before it is opened: opening a FIFO blocks until
     * another process writes to it.
     *
     * @throws FileSystemException with the reason, such as {@code is a directory}
     */
    public static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is not a regular file");
        }
        try {
            return FileChannel.open(file);
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString(), null, "cannot be read: permission denied");
        }
    }

    /** Returns what is wrong, in words that follow the file's name. */
    public static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "cannot be read" : reason;
    }
}
