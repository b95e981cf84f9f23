package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The newer API (v0.6): jobs with events and checkpoints, read only. What they are follows from the time that has passed. */
final class SimulatedNewerApi {
    static final String VERSION_PATH = "/v0.6";

    private static final String JOBS_PATH = VERSION_PATH + "/fine_tuning/jobs";
    private static final Pattern JOB_PATH =
            Pattern.compile(Pattern.quote(JOBS_PATH) + "/([^/]+)(|/events|/checkpoints)");
    private static final int MAX_PAGE = 100;
    private static final int STEPS_APART = 50;
    private static final Duration QUEUED = Duration.ofSeconds(2);
    private static final Duration FINISHING = Duration.ofSeconds(1);

    private final Map<String, Job> jobs = new LinkedHashMap<>();

    /** @param speed of the jobs that begin now */
    SimulatedNewerApi(Instant start, double speed) {
        Instant past = Instant.parse("2026-07-17T09:12:44.181000Z");
        add(new Job("ftj_sample_succeeded", "valve-leak-omega", past, Duration.ofMinutes(6), 12, false, 1));
        add(new Job("ftj_live_succeeds", "gearbox-vibration", start, Duration.ofSeconds(10), 10, false, speed));
        add(new Job("ftj_live_fails", "pump-cavitation", start, Duration.ofSeconds(6), 10, true, speed));
        add(new Job(
                "ftj_many_events", "press-line-omega", past.plusSeconds(86_400), Duration.ofHours(3), 250, false, 1));
    }

    private void add(Job job) {
        jobs.put(job.id(), job);
    }

    List<String> jobIds() {
        return List.copyOf(jobs.keySet());
    }

    /**
     * Carries out an authenticated request.
     *
     * @param path percent-encoded, below {@link #VERSION_PATH}
     * @param query percent-encoded; empty if there is none
     * @return the JSON body of a 200
     * @throws ErrorResponse for any other status
     */
    String call(String method, String path, String query, Instant now) {
        if (path.equals(JOBS_PATH)) {
            SimulatedApi.allow(method, "GET");
            List<Item> newest = new ArrayList<>();
            jobs.values().forEach(job -> newest.add(new Item(job.id(), job.createdAt(), job.record(now))));
            newest.sort(Comparator.comparing(Item::at).reversed());
            return page(newest, query);
        }
        Matcher matcher = JOB_PATH.matcher(path);
        if (!matcher.matches()) {
            throw ErrorResponse.of("no-such-path");
        }
        SimulatedApi.allow(method, "GET");
        Job job = jobs.get(URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        if (job == null) {
            throw ErrorResponse.of("no-such-job");
        }
        return switch (matcher.group(2)) {
            case "/events" -> page(job.events(now), query);
            case "/checkpoints" -> envelope(job.checkpoints(now), false);
            default -> job.record(now);
        };
    }

    /** @param newest an event, a job or a checkpoint, the newest first */
    private static String page(List<Item> newest, String query) {
        int limit = MAX_PAGE;
        int from = 0;
        for (String pair : query.split("&")) {
            String[] parts = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2);
            if (parts[0].equals("limit")) {
                limit = (int) Math.max(
                        1, Math.min(MAX_PAGE, QueryParameters.parse(pair).limit()));
            } else if (parts[0].equals("after") && parts.length == 2) {
                from = newest.stream().map(Item::id).toList().indexOf(parts[1]) + 1;
            }
        }
        int end = Math.min(newest.size(), from + limit);
        return envelope(newest.subList(from, end), end < newest.size());
    }

    private static String envelope(List<Item> items, boolean hasMore) {
        return items.stream()
                .map(Item::json)
                .collect(Collectors.joining(
                        ",\n", "{\"object\": \"list\", \"data\": [", "], \"has_more\": " + hasMore + "}"));
    }

    /** An element of a list. */
    private record Item(String id, Instant at, String json) {}

