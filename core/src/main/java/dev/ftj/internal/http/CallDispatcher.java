package dev.ftj.internal.http;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
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

    /** Futures' calls that have no permit yet. */
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pollScheduled = new AtomicBoolean();
    private volatile boolean closed;

    /** @param atOnce how many may run at once, on our threads and the callers' together */
    public CallDispatcher(int atOnce) {
        executor = daemons();
        permits = new Semaphore(atOnce);
    }

    /** Returns a future whose completion from outside (cancel, orTimeout) cancels the call. */
    public <T> CompletableFuture<T> submit(Call<T> call) {
        return submit(call, true);
    }

    /** Does the same on a thread of its own and without limit: for a stream, which may wait for its consumer. */
    public <T> CompletableFuture<T> submitUnlimited(Call<T> call) {
        return submit(call, false);
    }

    /**
     * Runs the call on this thread; an interrupt cancels it. (Running it on our threads and waiting for that doubles the
     * time of a call in a warm JVM.)
     */
    public <T> T run(Call<T> call) {
        // a call within a call (in a listener) must not wait for a second permit: deadlock
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
            startWaiting();
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

    /** Starts calls of futures while there are permits. */
    private void startWaiting() {
        while (!waiting.isEmpty() && permits.tryAcquire()) {
            Runnable task = waiting.poll();
            if (task == null) {
                permits.release();
            } else {
                executor.execute(task);
            }
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

    private <T> CompletableFuture<T> submit(Call<T> call, boolean limited) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Cancellation cancellation = call.cancellation();
        begin(cancellation);
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (running.remove(cancellation)) {
                cancellation.cancel();
            }
        });
        if (limited) {
            waiting.add(() -> complete(future, call, true));
            startWaiting();
        } else {
            new Worker(() -> complete(future, call, false)).start();
        }
        return future;
    }

    private void begin(Cancellation cancellation) {
        running.add(cancellation);
        if (closed) {
            running.remove(cancellation);
        }
        requireOpen();
    }

    /** Throws an {@link IllegalStateException} if the client is closed. */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** Stages of the future may wait for other calls, so they run when this one has given its permit back. */
    private <T> void complete(CompletableFuture<T> future, Call<T> call, boolean limited) {
        Runnable end = () -> {};
        if (limited) {
            HAS_PERMIT.set(true);
        }
        try {
            if (!future.isDone()) {
                T value = call.run();
                end = () -> future.complete(value);
            }
        } catch (Throwable failure) {
            end = () -> future.completeExceptionally(failure);
        } finally {
            running.remove(call.cancellation());
            if (limited) {
                HAS_PERMIT.remove();
                permits.release();
                startWaiting();
            }
        }
        end.run();
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

    private static ThreadPoolExecutor daemons() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Worker::new);
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
