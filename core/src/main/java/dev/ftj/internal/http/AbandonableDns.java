package dev.ftj.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Resolves names on another thread: the system's resolver may hang and ignores interrupts, so callers must be able to leave. */
final class AbandonableDns {
    private AbandonableDns() {}

    /** @throws UnknownHostException also if the thread was interrupted; its interrupt flag stays set */
    static List<InetAddress> lookup(Callable<List<InetAddress>> resolver) throws UnknownHostException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(resolver);
        if (Thread.currentThread() instanceof CallDispatcher.Worker) {
            // our own threads may hang: no caller waits on them
            task.run();
        } else {
            new CallDispatcher.Worker(task).start();
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown
                    ? unknown
                    : failed(String.valueOf(e.getCause()), e);
        }
    }

    private static UnknownHostException failed(String why, Exception cause) {
        UnknownHostException failed = new UnknownHostException(why);
        failed.initCause(cause);
        return failed;
    }
}
