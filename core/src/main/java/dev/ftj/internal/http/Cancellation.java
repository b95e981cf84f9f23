package dev.ftj.internal.http;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Ends a call from outside. A thread that is blocked on a socket ignores interrupts, so a call registers what ends it. */
public final class Cancellation {
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile @Nullable Runnable current;
    private volatile @Nullable Thread caller;

    /** Cancels the call. */
    public void cancel() {
        latch.countDown();
        Runnable end = current;
        if (end != null) {
            end.run();
        }
    }

    /** Sets the caller's thread that runs the call: interrupting it cancels the call. */
    void runsOn(Thread thread) {
        caller = thread;
    }

    /**
     * Cancels the call if the caller's thread is interrupted.
     *
     * @return whether the call runs on a caller's thread
     */
    boolean cancelIfInterrupted() {
        Thread thread = caller;
        if (thread != null && thread.isInterrupted()) {
            cancel();
        }
        return thread != null;
    }

    /** Whether the call was cancelled. */
    public boolean isCancelled() {
        return latch.getCount() == 0;
    }

    /** Returns a latch that falls when the call is cancelled. */
    public CountDownLatch latch() {
        return latch;
    }

    /** Sets what ends the current part of the call; it is run at once if the call is already cancelled. */
    public void onCancel(Runnable end) {
        current = end;
        if (isCancelled()) {
            end.run();
        }
    }
}
