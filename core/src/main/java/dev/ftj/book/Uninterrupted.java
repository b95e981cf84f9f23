package dev.ftj.book;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs work on files to its end although its thread is interrupted: an interrupt closes a {@code FileChannel} under the
 * hands of its user, perhaps between two halves of a line.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Sets the thread's interrupt aside for as long as {@code work} takes.
     *
     * @param work opens its files itself, and does the same when it is begun again: that is the answer to an interrupt
     */
    static <T> T run(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
