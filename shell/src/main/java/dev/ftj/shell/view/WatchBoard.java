package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.MetricSeries;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.ZonedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of the jobs of a watch, one line a job: the most important first, and as much of it as fits. */
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

        boolean hasEnded() {
            return update != null && update.isLast();
        }

        @Nullable
        JobStatus status() {
            FineTuneJob job = update == null ? null : update.job();
            return job == null ? null : job.status();
        }
    }

    private static final String SEPARATOR = " \u00b7 ";

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Style style;
    private final ZonedClock clock;

    WatchBoard(List<String> ids, Style style, ZonedClock clock) {
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
     * Returns a line for each job. If there are more jobs than rows, those that have not ended come first, and the last
     * line counts the others.
     */
    List<String> lines(int width, int height) {
        List<Row> shown = new ArrayList<>(rows.values());
        int most = Math.max(1, height - 2);
        if (shown.size() > most) {
            shown.sort(Comparator.comparing(Row::hasEnded));
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
                .forEach(row -> counts.merge(outcome(row), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((status, count) -> parts.add(count + " " + status));
        return "and " + (rows.size() - shown.size()) + " more: " + String.join(", ", parts);
    }

    /** Returns the status, or why there is none. */
    private static String outcome(Row row) {
        JobStatus status = row.status();
        FineTuneException failure = row.update == null ? null : row.update.failure();
        return status != null ? status.toString() : failure != null ? problem(failure) : "no response";
    }

    private static String word(Row row) {
        JobStatus status = row.status();
        return status == null ? "..." : status.toString();
    }

    /** @param column the column of the status, and {@code words} its width, on lines that are wide enough */
    private String line(Row row, int column, int words, int width) {
        StringBuilder line = new StringBuilder(row.id);
        line.append(" ".repeat(Math.max(0, column - CardView.columns(row.id)))).append("  ");
        String word = word(row);
        int columns = CardView.columns(line) + Math.max(words, CardView.columns(word));
        line.append(row.status() == null ? word : style.status(word));
        String separator = " ".repeat(Math.max(0, words - CardView.columns(word)) + 2);
        for (String part : parts(row)) {
            int more = SEPARATOR.length() + CardView.columns(part);
            if (columns + more < width) {
                line.append(style.dim(separator + part));
                columns += more;
                separator = SEPARATOR;
            }
        }
        return line.toString();
    }

    /** Returns the parts after the status, the most important first. */
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
            parts.add((row.hasEnded() ? "since " : "for ") + DurationText.of(age(since)));
        }
        if (row.hasEnded()) {
            return parts;
        }
        Instant seenAt = update.seenAt();
        String verb = failure == null ? "polled " : "last seen ";
        parts.add(seenAt == null ? "no response yet" : verb + DurationText.of(age(seenAt)) + " ago");
        if (!row.metrics.isEmpty()) {
            parts.add(row.metrics);
        }
        if (row.nextAt != null) {
            Duration wait = Duration.between(clock.now(), row.nextAt);
            parts.add(
                    wait.isNegative() ? "polling" : "next in " + DurationText.of(Duration.ofSeconds(wait.toSeconds())));
        }
        Instant created = job == null ? null : job.createdAt();
        if (created != null) {
            parts.add("age " + DurationText.of(age(created)));
        }
        return parts;
    }

    /** Returns a failure in a few words; it is shown whole if it ends the watch. */
    static String problem(FineTuneException failure) {
        Integer status = failure.httpStatus();
        return switch (failure.kind()) {
            case NETWORK -> "no connection";
            case TIMEOUT -> "no response";
            case UNREADABLE -> "unreadable response";
            case WAIT_TIMEOUT -> "timeout";
            default -> status == null ? failure.kind().toString() : "HTTP " + status;
        };
    }

    /** Returns when the present status began, if known: when it was first seen, or the server's last update. */
    private static @Nullable Instant since(Row row, @Nullable FineTuneJob job) {
        if (!row.seen.isEmpty()) {
            return row.seen.get(row.seen.size() - 1).at();
        }
        return job == null ? null : job.updatedAt();
    }

    /** Returns zero for a moment in the future: clocks differ. */
    private Duration age(Instant moment) {
        Duration age = Duration.between(moment, clock.now());
        return age.isNegative() ? Duration.ZERO : Duration.ofSeconds(age.toSeconds());
    }

    /** Returns the lines that stay on the terminal: the statuses that each job was seen in. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows.values()) {
            JobStatus status = row.status();
            lines.add(row.id + "  " + (status == null ? outcome(row) : style.status(status.toString()))
                    + (row.seen.size() > 1 ? "  " + style.dim("seen: " + Timeline.of(row.seen, clock)) : ""));
        }
        return lines;
    }
}
