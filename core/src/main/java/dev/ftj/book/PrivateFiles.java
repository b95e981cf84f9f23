package dev.ftj.book;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Directories (0700) and files (0600) that nobody but their owner can read, from the moment that they exist on. A symbolic
 * link in the place of one, and a directory of another user, are refused and never followed; links above the directory
 * are the user's own affair. Where a file system knows no POSIX permissions, it gives what it has.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Makes sure that {@code directory} exists, is this user's, and is open to nobody else.
     *
     * @param directory made with those of its parents that are missing; one that is open to others is closed to them
     * @throws IOException when it is a link, a file, another user's, or cannot be made; {@link #reason} says which
     */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, only(DIRECTORY, directory));
        }
        checkDirectory(directory);
        if (isPosix(directory)) {
            closeToOthers(directory);
        }
    }

    /**
     * Checks a directory before something in it is believed.
     *
     * @param directory left as it is, even where it is open to others
     * @throws IOException when there is none, or it is a link, a file, or another user's
     */
    public static void checkDirectory(Path directory) throws IOException {
        BasicFileAttributes found = attributes(directory);
        if (found.isSymbolicLink()) {
            throw new IOException(directory + " is a symbolic link, and is not followed");
        }
        if (!found.isDirectory()) {
            throw new IOException(directory + " is not a directory");
        }
        if (isPosix(directory)) {
            Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!CurrentUser.is(owner)) {
                throw new IOException(directory + " belongs to another user (uid " + owner + ")");
            }
        }
    }

    /**
     * Opens a file to write at its end, making it first where there is none.
     *
     * @param file in a directory that {@link #createDirectory} has made or checked
     * @return unbuffered: each write goes to the file in one call; an interrupt does not close it
     * @throws IOException when it is a link, no plain file, or cannot be opened
     */
    public static OutputStream openForAppend(Path file) throws IOException {
        Uninterrupted.run(() -> {
            open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
            return file;
        });
        return Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Gives a file new content: whoever reads it, at any moment and after any crash, finds all of the old or all of the new.
     *
     * @param file in a directory that {@link #createDirectory} has made or checked; a link in its place is replaced
     * @param content the whole of it
     * @throws IOException when it cannot be written; the old content is there still
     */
    public static void writeAtomically(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
        replace(file, draft, channel -> {
            writeFully(channel, content, 0);
            channel.force(true);
        });
    }

    /** What is done while nobody else does the like. */
    public interface Work {
        /**
         * Does it; done again from its beginning where an interrupt closed one of its files.
         *
         * @throws IOException when it fails; {@link #underLock} passes it on as it is
         */
        void run() throws IOException;
    }

    /**
     * Does something to the files of a directory that no other thread or process of ours does at the same time.
     *
     * @param directory one that {@link #createDirectory} has made or checked
     * @param name of the lock, a file of its own that stays
     * @param work what is done
     * @throws IOException when another process keeps the lock for 10 seconds or its file cannot be opened, or of the
     *     work itself
     */
    public static void underLock(Path directory, String name, Work work) throws IOException {
        Uninterrupted.run(() -> {
            try (BookLock lock = BookLock.take(directory, name)) {
                work.run();
                return lock;
            }
        });
    }

    /**
     * What went wrong, for the end of a sentence such as {@code "cannot write F: "}.
     *
     * @param failure of one of these methods, or of {@link Files}
     * @return never empty; may hold a path, so it passes a sanitizer before a terminal
     */
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

    interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    /** Writes to {@code draft}, which nobody else may be writing, then puts it in the place of {@code file}. */
    static void replace(Path file, Path draft, Content content) throws IOException {
        Uninterrupted.run(() -> {
            Files.deleteIfExists(draft);
            try {
                try (FileChannel channel = open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    content.writeTo(channel);
                }
                move(draft, file);
            } catch (IOException | RuntimeException e) {
                discard(draft, e);
                throw e;
            }
            return file;
        });
    }

    static FileChannel open(Path file, OpenOption... options) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes found = attributes(file);
            if (found.isSymbolicLink()) {
                throw new IOException(file + " is a symbolic link, and is not followed");
            }
            // A pipe would block its reader for ever.
            if (!found.isRegularFile()) {
                throw new IOException(file + " is not a plain file");
            }
        }
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, all, only(FILE, file));
    }

    static void writeFully(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, position + rest.position());
        }
    }

    /** Makes the names in a directory last, too; not every file system can be asked to. */
    static void forceNames(Path directory) throws IOException {
        Uninterrupted.run(() -> {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                return directory;
            }
            return directory;
        });
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path draft, Exception why) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private static void closeToOthers(Path directory) {
        try {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> others = EnumSet.copyOf(DIRECTORY);
            others.addAll(found);
            if (others.size() > DIRECTORY.size()) {
                Files.setPosixFilePermissions(directory, DIRECTORY);
            }
        } catch (IOException e) {
            // A file system that keeps no permissions (FAT), or takes no change: then writing will tell.
            return;
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
