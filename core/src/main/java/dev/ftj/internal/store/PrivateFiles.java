package dev.ftj.internal.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Directories (0700) and files (0600) that only their owner can read, from their creation. A symbolic link in place of
 * one, and a directory of another user, are refused and never followed; links above the directory are the user's choice.
 * A file system without POSIX permissions gives what it has.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private static final String LINK = " is a symbolic link, and is not followed";
    private static final @Nullable Number USER = currentUser();

    private PrivateFiles() {}

    /** Creates a directory with its missing parents; or checks an existing one, and closes it to others. */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, only(DIRECTORY, directory));
        }
        checkDirectory(directory);
        try {
            if (isPosix(directory) && !DIRECTORY.containsAll(Files.getPosixFilePermissions(directory))) {
                Files.setPosixFilePermissions(directory, DIRECTORY);
            }
        } catch (IOException e) {
            return; // a file system that keeps no permissions (FAT); a write fails if this matters
        }
    }

    /** Refuses a link, a file, and another user's directory, before a file in it is trusted. */
    public static void checkDirectory(Path directory) throws IOException {
        BasicFileAttributes found = attributes(directory);
        if (!found.isDirectory()) {
            throw new IOException(directory + (found.isSymbolicLink() ? LINK : " is not a directory"));
        }
        if (isPosix(directory)) {
            Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!isCurrentUser(owner)) {
                throw new IOException(directory + " belongs to another user (uid " + owner + ")");
            }
        }
    }

    /** Returns the end of a sentence such as "cannot write F: ". May hold a path, so sanitize it. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return ((FileSystemException) failure).getFile() + " is in the way";
        }
        String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /** Creates an empty file, or checks an existing one. */
    static void createFile(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createFile(file, only(FILE, file));
                return;
            } catch (FileAlreadyExistsException e) {
                // by another process, a moment ago
            }
        }
        checkFile(file);
    }

    /** Refuses a link, and a pipe, which would block its reader for ever. */
    static void checkFile(Path file) throws IOException {
        BasicFileAttributes found = attributes(file);
        if (!found.isRegularFile()) {
            throw new IOException(file + (found.isSymbolicLink() ? LINK : " is not a plain file"));
        }
    }

    /** Forces the names in a directory to the disk, if the file system can. An interrupt closes the channel: try again. */
    static void syncDirectory(Path directory) {
        boolean interrupted = Thread.interrupted();
        for (boolean done = false; !done; ) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
                done = true;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            } catch (IOException e) {
                done = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param uid the {@code unix:uid} attribute of a file */
    static boolean isCurrentUser(Object uid) {
        return USER == null || !(uid instanceof Number number) || number.longValue() == USER.longValue();
    }

    /** Returns null on Windows, or in a run-time image without jdk.security.auth. */
    private static @Nullable Number currentUser() {
        try {
            // Linux: spares a short process the loading of a native library.
            return (Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            try {
                return new UnixSystem().getUid();
            } catch (LinkageError unknown) {
                return null;
            }
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<?>[] only(Set<PosixFilePermission> permissions, Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
