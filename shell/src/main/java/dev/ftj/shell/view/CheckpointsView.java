package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Checkpoint;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a job on stdout, with a mark at the highest step. */
public final class CheckpointsView {
    private static final String MARK = "highest_step";

    private final Console console;
    private final Format format;

    public CheckpointsView(Console console, Format format) {
        this.console = console;
        this.format = format;
    }

    /**
     * Shows checkpoints: text and csv by step, the other formats in the server's order.
     *
     * @param whole whether these are all; otherwise none is marked, and JSON stays open
     */
    public void show(List<Checkpoint> checkpoints, boolean whole) {
        Long highest = checkpoints.stream()
                .filter(checkpoint -> whole)
                .map(Checkpoint::step)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<Checkpoint> ordered = new ArrayList<>(checkpoints);
        if (format == Format.TEXT || format == Format.CSV) {
            ordered.sort(Comparator.comparing(Checkpoint::step, Comparator.nullsLast(Comparator.naturalOrder())));
        }
        if (format == Format.TEXT) {
            text(ordered, highest);
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        checkpoints.forEach(
                checkpoint -> names.addAll(metrics(checkpoint).fields().keySet()));
        List<String> heads = new ArrayList<>(List.of("id", "step", MARK));
        heads.addAll(names);
        RecordWriter writer = RecordWriter.of(format, console, true, heads);
        for (Checkpoint checkpoint : ordered) {
            writer.write(new Marked(checkpoint, isHighest(checkpoint, highest), List.copyOf(names)));
        }
        if (whole) {
            writer.end();
        }
    }

    private static boolean isHighest(Checkpoint checkpoint, @Nullable Long highest) {
        return highest != null && highest.equals(checkpoint.step());
    }

    private void text(List<Checkpoint> checkpoints, @Nullable Long highest) {
        Table table = Table.of(console, "CHECKPOINT", "STEP", "", "METRICS");
        for (Checkpoint checkpoint : checkpoints) {
            RawJson metrics = metrics(checkpoint);
            String values = metrics.isObject()
                    ? metrics.fields().entrySet().stream()
                            .map(metric ->
                                    metric.getKey() + " " + metric.getValue().shown())
                            .collect(Collectors.joining(", "))
                    : metrics.isNull() ? "" : metrics.shown();
            table.add(List.of(
                    shown(checkpoint, "id"),
                    shown(checkpoint, "step"),
                    isHighest(checkpoint, highest) ? "highest" : "",
                    values));
        }
        table.end();
    }

    private static String shown(Checkpoint checkpoint, String field) {
        RawJson json = RawJson.valid(checkpoint.json());
        RawJson value = json.member(field);
        if (value != null) {
            return value.shown();
        }
        return field.equals("id") && json.field("step") == null ? json.compact() : "";
    }

    /** Returns the metrics, whatever they are. */
    private static RawJson metrics(Checkpoint checkpoint) {
        RawJson metrics = RawJson.valid(checkpoint.json()).field("metrics");
        return metrics == null ? JsonWriter.of(null) : metrics;
    }

    private record Marked(Checkpoint checkpoint, boolean highest, List<String> names) implements RecordWriter.Record {
        @Override
        public RawJson json() {
            RawJson json = RawJson.valid(checkpoint.json());
            String raw = json.raw();
            return highest && json.field(MARK) == null
                    ? RawJson.valid(raw.substring(0, raw.length() - 1).stripTrailing() + ", \"" + MARK + "\": true}")
                    : json;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public List<String> cells() {
            RawJson json = RawJson.valid(checkpoint.json());
            List<String> cells = new ArrayList<>();
            for (String field : List.of("id", "step")) {
                cells.add(RecordWriter.cell(json.field(field)));
            }
            cells.add(Boolean.toString(highest));
            RawJson metrics = metrics(checkpoint);
            for (String name : names) {
                cells.add(RecordWriter.cell(metrics.field(name)));
            }
            return cells;
        }
    }
}
