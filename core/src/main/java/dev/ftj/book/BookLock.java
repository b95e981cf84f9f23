package dev.ftj.book;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to write a book, held by one thread of one process. A system's file lock belongs to the process, and is lost
 * when any of its threads closes the file, hence the second lock, inside.
 */
final class BookLock implements Closeable {
    /** A holder needs milliseconds, unless it is stopped (Ctrl-Z): that must not hang every other shell. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final Map<Path, ReentrantLock> INSIDE = new ConcurrentHashMap<>();

    private final ReentrantLock inside;
    private final FileChannel channel;

    private BookLock(ReentrantLock inside, FileChannel channel) {
        this.inside = inside;
        this.channel = channel;
    }

    /**
     * Waits its turn, interrupted or not.
     *
     * @param directory exists
     * @param name of a file in it, which is made where it is missing, and never renamed or removed
     * @throws IOException when the file cannot be opened or locked, or is held for too long
     */
    static BookLock take(Path directory, String name) throws IOException {
        Path file = directory.toRealPath().resolve(name);
        ReentrantLock inside = INSIDE.computeIfAbsent(file, path -> new ReentrantLock());
        inside.lock();
        try {
            FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                await(channel);
                return new BookLock(inside, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            inside.unlock();
            throw e;
        }
    }

    /** Asks again and again: a thread that sleeps in the lock call itself cannot give up. */
    private static void await(FileChannel channel) throws IOException {
        long begin = System.nanoTime();
        boolean interrupted = false;
        try {
            for (long pause = 1; !tryLock(channel); pause = Math.min(pause * 2, 8)) {
                if (System.nanoTime() - begin > PATIENCE) {
                    throw new IOException("another process holds its lock, and does not let go");
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This class, loaded a second time in this JVM.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            inside.unlock();
        }
    }
}
