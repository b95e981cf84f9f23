package dev.ftj;

import dev.ftj.internal.http.BodyReader;
import dev.ftj.internal.json.RawJson;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The records of one list call, available while the response is still being read. */
final class ListPage {
    private static final int AHEAD = 256;

    private final Prefetch<RawJson> records;
    private final ArrayBodyReader body;

    /**
     * @param what the plural of the records, for messages
     * @param call sends the request when the first record is asked for, and reads its response
     * @param redaction removes the key from a text
     */
    ListPage(String what, Function<BodyReader, CompletableFuture<Void>> call, UnaryOperator<String> redaction) {
        records = new Prefetch<>(AHEAD, () -> call.apply(body()));
        body = new ArrayBodyReader(
                what, ArrayBodyReader.ENVELOPE, redaction, records::hand, records::backpressureNanos);
    }

    private BodyReader body() {
        return body;
    }

    /** Returns the next record; null at the end. */
    @Nullable
    RawJson next() {
        return records.next();
    }

    /** Returns the members beside the records, once all of them were taken. */
    Map<String, RawJson> head() {
        return body.head();
    }

    void close() {
        records.close();
    }
}
