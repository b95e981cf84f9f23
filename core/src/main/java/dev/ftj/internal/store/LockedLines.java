package dev.ftj.internal.store;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A private file of lines, shared by any number of threads and processes: written under a lock, read without it. No
 * {@code FileChannel} reads or writes here, since an interrupt would close it in the middle of a line.
 */
public final class LockedLines {
    private static final long LARGEST = 256L << 20;
    private static final long CLOCK_TICK_MILLIS = 100;
    private static final List<Object> NEVER = List.of("never read");

    private final Path directory;
    private final Path file;
    private final String lock;
    private List<Object> readState = NEVER;

    /** A file in a directory, with the lock {@code NAME.lock}. Nothing is created before the first write. */
    public LockedLines(Path directory, String name) {
        this(directory, name, name + ".lock");
    }

    LockedLines(Path directory, String name, String lock) {
        this.directory = directory.toAbsolutePath();
        this.file = this.directory.resolve(name);
        this.lock = lock;
    }

    /** Work under the lock. */
    public interface Work<T> {
        /** Does the work, and may fail. */
        T run() throws IOException;
    }

    /** Runs work while no other thread or process changes the file. Re-entrant; gives up after 10 seconds. */
    public <T> T locked(Work<T> work) throws IOException {
        PrivateFiles.createDirectory(directory);
        return FileLock.run(directory, lock, work);
    }

    /** Returns the lines without their line feeds, the last one perhaps torn; none if there is no file. */
    public List<byte[]> read() throws IOException {
        readState = state();
        List<byte[]> lines = new ArrayList<>();
        if (readState.isEmpty()) {
            return lines;
        }
        PrivateFiles.checkFile(file);
        if ((Long) readState.get(1) > LARGEST) {
            throw new IOException(file + " is larger than 256 MiB: move it away");
        }
        // A file this new may change again within one tick of the clock that stamps it.
        if (System.currentTimeMillis() - ((FileTime) readState.get(2)).toMillis() < CLOCK_TICK_MILLIS) {
            forget();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readAllBytes();
            int start = 0;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length ? start < i : bytes[i] == '\n') {
                    lines.add(Arrays.copyOfRange(bytes, start, i));
                    start = i + 1;
                }
            }
        }
        return lines;
    }

    /** Returns whether the file may have changed since the last {@link #read}. */
    boolean changed() throws IOException {
        return !state().equals(readState);
    }

    /** Has {@link #changed} say yes until the next {@link #read}. */
    void forget() {
        readState = NEVER;
    }

    /** Appends lines in one write, after the missing line feed of a torn line, and returns the size of the file. */
    public long append(List<byte[]> added) throws IOException {
        return locked(() -> {
            PrivateFiles.createFile(file);
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                long end = out.length();
                out.seek(Math.max(0, end - 1));
                byte[] bytes = joined(end > 0 && out.read() != '\n', added);
                try {
                    out.write(bytes);
                } catch (IOException e) {
                    out.setLength(end); // a full disk keeps half a line
                    throw e;
                }
                return end + bytes.length;
            }
        });
    }

    /** Replaces all lines by a rename, and returns the file. If durable, they survive a crash of the machine from now on. */
    public Path replace(List<byte[]> lines, boolean durable) throws IOException {
        return locked(() -> {
            Path draft = directory.resolve(file.getFileName() + ".tmp");
            Files.deleteIfExists(draft);
            try {
                PrivateFiles.createFile(draft);
                try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
                    out.write(joined(false, lines));
                    if (durable) {
                        out.getFD().sync();
                    }
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
            if (durable) {
                PrivateFiles.syncDirectory(directory);
            }
            readState = state();
            return file;
        });
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Empty for a missing file. A rename changes the key, an append the size. */
    private List<Object> state() throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        PrivateFiles.checkDirectory(directory);
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return List.of(String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static byte[] joined(boolean newLine, List<byte[]> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (newLine) {
            bytes.write('\n');
        }
        for (byte[] line : lines) {
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
