package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.concurrent.Daemons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and the terminal so that Ctrl-C ends the wait for them: opening a FIFO blocks until another process writes
 * to it.
 */
final class InterruptibleRead {
    private InterruptibleRead() {}

    interface Read<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** As {@link #of}, for reads that report failures by themselves. */
    static ApiKey ofKey(String file, Read<ApiKey> read) {
        try {
            return of(file, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a regular file on this thread, and anything else {@link #elsewhere}.
     *
     * @throws FineTuneException of kind {@code CANCELLED} if this thread is interrupted
     */
    static <T> T of(String file, Read<T> read) throws IOException {
        return mayBlock(file) ? elsewhere(read) : read.run();
    }

    /**
     * Reads on another thread, which is left behind if this one is interrupted.
     *
     * @throws FineTuneException of kind {@code CANCELLED} if this thread is interrupted
     */
    static <T extends @Nullable Object> T elsewhere(Read<T> read) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Daemons.start("ftj-read", () -> {
            try {
                result.complete(read.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.of(Kind.CANCELLED, "cancelled", null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private static boolean mayBlock(String file) {
        try {
            Path path = Path.of(file);
            return !file.isEmpty() && Files.exists(path) && !Files.isRegularFile(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
