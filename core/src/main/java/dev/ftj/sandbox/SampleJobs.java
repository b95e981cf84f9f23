package dev.ftj.sandbox;

import dev.ftj.sandbox.SimulatedMetrics.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Reads the jobs of a new sandbox from {@code sample-jobs.json}: records as they are sent, and in {@code simulation}
 * how each behaves. Times there are seconds from the sandbox's start (or from 1970 with {@code since_epoch}); times
 * after the start pass at the sandbox's speed. A job without {@code phases} succeeds within seconds.
 */
final class SampleJobs {
    private final Instant start;
    private final double speed;

    SampleJobs(Instant start, double speed) {
        this.start = start;
        this.speed = speed;
    }

    /**
     * Returns the jobs by id, in the order in which they are listed for users. Each is read on use: a command needs one,
     * and reading all takes 15 ms.
     */
    Map<String, Supplier<SimulatedJob>> load() {
        Map<String, Supplier<SimulatedJob>> jobs = new LinkedHashMap<>();
        SandboxJson.members(SandboxJson.resource("sample-jobs.json"))
                .forEach((id, json) -> jobs.put(id, () -> job(id, json)));
        return jobs;
    }

    private SimulatedJob job(String id, String json) {
        Map<String, String> members = SandboxJson.members(json);
        Map<String, String> simulation = SandboxJson.members(Objects.requireNonNull(members.remove("simulation")));
        // The escapes of the file make invisible characters readable; the wire carries the characters.
        members.put("name", SandboxJson.quote(text(members, "name")));
        String zone = simulation.containsKey("zone") ? text(simulation, "zone") : "Z";
        return new SimulatedJob(id, members, lifecycle(simulation), zone, checkpoints(simulation));
    }

    private JobLifecycle lifecycle(Map<String, String> simulation) {
        boolean sinceEpoch = simulation.containsKey("since_epoch");
        String phases = simulation.get("phases");
        if (phases == null) {
            return JobLifecycle.successful(start, speed);
        }
        List<JobLifecycle.Phase> all = new ArrayList<>();
        for (String json : SandboxJson.elements(phases)) {
            Map<String, String> phase = SandboxJson.members(json);
            all.add(new JobLifecycle.Phase(
                    instant(phase, "at", sinceEpoch),
                    text(phase, "status"),
                    Double.parseDouble(phase.getOrDefault("trained", "0")),
                    phase.containsKey("artifacts")));
        }
        return new JobLifecycle(instant(simulation, "created", sinceEpoch), all);
    }

    private Instant instant(Map<String, String> object, String name, boolean sinceEpoch) {
        double seconds = Double.parseDouble(Objects.requireNonNull(object.get(name)));
        if (sinceEpoch) {
            return Instant.ofEpochMilli(Math.round(seconds * 1000));
        }
        return JobLifecycle.after(start, seconds, seconds < 0 ? 1 : speed);
    }

    private static List<Checkpoint> checkpoints(Map<String, String> simulation) {
        List<Checkpoint> rows = new ArrayList<>();
        int step = 0;
        for (String row : SandboxJson.elements(simulation.getOrDefault("checkpoints", "[]"))) {
            step = Integer.parseInt(SandboxJson.members(row).getOrDefault("step", Integer.toString(step)));
            rows.add(new Checkpoint(step, row));
        }
        return rows;
    }

    private static String text(Map<String, String> object, String name) {
        return Objects.requireNonNull(SandboxJson.text(Objects.requireNonNull(object.get(name))));
    }
}
