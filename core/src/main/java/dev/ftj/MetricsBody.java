package dev.ftj;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The answer with a job's metrics. Nobody sees a record before all are there, so that one that breaks off is asked for again. */
final class MetricsBody implements BodyReader {
    private final UnaryOperator<String> redaction;
    private CompactRows rows = new CompactRows();
    private Map<String, JsonSlice> head = Map.of();

    /** @param redaction takes the key out of a record */
    MetricsBody(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    @Override
    public void read(InputStream body) throws IOException {
        CompactRows read = new CompactRows();
        ArrayReader reader = new ArrayReader(
                MetricsReader.ROWS, MetricsReader.ROWS, MetricsReader::hasNoneYet, redaction, read::add, () -> 0);
        try {
            reader.read(body);
        } catch (ArrayReader.BrokenOffException e) {
            throw e.getCause() instanceof IOException broken ? broken : e;
        }
        rows = read;
        head = reader.head();
        head.remove(MetricsReader.ROWS);
    }

    @Override
    public long heldUpNanos() {
        return 0;
    }

    /** What was read at last. */
    JobMetrics of(JobId id) {
        return JobMetrics.of(id.value(), head, rows);
    }
}
