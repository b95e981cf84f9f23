package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.BlockingQueue;
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
 * that a result is handed out while the next id is still being typed; it begins at most {@code AT_ONCE} calls, and runs
 * at most {@code AHEAD} ids ahead.
 */
final class ManyJobs extends AbstractSpliterator<JobResult> {
    private static final int AT_ONCE = 8;
    private static final int AHEAD = 32;

    /** An id and its answer; without an id the end, whose answer fails where reading the ids did. */
    private record Asked(@Nullable String id, CompletableFuture<FineTuneJob> answer) {}

    private final Function<JobId, CompletableFuture<FineTuneJob>> call;
    private final Iterable<String> ids;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final Semaphore ahead = new Semaphore(AHEAD);
    private final Thread reader = new Thread(this::readIds, "ftj-ids");
    private boolean begun;
    private boolean ended;
    private volatile boolean closed;

    private ManyJobs(Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.call = call;
        this.ids = ids;
        reader.setDaemon(true);
    }

    static Stream<JobResult> stream(Function<JobId, CompletableFuture<FineTuneJob>> call, Iterable<String> ids) {
        ManyJobs jobs = new ManyJobs(call, ids);
        return StreamSupport.stream(jobs, false).onClose(jobs::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super JobResult> action) {
        if (!begun) {
            begun = true;
            reader.start();
        }
        if (ended || closed) {
            return false;
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
        String id = "";
        try {
            Asked next = asked.take();
            id = next.id();
            FineTuneJob job = next.answer().get();
            return id == null ? null : new JobResult(id, job, null);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw FineTuneException.of(Kind.CANCELLED, "cancelled", null);
        } catch (ExecutionException e) {
            if (id != null && e.getCause() instanceof FineTuneException failure) {
                return new JobResult(id, null, failure);
            }
            close();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void readIds() {
        try {
            Iterator<String> remaining = ids.iterator();
            ahead.acquire();
            while (!closed && remaining.hasNext()) {
                String id = remaining.next();
                atOnce.acquire();
                CompletableFuture<FineTuneJob> answer = begin(id);
                answer.whenComplete((job, failure) -> atOnce.release());
                asked.add(new Asked(id, answer));
                ahead.acquire();
            }
            asked.add(new Asked(null, CompletableFuture.completedFuture(null)));
        } catch (InterruptedException e) {
            // closed
        } catch (RuntimeException e) {
            asked.add(new Asked(null, CompletableFuture.failedFuture(e)));
        } finally {
            if (closed) {
                cancelAll();
            }
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
        asked.forEach(one -> one.answer().cancel(true));
    }
}
