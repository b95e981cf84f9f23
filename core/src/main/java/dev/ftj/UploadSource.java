package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.dataset.LocalFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when its upload began.
 *
 * @param key identifies the file on its disk; null if the file system has no such keys
 */
record UploadSource(
        Path path, long size, FileTime modified, @Nullable Object key) {
    /** @throws FineTuneException of kind {@code LOCAL} if the file cannot be uploaded */
    static UploadSource of(Path path) {
        try (FileChannel readable = LocalFile.open(path)) {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() == 0) {
                throw local(path, "is empty", "Nothing was sent");
            }
            return new UploadSource(path, now.size(), now.lastModifiedTime(), now.fileKey());
        } catch (IOException e) {
            throw local(path, LocalFile.reason(e), "Nothing was sent");
        }
    }

    /** @throws FineTuneException of kind {@code LOCAL} if the file is not what it was */
    void check() {
        String again = "Upload it again when nothing writes to it";
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() != size) {
                throw local(
                        path,
                        "changed while it was uploaded: it had " + size + " bytes, and has " + now.size() + " now",
                        again);
            }
            if (!now.lastModifiedTime().equals(modified) || !Objects.equals(now.fileKey(), key)) {
                throw local(path, "was written to while it was uploaded", again);
            }
        } catch (IOException e) {
            throw local(path, "cannot be read any more", again);
        }
    }

    private static FineTuneException local(Path path, String what, String hint) {
        return FineTuneException.of(Kind.LOCAL, path + " " + what, hint);
    }

    /** Returns the path by which the upload is found again. */
    String absolute() {
        return path.toAbsolutePath().normalize().toString();
    }
}
