package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.JobConfig;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.MetricSeries;
import dev.ftj.MetricSeries.Point;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs side by side: every value of their configurations, how long they took, and the ends of their metrics. */
public final class JobDiff {
    private static final List<String> FIRST_CHOICES = List.of("eval_loss", "loss");

    /**
     * One of the jobs.
     *
     * @param id as it was asked for
     * @param metrics null if they could not be fetched
     */
    public record Side(String id, FineTuneJob job, @Nullable JobMetrics metrics) {
        /** Returns how long a job that has ended took; null for any other, or without its times. */
        @Nullable
        Duration took() {
            JobStatus status = job.status();
            return status == null || !status.isTerminal() || job.createdAt() == null || job.updatedAt() == null
                    ? null
                    : Duration.between(job.createdAt(), job.updatedAt());
        }

        @Nullable
        MetricSeries series(String name) {
            return metrics == null || !metrics.names().contains(name) ? null : metrics.series(name);
        }
    }

    /**
     * A value of the configurations.
     *
     * @param path such as {@code config.datasets[0].name}
     * @param values one a job; null if the job has none
     */
    record Field(String path, List<@Nullable RawJson> values) {
        boolean differs() {
            return values.stream()
                            .map(value -> value == null ? "" : value.compact())
                            .distinct()
                            .count()
                    > 1;
        }
    }

    private final List<Side> sides;
    private final List<Field> fields;
    private final List<String> metricNames;

    /** @param sides at least two */
    public JobDiff(List<Side> sides) {
        this.sides = List.copyOf(sides);
        List<Map<String, RawJson>> flat =
                sides.stream().map(side -> flat(side.job())).toList();
        Set<String> paths = new LinkedHashSet<>();
        flat.forEach(values -> paths.addAll(values.keySet()));
        fields = paths.stream().map(path -> field(path, flat)).toList();
        Set<String> names = new LinkedHashSet<>();
        for (Side side : sides) {
            names.addAll(side.metrics() == null ? List.of() : side.metrics().names());
        }
        metricNames = List.copyOf(names);
    }

    private static Field field(String path, List<Map<String, RawJson>> flat) {
        List<@Nullable RawJson> values = new ArrayList<>();
        flat.forEach(job -> values.add(job.get(path)));
        return new Field(path, values);
    }

    private static Map<String, RawJson> flat(FineTuneJob job) {
        Map<String, RawJson> values = new LinkedHashMap<>();
        JobConfig config = job.config();
        if (config != null) {
            flatten("config", RawJson.valid(config.json()), values);
        }
        RawJson model = config == null ? RawJson.valid(job.json()).member("model") : null;
        if (model != null) {
            flatten("model", model, values); // of the newer API
        }
        return values;
    }

    /** A list of plain values is one value: file ids are compared as a whole. */
    private static void flatten(String path, RawJson value, Map<String, RawJson> into) {
        Map<String, RawJson> members = value.fields();
        List<RawJson> elements = value.elements();
        if (!members.isEmpty()) {
            members.forEach((name, member) -> flatten(path + step(name), member, into));
        } else if (elements.stream().anyMatch(element -> element.isObject() || element.isArray())) {
            for (int i = 0; i < elements.size(); i++) {
                flatten(path + "[" + i + "]", elements.get(i), into);
            }
        } else {
            into.put(path, value);
        }
    }

    /** As --field takes it. */
    private static String step(String name) {
        return name.isEmpty() || name.matches(".*[.\\[\\]\"].*") ? "[\"" + name + "\"]" : "." + name;
    }

    List<Side> sides() {
        return sides;
    }

    /** @param all whether to include equal values */
    List<Field> fields(boolean all) {
        return fields.stream().filter(field -> all || field.differs()).toList();
    }

    /** Returns the names that any of the jobs has numbers for. */
    List<String> metricNames() {
        return metricNames;
    }

    /**
     * Returns the series that a chart compares.
     *
     * @param wanted null for {@code eval_loss}, {@code loss}, or the first one that there is
     * @return null if no job has it
     */
    public @Nullable String series(@Nullable String wanted) {
        if (wanted != null) {
            return metricNames.contains(wanted) ? wanted : null;
        }
        return FIRST_CHOICES.stream()
                .filter(metricNames::contains)
                .findFirst()
                .orElse(metricNames.isEmpty() ? null : metricNames.get(0));
    }

    /** Returns 1 if higher is better, -1 if lower is better, 0 if the name does not say. */
    int direction(String name) {
        return sides.stream()
                .map(side -> side.series(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(MetricSeries::direction)
                .orElse(0);
    }

    /** Returns the best value of all jobs; null if nothing says which is better. */
    @Nullable
    Double best(String name) {
        int direction = direction(name);
        return sides.stream()
                .map(side -> side.series(name))
                .filter(Objects::nonNull)
                .map(MetricSeries::best)
                .filter(Objects::nonNull)
                .map(Point::value)
                .max((a, b) -> direction * Double.compare(a, b))
                .orElse(null);
    }

    /** @param all whether equal values are in it, too */
    RawJson json(boolean all) {
        List<RawJson> jobs = new ArrayList<>();
        for (Side side : sides) {
            Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
            for (String name : metricNames) {
                MetricSeries series = side.series(name);
                if (series != null) {
                    metrics.put(name, metric(series));
                }
            }
            Duration took = side.took();
            jobs.add(JsonWriter.objectOf(
                    "id", side.id(),
                    "name", side.job().name(),
                    "status", side.job().status(),
                    "duration_seconds", took == null ? null : took.toMillis() / 1000.0,
                    "metrics", side.metrics() == null ? null : metrics));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        fields(all).forEach(field -> config.put(field.path(), field.values()));
        return JsonWriter.objectOf("jobs", jobs, "config", config);
    }

    private static RawJson metric(MetricSeries series) {
        Point last = series.divergence() == null ? series.last() : null;
        Point best = series.best();
        return JsonWriter.objectOf(
                "last", number(last == null ? null : last.value()),
                "last_step", number(last == null ? null : last.step()),
                "best", number(best == null ? null : best.value()),
                "best_step", number(best == null ? null : best.step()),
                "better", series.direction() == 0 ? null : series.direction() > 0 ? "higher" : "lower");
    }

    /** Returns null for a number that JSON does not have. */
    private static @Nullable Object number(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return null;
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) value.longValue() : value;
    }
}
