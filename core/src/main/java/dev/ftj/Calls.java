package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls of one client that are under way: the one engine under its sync, async and streaming methods. */
final class Calls implements AutoCloseable {
    /** Enough for a notebook's futures; what asks for many jobs bounds itself. */
    private static final int THREADS = 32;

    /** What is run, and how it is ended from outside. */
    interface Work<T> {
        /** @throws FineTuneException where it fails */
        T run();

        Cancellation cancellation();

        /** What is told to whoever had enough of it before its end. */
        FineTuneException cancelled();
    }

    private final ThreadPoolExecutor executor = daemons();
    private final Set<Cancellation> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** The threads of the client. */
    Executor executor() {
        return executor;
    }

    /** A future whose end ends the call, too, whoever brings it about (cancel, orTimeout). */
    <T> CompletableFuture<T> submit(Work<T> call) {
        return submit(call, executor);
    }

    /** The same on a thread of its own: for a call that may be held up by whoever takes what it brings. */
    <T> CompletableFuture<T> submitApart(Work<T> call) {
        return submit(call, task -> new Worker(task).start());
    }

    /** Waits for the call; an interrupt cancels it. */
    <T> T run(Work<T> call) {
        // a call made on a thread of ours (in a stage of a future, in a listener) runs there and then: were it queued,
        // all of them could come to wait for each other
        Executor where = Thread.currentThread() instanceof Worker ? Runnable::run : executor;
        return joined(submit(call, where), call);
    }

    private <T> CompletableFuture<T> submit(Work<T> call, Executor where) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Cancellation cancellation = call.cancellation();
        underWay.add(cancellation);
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (underWay.remove(cancellation)) {
                cancellation.cancel();
            }
        });
        if (closed) {
            underWay.remove(cancellation);
            throw new IllegalStateException("the client is closed");
        }
        where.execute(() -> complete(future, call));
        return future;
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

    /** The future's value, or its failure as a caller of a sync method wants it; an interrupt cancels the future. */
    private static <T> T joined(CompletableFuture<T> future, Work<T> call) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw call.cancelled();
        } catch (CancellationException e) {
            throw call.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FineTuneException failure) {
                // the caller's line is of use in the trace; the pool's thread is not
                failure.fillInStackTrace();
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    static FineTuneException cancelled(@Nullable JobId job) {
        return new FineTuneException.Builder(Kind.CANCELLED, "cancelled")
                .jobId(job == null ? null : job.value())
                .build();
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

    private static ThreadPoolExecutor daemons() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Worker::new);
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
