package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.MetricSeries;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.Span;
import dev.ftj.internal.text.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a watch has learned of its jobs, a line for each: what matters most comes first, and as much of it as fits. */
final class WatchBoard {
    /** One job. */
    private static final class Row {
        final String id;

        @Nullable
        Update update;

        List<StatusObservation> seen = List.of();

        @Nullable
        Instant nextAt;

        String metrics = "";

        Row(String id) {
            this.id = Sanitizer.oneLine(id);
        }

        boolean isOver() {
            return update != null && update.isLast();
        }

        @Nullable
        JobStatus status() {
            FineTuneJob job = update == null ? null : update.job();
            return job == null ? null : job.status();
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Style style;
    private final WallClock clock;

    WatchBoard(List<String> ids, Style style, WallClock clock) {
        ids.forEach(id -> rows.computeIfAbsent(id, Row::new));
        this.style = style;
        this.clock = clock;
    }

    void update(Update update, List<StatusObservation> seen) {
        Row row = rows.computeIfAbsent(update.id(), Row::new);
        row.update = update;
        row.seen = seen;
        Duration nextIn = update.nextIn();
        row.nextAt = nextIn == null ? null : clock.now().plus(nextIn);
    }

    void metrics(String id, JobMetrics metrics) {
        Row row = rows.get(id);
        if (row != null) {
            row.metrics = newest(metrics);
        }
    }

    private static String newest(JobMetrics metrics) {
        List<String> parts = new ArrayList<>();
        for (String name : metrics.losses()) {
            MetricSeries series = metrics.series(name);
            Object newest = series.divergence() != null ? series.divergence() : series.last();
            if (newest != null) {
                parts.add(Sanitizer.oneLine(name) + " " + newest);
            }
        }
        return String.join(", ", parts);
    }

    /**
     * A line for each job; where they are more than the rows, for those that go on before those that are over, and one
     * that counts the others.
     */
    List<String> lines(int width, int height) {
        List<Row> shown = new ArrayList<>(rows.values());
        int most = Math.max(1, height - 2);
        if (shown.size() > most) {
            shown.sort(Comparator.comparing(Row::isOver));
            shown = shown.subList(0, most);
        }
        int column = shown.stream()
                .mapToInt(row -> CardView.columns(row.id))
                .filter(columns -> columns <= width / 2)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        int words = shown.stream()
                .mapToInt(row -> CardView.columns(word(row)))
                .max()
                .orElse(0);
        for (Row row : shown) {
            lines.add(line(row, column, words, width));
        }
        if (shown.size() < rows.size()) {
            lines.add(style.dim(others(shown)));
        }
        return lines;
    }

    private String others(List<Row> shown) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.values().stream()
                .filter(row -> !shown.contains(row))
                .forEach(row -> counts.merge(
                        row.status() == null ? "not heard of" : String.valueOf(row.status()), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((status, count) -> parts.add(count + " " + status));
        return "and " + (rows.size() - shown.size()) + " more: " + String.join(", ", parts);
    }

    private static String word(Row row) {
        JobStatus status = row.status();
        return status == null ? "..." : status.toString();
    }

    /** @param column where the status begins, and {@code words} how long it may be, on lines that are wide enough */
    private String line(Row row, int column, int words, int width) {
        StringBuilder line = new StringBuilder(row.id);
        line.append(" ".repeat(Math.max(0, column - CardView.columns(row.id)))).append("  ");
        String word = word(row);
        int columns = CardView.columns(line) + Math.max(words, CardView.columns(word));
        line.append(row.status() == null ? word : style.status(word));
        String separator = " ".repeat(Math.max(0, words - CardView.columns(word)) + 2);
        for (String part : parts(row)) {
            int more = 2 + CardView.columns(part);
            if (columns + more < width) {
                line.append(separator).append(style.dim(part));
                columns += more;
                separator = "  ";
            }
        }
        return line.toString();
    }

    /** What is said behind the status, the most important first. */
    private List<String> parts(Row row) {
        Update update = row.update;
        List<String> parts = new ArrayList<>();
        if (update == null) {
            return parts;
        }
        FineTuneException failure = update.failure();
        if (failure != null) {
            parts.add(problem(failure));
        }
        FineTuneJob job = update.job();
        Instant since = since(row, job);
        if (since != null) {
            parts.add((row.isOver() ? "since " : "for ") + Span.of(age(since)));
        }
        if (row.isOver()) {
            return parts;
        }
        Instant heardAt = update.seenAt();
        parts.add(heardAt == null ? "not heard of yet" : "heard " + Span.of(age(heardAt)) + " ago");
        if (!row.metrics.isEmpty()) {
            parts.add(row.metrics);
        }
        if (row.nextAt != null) {
            Duration wait = Duration.between(clock.now(), row.nextAt);
            parts.add(wait.isNegative() ? "looking" : "next in " + Span.of(Duration.ofSeconds(wait.toSeconds())));
        }
        Instant created = job == null ? null : job.createdAt();
        if (created != null) {
            parts.add(Span.of(age(created)) + " old");
        }
        return parts;
    }

    /** In a few words; the whole of it comes where it ends the watch. */
    static String problem(FineTuneException failure) {
        Integer status = failure.httpStatus();
        return switch (failure.kind()) {
            case NETWORK -> "no connection";
            case TIMEOUT -> "no answer";
            case UNREADABLE -> "unreadable answer";
            case WAIT_TIMEOUT -> "time is up";
            default -> status == null ? failure.kind().toString() : "answer " + status;
        };
    }

    /** When the present status began, as far as it is known: the first sight of it, or the server's last update. */
    private static @Nullable Instant since(Row row, @Nullable FineTuneJob job) {
        if (!row.seen.isEmpty()) {
            return row.seen.get(row.seen.size() - 1).at();
        }
        return job == null ? null : job.updatedAt();
    }

    /** Clocks differ; nothing is younger than now. */
    private Duration age(Instant moment) {
        Duration age = Duration.between(moment, clock.now());
        return age.isNegative() ? Duration.ZERO : Duration.ofSeconds(age.toSeconds());
    }

    /** What stays on the screen: how each job got where it is. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows.values()) {
            JobStatus status = row.status();
            String word = status == null ? "not heard of" : style.status(status.toString());
            lines.add(row.id + "  " + word
                    + (row.seen.size() > 1 ? "  " + style.dim("seen: " + Timeline.of(row.seen, clock)) : ""));
        }
        return lines;
    }
}
