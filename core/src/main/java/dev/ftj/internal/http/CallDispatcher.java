package dev.ftj.internal.http;

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
import org.jspecify.annotations.Nullable;

/** Runs the calls of one client, for its sync, async and streaming methods: a limited number at once. */
public final class CallDispatcher implements AutoCloseable {
    /** The default limit: enough for a notebook's futures. */
    public static final int AT_ONCE = 32;

    private static final int POLL_MILLIS = 50;

    /** Set on a thread while it runs a call. */
    private static final ThreadLocal<@Nullable Boolean> HAS_PERMIT = new ThreadLocal<>();

    /** A call that a dispatcher runs. */
    public interface Call<T> {
        /** Runs the call to its end on this thread. */
        T run();

        /** Returns the cancellation of the call. */
        Cancellation cancellation();

        /** Returns the exception for a caller whose call was cancelled before it began. */
        RuntimeException cancelled();
    }

    private final ThreadPoolExecutor executor;
    private final Semaphore permits;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pollScheduled = new AtomicBoolean();
    private volatile boolean closed;

    /** @param atOnce how many may run at once, on our threads and the callers' together */
    public CallDispatcher(int atOnce) {
        executor = daemons(atOnce);
        permits = new Semaphore(atOnce);
    }

    /** Returns a future whose completion from outside (cancel, orTimeout) cancels the call. */
    public <T> CompletableFuture<T> submit(Call<T> call) {
        return submit(call, task -> executor.execute(() -> withPermit(task)));
    }

    /** Does the same on a thread of its own and without limit: for a stream, which may wait for its consumer. */
    public <T> CompletableFuture<T> submitUnlimited(Call<T> call) {
        return submit(call, task -> new Worker(task).start());
    }

    /**
     * Runs the call on this thread; an interrupt cancels it. (Running it on our threads and waiting for that doubles the
     * time of a call in a warm JVM.)
     */
    public <T> T run(Call<T> call) {
        // a call within a call (in a listener, in a stage of a future) must not wait for a second permit: deadlock
        if (HAS_PERMIT.get() != null) {
            return runNow(call);
        }
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.cancelled();
        }
        HAS_PERMIT.set(true);
        try {
            return runNow(call);
        } finally {
            HAS_PERMIT.remove();
            permits.release();
        }
    }

    private <T> T runNow(Call<T> call) {
        Cancellation cancellation = call.cancellation();
        cancellation.runsOn(Thread.currentThread());
        begin(cancellation);
        pollSoon();
        try {
            return call.run();
        } finally {
            running.remove(cancellation);
        }
    }

    /** Runs a task on a thread of ours with a permit; calls from within the task reuse the permit. */
    private void withPermit(Runnable task) {
        permits.acquireUninterruptibly();
        HAS_PERMIT.set(true);
        try {
            task.run();
        } finally {
            HAS_PERMIT.remove();
            permits.release();
        }
    }

    private void pollSoon() {
        if (pollScheduled.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(this::pollInterrupts);
        }
    }

    /** Polls for interrupts while calls run on callers' threads: a thread that is blocked on a socket ignores them. */
    private void pollInterrupts() {
        // before the poll: a call that it misses schedules the next one
        pollScheduled.set(false);
        boolean any = false;
        for (Cancellation cancellation : running) {
            any |= cancellation.cancelIfInterrupted();
        }
        if (any) {
            pollSoon();
        }
    }

    private <T> CompletableFuture<T> submit(Call<T> call, Executor where) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Cancellation cancellation = call.cancellation();
        begin(cancellation);
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (running.remove(cancellation)) {
                cancellation.cancel();
            }
        });
        where.execute(() -> complete(future, call));
        return future;
    }

    private void begin(Cancellation cancellation) {
        running.add(cancellation);
        if (closed) {
            running.remove(cancellation);
            throw new IllegalStateException("the client is closed");
        }
    }

    private <T> void complete(CompletableFuture<T> future, Call<T> call) {
        if (future.isDone()) {
            return;
        }
        try {
            T value = call.run();
            running.remove(call.cancellation());
            future.complete(value);
        } catch (Throwable failure) {
            running.remove(call.cancellation());
            future.completeExceptionally(failure);
        }
    }

    /** Returns the running calls, which are cancelled when the client is closed. */
    public Set<Cancellation> running() {
        return running;
    }

    /** Cancels all running calls and refuses new ones. */
    @Override
    public void close() {
        closed = true;
        for (Cancellation call : running) {
            call.cancel();
        }
    }

    private static ThreadPoolExecutor daemons(int threads) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Worker::new);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** A client's thread: a daemon, so that it keeps no program alive. */
    public static final class Worker extends Thread {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        public Worker(Runnable task) {
            super(task, "ftj-" + NUMBER.incrementAndGet());
            // See JdkAssumptionsTest.withTwoProcessorsSupplyAsyncMayRunOnAThreadThatIsNoDaemon.
            setDaemon(true);
        }
    }
}
