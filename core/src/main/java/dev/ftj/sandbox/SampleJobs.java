package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.sandbox.SimulatedMetrics.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        resource("sample-jobs.json").forEachMember((id, json) -> jobs.put(id, () -> job(id, json)));
        return jobs;
    }

    /** Reads a file beside this class. */
    static RawJson resource(String name) {
        try (InputStream in = Objects.requireNonNull(SampleJobs.class.getResourceAsStream(name), name)) {
            return RawJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulatedJob job(String id, RawJson json) {
        Map<String, RawJson> members = new LinkedHashMap<>(json.fields());
        RawJson simulation = Objects.requireNonNull(members.remove("simulation"));
        // The escapes of the file make invisible characters readable; the wire carries the characters.
        members.put("name", JsonWriter.string(text(json, "name")));
        String zone = Objects.requireNonNullElse(simulation.text("zone"), "Z");
        return new SimulatedJob(id, members, lifecycle(simulation), zone, checkpoints(simulation));
    }

    private JobLifecycle lifecycle(RawJson simulation) {
        boolean sinceEpoch = simulation.field("since_epoch") != null;
        RawJson phases = simulation.field("phases");
        if (phases == null) {
            return JobLifecycle.successful(start, speed);
        }
        List<JobLifecycle.Phase> all = new ArrayList<>();
        for (RawJson phase : phases.elements()) {
            RawJson trained = phase.field("trained");
            all.add(new JobLifecycle.Phase(
                    instant(phase, "at", sinceEpoch),
                    text(phase, "status"),
                    trained == null ? 0 : Double.parseDouble(trained.raw()),
                    phase.field("artifacts") != null));
        }
        return new JobLifecycle(instant(simulation, "created", sinceEpoch), all);
    }

    private Instant instant(RawJson object, String name, boolean sinceEpoch) {
        double seconds =
                Double.parseDouble(Objects.requireNonNull(object.field(name)).raw());
        if (sinceEpoch) {
            return Instant.ofEpochMilli(Math.round(seconds * 1000));
        }
        return JobLifecycle.after(start, seconds, seconds < 0 ? 1 : speed);
    }

    private static List<Checkpoint> checkpoints(RawJson simulation) {
        List<Checkpoint> rows = new ArrayList<>();
        RawJson given = simulation.field("checkpoints");
        int step = 0;
        for (RawJson row : given == null ? List.<RawJson>of() : given.elements()) {
            RawJson own = row.field("step");
            step = own == null ? step : Integer.parseInt(own.raw());
            rows.add(new Checkpoint(step, row.raw()));
        }
        return rows;
    }

    private static String text(RawJson object, String name) {
        return Objects.requireNonNull(object.text(name), name);
    }
}
