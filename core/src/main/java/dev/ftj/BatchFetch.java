package dev.ftj;

import dev.ftj.internal.concurrent.Daemons;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The results of many jobs in the order of their ids. Another thread reads the ids and starts their calls, so that a
 * result is available while the next id is still being typed.
 */
final class BatchFetch extends AbstractSpliterator<JobResult> {
    /** The default number of parallel calls. */
    static final int AT_ONCE = 8;

    /** Ids are read at most this many times the number of parallel calls ahead of the consumer. */
    static final int AHEAD = 4;

    private record Pending(String id, CompletableFuture<FineTuneJob> response) {}

    private final Function<JobId, CompletableFuture<FineTuneJob>> call;
    private final Iterable<String> ids;
    private final Semaphore atOnce;
    private final Prefetch<Pending> pending;
    private final Set<CompletableFuture<FineTuneJob>> running = ConcurrentHashMap.newKeySet();

    private BatchFetch(Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids, int atOnce) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.call = call;
        this.ids = ids;
        this.atOnce = new Semaphore(atOnce);
        this.pending = new Prefetch<>(AHEAD * atOnce - 1, this::start);
    }

    static Stream<JobResult> stream(
            Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids, int atOnce) {
        BatchFetch jobs = new BatchFetch(call, ids, atOnce);
        return StreamSupport.stream(jobs, false).onClose(jobs::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super JobResult> action) {
        Pending next;
        try {
            next = pending.next();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (next != null) {
            action.accept(result(next));
        }
        return next != null;
    }

    private JobResult result(Pending one) {
        try {
            return new JobResult(one.id(), one.response().get(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw FineTuneException.cancelled();
        } catch (CancellationException e) {
            close();
            throw FineTuneException.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FineTuneException failure) {
                return new JobResult(one.id(), null, failure);
            }
            close();
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<Void> start() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread reader = Daemons.start("ftj-ids", () -> {
            try {
                readIds();
                end.complete(null);
            } catch (Throwable e) {
                // the caller's iterator failed: the consumer must not wait for more
                end.completeExceptionally(e);
            }
        });
        CompletableFuture<Void> unused = end.whenComplete((done, failure) -> reader.interrupt());
        return end;
    }

    private void readIds() throws InterruptedException {
        for (String id : ids) {
            atOnce.acquire();
            if (pending.isClosed()) {
                return;
            }
            pending.hand(new Pending(id, begin(id)));
        }
    }

    private CompletableFuture<FineTuneJob> begin(String id) {
        CompletableFuture<FineTuneJob> response;
        try {
            response = call.apply(JobId.of(id));
        } catch (FineTuneException e) {
            response = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<FineTuneJob> begun = response;
        running.add(begun);
        CompletableFuture<FineTuneJob> unused = begun.whenComplete((job, failure) -> {
            running.remove(begun);
            atOnce.release();
        });
        if (pending.isClosed()) {
            begun.cancel(true);
        }
        return begun;
    }

    private void close() {
        pending.close();
        running.forEach(response -> response.cancel(true));
    }
}
