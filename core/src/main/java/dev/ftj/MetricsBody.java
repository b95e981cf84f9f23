package dev.ftj;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The answer with a job's metrics. */
abstract class MetricsBody implements BodyReader {
    private final UnaryOperator<String> redaction;

    /** @param redaction takes the key out of a record */
    private MetricsBody(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** @return what stood beside the records */
    private Map<String, JsonSlice> read(InputStream body, Consumer<JsonSlice> row, BiConsumer<String, JsonSlice> beside)
            throws IOException {
        ArrayReader reader = new ArrayReader(
                MetricsReader.ROWS,
                MetricsReader.ROWS,
                MetricsReader::hasNoneYet,
                redaction,
                row,
                beside,
                this::heldUpNanos);
        reader.read(body);
        Map<String, JsonSlice> head = reader.head();
        head.remove(MetricsReader.ROWS);
        return head;
    }

    /** Nobody sees a record before all are there, so that an answer that breaks off is asked for again. */
    static final class Kept extends MetricsBody {
        private final boolean withText;
        private CompactRows rows = new CompactRows();
        private MetricColumns columns = new MetricColumns();
        private Map<String, JsonSlice> head = Map.of();

        /** @param withText false to keep only the numbers */
        Kept(UnaryOperator<String> redaction, boolean withText) {
            super(redaction);
            this.withText = withText;
        }

        @Override
        public void read(InputStream body) throws IOException {
            rows = new CompactRows();
            columns = new MetricColumns();
            try {
                head = super.read(body, withText ? rows::add : columns::add, (name, value) -> {});
            } catch (ArrayReader.BrokenOffException e) {
                throw e.getCause() instanceof IOException broken ? broken : e;
            }
        }

        @Override
        public long heldUpNanos() {
            return 0;
        }

        /** What was read at last. */
        JobMetrics of(JobId id) {
            return withText ? JobMetrics.of(id.value(), head, rows) : JobMetrics.of(id.value(), head, columns);
        }
    }

    /** Records are handed on as they come. */
    static final class Streamed extends MetricsBody {
        private final JobMetrics.Sink sink;
        /** Members that came before the first record: an attempt that fails before it leaves nothing behind. */
        private final List<String> early = new ArrayList<>();

        private boolean handsOn;
        private volatile boolean left;
        private volatile long heldUp; // written by one thread
        private volatile long since;

        Streamed(UnaryOperator<String> redaction, JobMetrics.Sink sink) {
            super(redaction);
            this.sink = sink;
        }

        @Override
        public void read(InputStream body) throws IOException {
            early.clear();
            super.read(body, this::row, this::member);
            handOn();
        }

        private void member(String name, JsonSlice value) {
            if (!name.equals(MetricsReader.ROWS)) {
                String member = JobMetrics.member(name, value);
                if (handsOn) {
                    sink.member(member);
                } else {
                    early.add(member);
                }
            }
        }

        private void handOn() {
            handsOn = true;
            early.forEach(sink::member);
            early.clear();
        }

        private void row(JsonSlice row) {
            long began = System.nanoTime();
            since = began;
            if (!handsOn) {
                handOn();
            }
            left = !sink.row(row.raw());
            since = 0;
            heldUp += System.nanoTime() - began;
            if (left) {
                throw Calls.cancelled();
            }
        }

        /** Whether the sink wanted no more. */
        boolean wasLeft() {
            return left;
        }

        @Override
        public long heldUpNanos() {
            long began = since;
            return heldUp + (began == 0 ? 0 : System.nanoTime() - began);
        }
    }
}
