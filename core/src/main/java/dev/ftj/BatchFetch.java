package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.concurrent.Daemons;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of many jobs in the order of their ids. Another thread reads the ids and starts their calls, so that a
 * result is available while the next id is still being typed. It runs at most {@code AHEAD} times the number of parallel
 * calls ahead of the consumer.
 */
final class BatchFetch extends AbstractSpliterator<JobResult> {
    /** The default number of parallel calls. */
    static final int AT_ONCE = 8;

    static final int AHEAD = 4;

    /** An id and its response; a null id marks the end, and fails if reading the ids failed. */
    private record Pending(@Nullable String id, CompletableFuture<FineTuneJob> response) {}

    private final Function<JobId, CompletableFuture<FineTuneJob>> call;
    private final Iterable<String> ids;
    private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();
    private final Semaphore atOnce;
    private final Semaphore ahead;
    private final Thread reader = Daemons.of("ftj-ids", this::readIds);
    private volatile @Nullable Pending awaited;
    private volatile boolean closed;
    private boolean started;
    private boolean ended;

    private BatchFetch(Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids, int atOnce) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.atOnce = new Semaphore(atOnce);
        this.ahead = new Semaphore(AHEAD * atOnce);
        this.call = call;
        this.ids = ids;
    }

    static Stream<JobResult> stream(
            Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids, int atOnce) {
        BatchFetch jobs = new BatchFetch(call, ids, atOnce);
        return StreamSupport.stream(jobs, false).onClose(jobs::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super JobResult> action) {
        if (ended || closed) {
            return false;
        }
        if (!started) {
            started = true;
            reader.start();
        }
        JobResult result = next();
        if (result == null) {
            ended = true;
            return false;
        }
        ahead.release();
        action.accept(result);
        return true;
    }

    private @Nullable JobResult next() {
        String id = null;
        try {
            Pending next = pending.take();
            awaited = next;
            if (closed) {
                throw cancelled();
            }
            id = next.id();
            FineTuneJob job = next.response().get();
            return id == null ? null : new JobResult(id, job, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (CancellationException e) {
            throw cancelled();
        } catch (ExecutionException e) {
            if (id != null && e.getCause() instanceof FineTuneException failure) {
                return new JobResult(id, null, failure);
            }
            close();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            awaited = null;
        }
    }

    private FineTuneException cancelled() {
        close();
        return FineTuneException.of(Kind.CANCELLED, "cancelled", null);
    }

    private void readIds() {
        CompletableFuture<FineTuneJob> end = new CompletableFuture<>();
        try {
            Iterator<String> remaining = ids.iterator();
            ahead.acquire();
            while (!closed && remaining.hasNext()) {
                String id = remaining.next();
                atOnce.acquire();
                if (closed) {
                    break;
                }
                CompletableFuture<FineTuneJob> response = begin(id);
                CompletableFuture<FineTuneJob> unused = response.whenComplete((job, failure) -> atOnce.release());
                pending.add(new Pending(id, response));
                ahead.acquire();
            }
            end.complete(null);
        } catch (InterruptedException e) {
            end.cancel(false);
        } catch (Throwable e) {
            // the caller's iterator failed: the consumer must not wait for more
            end.completeExceptionally(e);
        }
        pending.add(new Pending(null, end));
        if (closed) {
            cancelAll();
        }
    }

    private CompletableFuture<FineTuneJob> begin(String id) {
        try {
            return call.apply(JobId.of(id));
        } catch (FineTuneException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void close() {
        closed = true;
        reader.interrupt();
        cancelAll();
    }

    private void cancelAll() {
        Pending waitedFor = awaited;
        if (waitedFor != null) {
            waitedFor.response().cancel(true);
        }
        pending.forEach(one -> one.response().cancel(true));
    }
}
