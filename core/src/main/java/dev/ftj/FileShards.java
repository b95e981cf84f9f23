package dev.ftj;

import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The list of files, which the API sends in shards; each is requested when the one before was read and full. A server that
 * knows no shards sends the first one again: that is the end.
 */
final class FileShards extends AbstractSpliterator<FileRecord> {
    /** The number of records of a full shard. */
    static final int MOST = 1000;

    private final IntFunction<Stream<FileRecord>> open;
    private volatile Stream<FileRecord> shard;
    private Spliterator<FileRecord> records;
    private @Nullable FileRecord first;
    private int number;
    private int count;
    private boolean ended;
    private volatile boolean closed;

    private FileShards(IntFunction<Stream<FileRecord>> open) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.open = open;
        this.shard = open.apply(0);
        this.records = shard.spliterator();
    }

    /** @param open returns a shard by its number, which sends its request when its first record is taken */
    static Stream<FileRecord> stream(IntFunction<Stream<FileRecord>> open) {
        FileShards list = new FileShards(open);
        return StreamSupport.stream(list, false).onClose(list::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super FileRecord> action) {
        if (ended) {
            return false;
        }
        // set first: nothing more comes after a failure
        ended = true;
        FileRecord next = next();
        if (next == null) {
            return false;
        }
        ended = false;
        action.accept(next);
        return true;
    }

    private @Nullable FileRecord next() {
        AtomicReference<@Nullable FileRecord> next = new AtomicReference<>();
        while (!closed && !records.tryAdvance(next::set)) {
            if (count != MOST || closed) {
                return null;
            }
            turn();
        }
        FileRecord record = next.get();
        if (count++ == 0) {
            if (record == null || record.equals(first)) {
                close();
                return null;
            }
            first = record;
        }
        return record;
    }

    private void turn() {
        if (++number == PagedStream.MAX_PAGES) {
            throw PagedStream.endless("files");
        }
        count = 0;
        shard = open.apply(number);
        records = shard.spliterator();
        if (closed) {
            close(); // the thread that closed it saw the shard before
        }
    }

    private void close() {
        closed = true;
        shard.close();
    }
}
