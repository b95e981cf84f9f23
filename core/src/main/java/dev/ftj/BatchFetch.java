package dev.ftj;

import dev.ftj.FineTuneException.Kind;
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
 * Many jobs at once, handed out in the order of their ids. A thread of its own reads the ids and begins their calls, so
 * that a result is handed out while the next id is still being typed; it begins only so many calls at once, and runs at
 * most {@code AHEAD} times as many ids ahead.
 */
final class BatchFetch extends AbstractSpliterator<JobResult> {
    /** Where the caller sets no other number. */
    static final int AT_ONCE = 8;

    static final int AHEAD = 4;

    /** An id and its answer; without an id the end, whose answer fails where reading the ids did. */
    private record Asked(@Nullable String id, CompletableFuture<FineTuneJob> answer) {}

    private final Function<JobId, CompletableFuture<FineTuneJob>> call;
    private final Iterable<String> ids;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final Semaphore atOnce;
    private final Semaphore ahead;
    private final Thread reader = new Thread(this::readIds, "ftj-ids");
    private volatile @Nullable Asked awaited;
    private volatile boolean closed;
    private boolean begun;
    private boolean ended;

    private BatchFetch(Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids, int atOnce) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.atOnce = new Semaphore(atOnce);
        this.ahead = new Semaphore(AHEAD * atOnce);
        this.call = call;
        this.ids = ids;
        reader.setDaemon(true);
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
        if (!begun) {
            begun = true;
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
            Asked next = asked.take();
            awaited = next;
            if (closed) {
                throw cancelled();
            }
            id = next.id();
            FineTuneJob job = next.answer().get();
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
                CompletableFuture<FineTuneJob> answer = begin(id);
                CompletableFuture<FineTuneJob> unused = answer.whenComplete((job, failure) -> atOnce.release());
                asked.add(new Asked(id, answer));
                ahead.acquire();
            }
            end.complete(null);
        } catch (InterruptedException e) {
            end.cancel(false);
        } catch (Throwable e) {
            // the caller's iterator failed; whoever takes the results must not wait for more
            end.completeExceptionally(e);
        }
        asked.add(new Asked(null, end));
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
        Asked waitedFor = awaited;
        if (waitedFor != null) {
            waitedFor.answer().cancel(true);
        }
        asked.forEach(one -> one.answer().cancel(true));
    }
}
