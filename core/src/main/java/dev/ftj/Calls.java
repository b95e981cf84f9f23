package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of one client that are under way: the one engine under its sync, async and streaming methods. */
final class Calls implements AutoCloseable {
    /** Enough for a notebook's futures, where the caller sets no other number. */
    static final int AT_ONCE = 32;

    private static final int LOOK_MILLIS = 50;

    /** Set on a thread of a caller's while it runs a call. */
    private static final ThreadLocal<Boolean> HAS_ITS_TURN = ThreadLocal.withInitial(() -> false);

    /** What is run, and how it is ended from outside. */
    interface Work<T> {
        /** @throws FineTuneException where it fails */
        T run();

        Cancellation cancellation();

        /** What is told to whoever ended it from outside. */
        FineTuneException cancelled();
    }

    private final ThreadPoolExecutor executor;
    private final Semaphore turns;
    private final Set<Cancellation> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closed;

    /** @param atOnce how many may be under way at once, on threads of ours and the caller's together */
    Calls(int atOnce) {
        executor = daemons(atOnce);
        turns = new Semaphore(atOnce);
    }

    /** A future whose end ends the call, too, whoever brings it about (cancel, orTimeout). */
    <T> CompletableFuture<T> submit(Work<T> call) {
        return submit(call, task -> executor.execute(() -> inTurn(task)));
    }

    /** The same on a thread of its own: for a call that may be held up by whoever takes what it brings. */
    <T> CompletableFuture<T> submitApart(Work<T> call) {
        return submit(call, task -> new Worker(task).start());
    }

    /**
     * Runs the call here; an interrupt cancels it. To have it run on a thread of ours, and to wait for that, would
     * double the time that a call takes in a warm JVM.
     */
    <T> T run(Work<T> call) {
        // a call made within another (in a listener, in a stage of a future) has its turn already: were it to wait for
        // one more, all of them could come to wait for each other
        if (HAS_ITS_TURN.get()) {
            return runNow(call);
        }
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.cancelled();
        }
        HAS_ITS_TURN.set(true);
        try {
            return runNow(call);
        } finally {
            HAS_ITS_TURN.remove();
            turns.release();
        }
    }

    private <T> T runNow(Work<T> call) {
        Cancellation cancellation = call.cancellation();
        cancellation.runsOn(Thread.currentThread());
        begin(cancellation);
        lookForInterruptsSoon();
        try {
            return call.run();
        } finally {
            underWay.remove(cancellation);
        }
    }

    /** The same turns for what runs on a thread of ours, and for what is called from there. */
    private void inTurn(Runnable task) {
        turns.acquireUninterruptibly();
        HAS_ITS_TURN.set(true);
        try {
            task.run();
        } finally {
            HAS_ITS_TURN.remove();
            turns.release();
        }
    }

    private void lookForInterruptsSoon() {
        if (looking.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(this::lookForInterrupts);
        }
    }

    /** A thread that is blocked on a socket does not notice an interrupt: another looks, as long as there are any. */
    private void lookForInterrupts() {
        // before the look: a call that it misses finds that nobody is about to look
        looking.set(false);
        boolean any = false;
        for (Cancellation cancellation : underWay) {
            any |= cancellation.lookForInterrupt();
        }
        if (any) {
            lookForInterruptsSoon();
        }
    }

    private <T> CompletableFuture<T> submit(Work<T> call, Executor where) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Cancellation cancellation = call.cancellation();
        begin(cancellation);
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (underWay.remove(cancellation)) {
                cancellation.cancel();
            }
        });
        where.execute(() -> complete(future, call));
        return future;
    }

    private void begin(Cancellation cancellation) {
        underWay.add(cancellation);
        if (closed) {
            underWay.remove(cancellation);
            throw new IllegalStateException("the client is closed");
        }
    }

    private <T> void complete(CompletableFuture<T> future, Work<T> call) {
        if (future.isDone()) {
            return;
        }
        try {
            T value = call.run();
            underWay.remove(call.cancellation());
            future.complete(value);
        } catch (Throwable failure) {
            underWay.remove(call.cancellation());
            future.completeExceptionally(failure);
        }
    }

    static FineTuneException cancelled() {
        return FineTuneException.of(Kind.CANCELLED, "cancelled", null);
    }

    /** What is cancelled when the client is closed. */
    Set<Cancellation> underWay() {
        return underWay;
    }

    /** Cancels what is under way, and refuses what comes. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(Cancellation::cancel);
    }

    private static ThreadPoolExecutor daemons(int threads) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Worker::new);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** A thread of a client's: a daemon, so that none keeps a program alive. */
    static final class Worker extends Thread {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        Worker(Runnable task) {
            super(task, "ftj-" + NUMBER.incrementAndGet());
            setDaemon(true);
        }
    }
}
