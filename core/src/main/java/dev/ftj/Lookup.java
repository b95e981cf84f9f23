package dev.ftj;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The looking up of a name for a thread of the caller's. The system's resolver may hang, and heeds no interrupt: it is
 * asked on another thread, so that whoever waits for it can leave.
 */
final class Lookup {
    private Lookup() {}

    /** @throws UnknownHostException also where the thread was interrupted, which it stays */
    static List<InetAddress> interruptibly(Callable<List<InetAddress>> lookup) throws UnknownHostException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(lookup);
        if (Thread.currentThread() instanceof Calls.Worker) {
            // nobody waits on it who could not leave
            task.run();
        } else {
            new Calls.Worker(task).start();
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
