package dev.ftj;

import dev.ftj.internal.http.BodyReader;
import dev.ftj.internal.http.CallerException;
import dev.ftj.internal.json.RawJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the response with a job's metrics. */
abstract class MetricsBody implements BodyReader, ArrayBodyReader.Handler {
    private static final String ROWS = "metrics";

    private final UnaryOperator<String> redaction;

    /** @param redaction takes the key out of a record */
    private MetricsBody(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** Reads a response that was kept as text; fails with kind {@code UNREADABLE}. */
    static JobMetrics parse(String text) {
        Kept body = new Kept(UnaryOperator.identity(), true);
        try {
            body.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.of(null);
    }

    /** Returns the members beside the records. */
    final Map<String, RawJson> readRows(InputStream body) throws IOException {
        ArrayBodyReader reader = new ArrayBodyReader(ROWS, ROWS, redaction, this, this::backpressureNanos);
        reader.read(body);
        Map<String, RawJson> head = reader.head();
        head.remove(ROWS);
        return head;
    }

    @Override
    public boolean isEmpty(Map<String, RawJson> members) {
        // null, or nothing but the member beside them, before the first checkpoint
        RawJson rows = members.containsKey(ROWS) ? members.get(ROWS) : members.get(ArrayBodyReader.ENVELOPE);
        return rows == null ? members.containsKey(JobMetrics.LAST_CHECKPOINT_STEP) : rows.isNull();
    }

    /** Keeps all records until the response is complete: one that breaks off is requested again. */
    static final class Kept extends MetricsBody {
        private final boolean withText;
        private List<String> rows = new ArrayList<>();
        private MetricColumns columns = new MetricColumns();
        private Map<String, RawJson> head = Map.of();

        /** @param withText false to keep only the numbers */
        Kept(UnaryOperator<String> redaction, boolean withText) {
            super(redaction);
            this.withText = withText;
        }

        @Override
        public void read(InputStream body) throws IOException {
            rows = new ArrayList<>();
            columns = new MetricColumns();
            try {
                head = readRows(body);
            } catch (BrokenOffException e) {
                throw e.getCause() instanceof IOException broken ? broken : e;
            }
        }

        @Override
        public void element(RawJson row) {
            if (withText) {
                rows.add(row.raw());
            } else {
                columns.add(row);
            }
        }

        @Override
        public boolean readsMembers() {
            return !withText;
        }

        @Override
        public long backpressureNanos() {
            return 0;
        }

        /** Returns the metrics that were read last. */
        JobMetrics of(@Nullable String jobId) {
            return withText ? new JobMetrics(jobId, head, rows) : new JobMetrics(jobId, head, columns);
        }
    }

    /** Hands records on while they arrive. */
    static final class Streamed extends MetricsBody {
        private final JobMetrics.Sink sink;
        /** Members before the first record: an attempt that fails before that record leaves nothing behind. */
        private final List<String> early = new ArrayList<>();

        private boolean handsOn;
        private volatile boolean left;
        private volatile long blockedNanos; // written by one thread
        private volatile long blockedSince;

        Streamed(UnaryOperator<String> redaction, JobMetrics.Sink sink) {
            super(redaction);
            this.sink = sink;
        }

        @Override
        public void read(InputStream body) throws IOException {
            early.clear();
            readRows(body);
            handOn();
        }

        @Override
        public void member(String name, RawJson value) {
            if (!name.equals(ROWS)) {
                String member = JobMetrics.member(name, value);
                if (handsOn) {
                    CallerException.carry(() -> sink.member(member));
                } else {
                    early.add(member);
                }
            }
        }

        private void handOn() {
            handsOn = true;
            CallerException.carry(() -> early.forEach(sink::member));
            early.clear();
        }

        @Override
        public void element(RawJson row) {
            long began = System.nanoTime();
            blockedSince = began;
            if (!handsOn) {
                handOn();
            }
            CallerException.carry(() -> left = !sink.row(row.raw()));
            blockedSince = 0;
            blockedNanos += System.nanoTime() - began;
            if (left) {
                throw FineTuneException.cancelled();
            }
        }

        @Override
        public boolean readsMembers() {
            return false;
        }

        /** Returns whether the sink wanted no more. */
        boolean wasLeft() {
            return left;
        }

        @Override
        public long backpressureNanos() {
            long began = blockedSince;
            return blockedNanos + (began == 0 ? 0 : System.nanoTime() - began);
        }
    }
}
