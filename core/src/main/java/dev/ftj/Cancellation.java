package dev.ftj;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The way to end a call from outside. A thread that is blocked on a socket does not notice an interrupt, so whatever
 * is under way registers how it is ended.
 */
final class Cancellation {
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile Runnable underWay = () -> {};
    private volatile @Nullable Thread caller;

    void cancel() {
        latch.countDown();
        underWay.run();
    }

    /** The call runs on this thread of the caller's: to interrupt it is to cancel the call. */
    void runsOn(Thread thread) {
        caller = thread;
    }

    /**
     * Heeds an interrupt of the caller's thread.
     *
     * @return whether there is such a thread
     */
    boolean lookForInterrupt() {
        Thread thread = caller;
        if (thread != null && thread.isInterrupted()) {
            cancel();
        }
        return thread != null;
    }

    boolean isCancelled() {
        return latch.getCount() == 0;
    }

    /** Falls when the call is cancelled. */
    CountDownLatch latch() {
        return latch;
    }

    /** What ends the part of the call that begins now; run at once where the call is cancelled already. */
    void onCancel(Runnable end) {
        underWay = end;
        if (isCancelled()) {
            end.run();
        }
    }
}
