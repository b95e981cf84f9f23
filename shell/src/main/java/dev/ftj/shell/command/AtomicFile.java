package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file of the user by an atomic rename: readers see the old file or the new one, never a part. */
final class AtomicFile {
    private AtomicFile() {}

    /** @throws FineTuneException of kind {@code LOCAL} if the file cannot be written, {@code USAGE} if it has no name */
    static void write(String name, String text) {
        try {
            Path file = Uploads.path(name);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // a device or a pipe is written to; it cannot be replaced
                Files.writeString(file, text, StandardOpenOption.WRITE);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                Files.writeString(draft, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw FineTuneException.of(
                    Kind.LOCAL,
                    name + " cannot be written (" + PrivateFiles.reason(e) + ")",
                    "Name a file in a directory that can be written to");
        }
    }
}
