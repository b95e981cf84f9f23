package dev.ftj.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serializes work across processes with a lock file, which is never renamed or removed, and across threads with a second
 * lock: the system's belongs to the whole process, and is lost when any thread closes the file.
 */
final class FileLock {
    /** A holder needs milliseconds; one that was stopped (Ctrl-Z) must not block every other shell. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final Map<Path, ReentrantLock> INSIDE = new ConcurrentHashMap<>();

    private FileLock() {}

    /** Runs work under the lock of a name in a directory, which exists, even if interrupted. Re-entrant. */
    static <T> T run(Path directory, String name, LockedLines.Work<T> work) throws IOException {
        Path file = directory.toRealPath().resolve(name);
        INSIDE.putIfAbsent(file, new ReentrantLock());
        ReentrantLock inside = INSIDE.get(file);
        inside.lock();
        try {
            if (inside.getHoldCount() > 1) {
                return work.run();
            }
            PrivateFiles.createFile(file);
            // An interrupt closes a channel that reads or writes; opening it and tryLock are safe.
            // See JdkAssumptionsTest.openAndTryLockWorkInAnInterruptedThread.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                await(channel, directory);
                return work.run();
            }
        } finally {
            inside.unlock();
        }
    }

    /** Polls, since a thread blocked in the lock call cannot be ended. Waits longer while other holders make progress. */
    private static void await(FileChannel channel, Path directory) throws IOException {
        Object lastChange = directory;
        long start = System.nanoTime();
        for (long millis = 1; !tryLock(channel); millis = Math.min(millis * 2, 4)) {
            Object change = Files.getLastModifiedTime(directory);
            start = change.equals(lastChange) ? start : System.nanoTime();
            lastChange = change;
            if (System.nanoTime() - start > PATIENCE) {
                throw new IOException("another process has held its lock for 10 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this class, loaded a second time in this JVM
        }
    }
}
