package dev.ftj.shell.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** At SIGTERM and SIGHUP, interrupts this thread, and gives it a second to clean up and to report. */
final class Termination implements AutoCloseable {
    private static final long MOST_MILLIS = 1000;

    private final Thread running = Thread.currentThread();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "ftj-termination");

    Termination() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is being terminated already
        }
    }

    private void interrupt() {
        running.interrupt();
        await(cleanedUp);
    }

    private static void await(CountDownLatch latch) {
        try {
            boolean unused = latch.await(MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** If the process is being terminated, runs the report and lets it end: its exit code is that of the signal. */
    void finish(Runnable report) {
        if (!isUnderWay()) {
            return;
        }
        report.run();
        cleanedUp.countDown();
        await(new CountDownLatch(1)); // the process ends meanwhile, unless another hook hangs
    }

    private boolean isUnderWay() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        boolean unused = isUnderWay();
        cleanedUp.countDown();
    }
}