    /** @param training how long it trains at speed 1, with a checkpoint after each equal part */
    private record Job(
            String id, String name, Instant createdAt, Duration training, int count, boolean fails, double speed) {
        Instant after(Duration passed) {
            return JobLifecycle.after(createdAt, passed.toMillis() / 1000.0, speed);
        }

        Instant checkpointAt(int number) {
            return after(QUEUED.plus(training.multipliedBy(number).dividedBy(count)));
        }

        /** Returns how many checkpoints there are; a job that fails does so after half of them. */
        int reached(Instant now) {
            int reached = 0;
            while (reached < (fails ? count / 2 : count)
                    && !checkpointAt(reached + 1).isAfter(now)) {
                reached++;
            }
            return reached;
        }

        Instant endsAt() {
            return (fails ? checkpointAt(count / 2) : checkpointAt(count))
                    .plus(Duration.between(createdAt, after(FINISHING)));
        }

        String status(Instant now) {
            if (!endsAt().isAfter(now)) {
                return fails ? "FAILED" : "SUCCEEDED";
            }
            return after(QUEUED).isAfter(now) ? "STARTING" : "RUNNING";
        }

        String record(Instant now) {
            String status = status(now);
            boolean ended = !endsAt().isAfter(now);
            Instant updated = ended ? endsAt() : after(QUEUED).isAfter(now) ? createdAt : after(QUEUED);
            return """
                    {
                      "id": "%s",
                      "object": "fine_tuning.job",
                      "name": "%s",
                      "seed": 7,
                      "model": "omega",
                      "method": {"type": "head", "head": {"hyperparameters": {"epochs": %d}, \
                    "reader": {"window_size": 64, "step_size": 16, "data_columns": ["a1", "a2", "a3"]}}},
                      "training_files": [{"type": "n_shot", "file_id": "normal.csv", "label": "normal", "format": "csv"}, \
                    {"type": "n_shot", "file_id": "fault.csv", "label": "fault", "format": "csv"}],
                      "validation_files": [],
                      "status": "%s",
                      "fine_tuned_model": %s,
                      "created_at": %s,
                      "updated_at": %s
                    }""".formatted(
                            id,
                            name,
                            count,
                            status,
                            status.equals("SUCCEEDED") ? "\"omega:" + name + ":" + id.substring(4) + "\"" : "null",
                            SimulatedJob.timestamp(createdAt, "Z"),
                            SimulatedJob.timestamp(updated, "Z"));
        }

        /** Returns the events so far, newest first. */
        List<Item> events(Instant now) {
            List<Item> events = new ArrayList<>();
            event(events, createdAt, "info", "job_created", "Created fine-tuning job " + id);
            if (!after(QUEUED).isAfter(now)) {
                event(events, after(QUEUED), "info", "job_started", "Training started on 2 files");
            }
            for (int number = 1; number <= reached(now); number++) {
                String said = "Checkpoint at step %d: macro_f1 %s".formatted(number * STEPS_APART, macroF1(number));
                event(events, checkpointAt(number), "info", "checkpoint", said);
            }
            if (!endsAt().isAfter(now)) {
                event(
                        events,
                        endsAt(),
                        fails ? "error" : "info",
                        fails ? "job_failed" : "job_succeeded",
                        fails ? "Training failed: fault.csv has a column that is empty" : "The model is ready");
            }
            Collections.reverse(events);
            return events;
        }

        private void event(List<Item> events, Instant at, String level, String type, String message) {
            String eventId = "evt_%s_%04d".formatted(id.substring(4), events.size() + 1);
            events.add(new Item(
                    eventId,
                    at,
                    JsonWriter.objectOf(
                                    "id", eventId,
                                    "object", "fine_tuning.job.event",
                                    "level", level,
                                    "type", type,
                                    "message", message,
                                    "created_at", RawJson.valid(SimulatedJob.timestamp(at, "Z")))
                            .raw()));
        }

        /** Returns the checkpoints so far in no order, as the API may. */
        List<Item> checkpoints(Instant now) {
            List<Item> checkpoints = new ArrayList<>();
            for (int number = 1; number <= reached(now); number++) {
                String checkpointId = "ckp_%s_%04d".formatted(id.substring(4), number);
                String json =
                        "{\"id\": \"%s\", \"step\": %d, \"metrics\": {\"macro_f1\": %s, \"accuracy\": %s}, \"created_at\": %s}"
                                .formatted(
                                        checkpointId,
                                        number * STEPS_APART,
                                        macroF1(number),
                                        rounded(0.02 + score(number)),
                                        SimulatedJob.timestamp(checkpointAt(number), "Z"));
                checkpoints.add(new Item(checkpointId, checkpointAt(number), json));
            }
            checkpoints.sort(Comparator.comparingInt(item -> item.id().hashCode() * 31 % 97));
            return checkpoints;
        }

        private double score(int number) {
            return 0.95 - 0.6 / (1 + 8.0 * number / count);
        }

        private String macroF1(int number) {
            return rounded(score(number));
        }

        private static String rounded(double number) {
            return Double.toString(Math.round(number * 10_000) / 10_000.0);
        }
    }
}
