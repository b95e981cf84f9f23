package dev.ftj;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Elements that another thread produces ahead of one consumer, in their order. It blocks when too many of them wait. */
final class Prefetch<E> {
    /** An element; null marks the end. */
    private record Next<E>(@Nullable E element) {}

    private final BlockingQueue<Next<E>> waiting = new LinkedBlockingQueue<>();
    /** How many more elements may wait. The end marker needs no room: the consumer itself may add it. */
    private final Semaphore room;

    private final Supplier<CompletableFuture<Void>> start;
    private final AtomicLong backpressure = new AtomicLong();
    private volatile @Nullable CompletableFuture<Void> production;
    private volatile boolean closed;
    private boolean ended;

    /**
     * @param ahead how many elements may wait
     * @param start called for the first element: its future is done when the last one was handed on, and is cancelled to
     *     end the production early
     */
    Prefetch(int ahead, Supplier<CompletableFuture<Void>> start) {
        this.room = new Semaphore(ahead);
        this.start = start;
    }

    /**
     * Waits for the next element.
     *
     * @return null at the end, and after a failure
     * @throws RuntimeException the failure of the production
     */
    @Nullable
    E next() {
        if (ended || closed) {
            return null;
        }
        // set first: nothing more comes after a failure
        ended = true;
        CompletableFuture<Void> running = production;
        if (running == null) {
            running = start.get();
            production = running;
            if (closed) {
                close(); // the thread that closed it saw no production yet
            }
            CompletableFuture<Void> unused = running.whenComplete((done, failure) -> waiting.add(new Next<>(null)));
        }
        try {
            E element = waiting.take().element();
            if (element == null) {
                running.get();
            } else {
                room.release();
                ended = false;
            }
            return element;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw FineTuneException.cancelled();
        } catch (CancellationException e) {
            throw FineTuneException.cancelled();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Hands an element on, on the producing thread. Blocks while too many wait. */
    void hand(E element) {
        if (!room.tryAcquire()) {
            awaitRoom();
        }
        waiting.add(new Next<>(element));
    }

    private void awaitRoom() {
        long began = System.nanoTime();
        try {
            while (!closed && !room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                backpressure.addAndGet(System.nanoTime() - began);
                began = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        backpressure.addAndGet(System.nanoTime() - began);
        if (closed) {
            throw FineTuneException.cancelled();
        }
    }

    /** Returns for how long the producing thread was blocked. */
    long backpressureNanos() {
        return backpressure.get();
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        CompletableFuture<Void> running = production;
        if (running != null) {
            running.cancel(true);
        }
    }
}
