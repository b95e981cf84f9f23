package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.sandbox.SimulatedMetrics.Checkpoint;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A job of the sandbox.
 *
 * @param members the members of its record; null for those that {@link #record} computes
 * @param zone the suffix of its timestamps: {@code Z}, or empty
 * @param checkpoints the rows of its metrics; empty to generate them
 */
record SimulatedJob(
        String id, Map<String, RawJson> members, JobLifecycle lifecycle, String zone, List<Checkpoint> checkpoints) {

    SimulatedJob with(JobLifecycle changed) {
        return new SimulatedJob(id, members, changed, zone, checkpoints);
    }

    /** Returns the record at an instant, laid out as on the API's reference page. */
    String record(Instant now) {
        StringJoiner json = new StringJoiner(",\n", "{\n", "\n}");
        members.forEach((name, value) -> json.add("  \"" + name + "\": " + member(name, value, now)));
        return json.toString();
    }

    private String member(String name, RawJson value, Instant now) {
        JobLifecycle.Phase phase = lifecycle.at(now);
        return switch (name) {
            case "id" -> JsonWriter.string(id).raw();
            case "status" -> '"' + phase.status() + '"';
            case "created_at" -> timestamp(lifecycle.createdAt());
            case "updated_at" -> timestamp(phase.since());
            case "inference_config_path" -> phase.hasArtifacts() ? inferenceConfigPath() : "null";
            default -> value.raw();
        };
    }

    /** Returns the metrics at an instant: the requested rows, and the last checkpoint even if it is not among them. */
    String metrics(Instant now, QueryParameters query) {
        List<Checkpoint> all = checkpoints.isEmpty() ? SimulatedMetrics.checkpoints(id) : checkpoints;
        // Rounding errors must not cost a checkpoint.
        int reached = (int) Math.floor(lifecycle.trained(now) * all.size() + 1e-6);
        StringJoiner rows = new StringJoiner(",\n    ", "\n    ", "\n  ]\n}").setEmptyValue("\n  ]\n}");
        query.page(all.subList(0, reached)).forEach(row -> rows.add(row.json()));
        int last = reached == 0 ? 0 : all.get(reached - 1).step();
        return "{\n  \"last_checkpoint_step\": " + last + ",\n  \"metrics\": [" + rows;
    }

    private String inferenceConfigPath() {
        return JsonWriter.string("s3://atai-finetune/inference-configs/" + id + ".yaml")
                .raw();
    }

    private String timestamp(Instant instant) {
        return timestamp(instant, zone);
    }

    /** Formats in UTC with six decimals, by hand: loading a formatter would slow the first response. */
    static String timestamp(Instant instant, String zone) {
        // A nanosecond more makes toString() print nine decimals always, of which the last three are cut off.
        int nanos = instant.getNano() / 1000 * 1000 + 1;
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), nanos, ZoneOffset.UTC);
        String text = time.toString();
        return '"' + text.substring(0, text.length() - 3) + zone + '"';
    }
}
