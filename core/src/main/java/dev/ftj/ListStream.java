package dev.ftj;

import dev.ftj.internal.http.BodyReader;
import dev.ftj.internal.json.RawJson;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The records of one list call, available while the response is still being read. Another thread splits the response into
 * records, and blocks when {@code AHEAD} of them are waiting.
 */
final class ListStream<T> extends AbstractSpliterator<T> {
    private static final int AHEAD = 256;

    /** A record; null marks the end. */
    private record Next(@Nullable RawJson record) {}

    private final Function<BodyReader, CompletableFuture<Void>> call;
    private final BiFunction<RawJson, Long, T> reader;
    private final ArrayBodyReader body;
    private final BlockingQueue<Next> read = new ArrayBlockingQueue<>(AHEAD);
    private final AtomicLong backpressure = new AtomicLong();
    private volatile @Nullable CompletableFuture<Void> answer;
    private volatile boolean closed;
    private boolean ended;
    private long count;

    /**
     * @param what the plural of the records, for messages
     * @param call sends the request when the first record is asked for, and reads its response
     * @param redaction removes the key from a text
     * @param reader makes an element of a record and its place, counted from 1
     */
    ListStream(
            String what,
            Function<BodyReader, CompletableFuture<Void>> call,
            UnaryOperator<String> redaction,
            BiFunction<RawJson, Long, T> reader) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.call = call;
        this.reader = reader;
        this.body = new ArrayBodyReader(what, ArrayBodyReader.ENVELOPE, redaction, this::hand, backpressure::get);
    }

    /** Returns the members beside the records, once all of them were taken. */
    Map<String, RawJson> head() {
        return body.head();
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (ended || closed) {
            return false;
        }
        // set first: nothing more comes after a failure
        ended = true;
        T next = next();
        if (next == null) {
            return false;
        }
        ended = false;
        action.accept(next);
        return true;
    }

    private @Nullable T next() {
        CompletableFuture<Void> reading = answer;
        try {
            if (reading == null) {
                reading = call.apply(body);
                answer = reading;
                if (closed) {
                    close(); // the thread that closed it saw no response yet
                }
                CompletableFuture<Void> unused = reading.whenComplete((done, failure) -> hand(new Next(null)));
            }
            RawJson record = read.take().record();
            if (record == null) {
                reading.get();
                return null;
            }
            return reader.apply(record, ++count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw FineTuneException.cancelled();
        } catch (CancellationException e) {
            throw FineTuneException.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void hand(RawJson record) {
        hand(new Next(record));
    }

    /** Blocks while the queue is full; that time does not count towards the deadline. */
    private void hand(Next next) {
        if (read.offer(next)) {
            return;
        }
        long began = System.nanoTime();
        try {
            while (!closed && !read.offer(next, 100, TimeUnit.MILLISECONDS)) {
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

    void close() {
        closed = true;
        CompletableFuture<Void> reading = answer;
        if (reading != null) {
            reading.cancel(true);
        }
    }
}
