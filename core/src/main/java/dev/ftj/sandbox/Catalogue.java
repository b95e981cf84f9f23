package dev.ftj.sandbox;

import static dev.ftj.sandbox.Job.Dataset.eval;
import static dev.ftj.sandbox.Job.Dataset.train;
import static dev.ftj.sandbox.Order.LARGE;
import static dev.ftj.sandbox.Order.SMALL;

import dev.ftj.sandbox.Job.Dataset;
import dev.ftj.sandbox.Job.Spelling;
import dev.ftj.sandbox.Life.Stage;
import dev.ftj.sandbox.Training.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs that a sandbox holds from its start: the page's sample, some that live, one or more of every status. */
final class Catalogue {
    static final String ORG = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";
    private static final String ORG_PREFIXED = "org_2wh4zfagp480wbt3nhm8tcqw6z";

    /** What a careless training writes: texts, no numbers, numbers beyond all types, a nested object, nothing at all. */
    private static final List<Checkpoint> ODD_CHECKPOINTS = List.of(
            new Checkpoint(100, "{\"step\": 100, \"loss\": 2.25, \"eval_loss\": NaN, \"learning_rate\": 1.0E-4}"),
            new Checkpoint(200, "{\"step\": 200, \"loss\": null, \"eval_loss\": \"not yet\", \"note\": \"warm-up\"}"),
            new Checkpoint(300, "{\"step\": 300, \"loss\": 1.75, \"eval_loss\": 1.875, \"gpu\": {\"memory\": 0.5}}"),
            new Checkpoint(400, "{\"step\": 400, \"loss\": Infinity, \"eval_loss\": -Infinity, \"clipped\": true}"),
            new Checkpoint(500, "{\"step\": 500, \"loss\": \"diverged\", \"grad_norm\": 1e400, \"wall_time_sec\": 0}"),
            new Checkpoint(500, "{}"),
            new Checkpoint(600, "{\"loss\": 1.5, \"step\": 600, \"wall_time_sec\": \"610.5\", \"tags\": [1, null]}"));

    /** Names and texts that a terminal, a browser or a spreadsheet might act on. */
    private static final List<Checkpoint> HOSTILE_CHECKPOINTS = List.of(
            new Checkpoint(
                    10, "{\"step\": 10, \"loss\": 2.5, \"\\u001b[31mred\": 1, \"<img src=x onerror=alert(1)>\": 3}"),
            new Checkpoint(
                    20, "{\"step\": 20, \"loss\": 2.0, \"\\u001b[31mred\": 2, \"<img src=x onerror=alert(1)>\": 2}"),
            new Checkpoint(
                    30,
                    "{\"step\": 30, \"loss\": \"=1+1\", \"\\u001b[31mred\": 3, \"<img src=x onerror=alert(1)>\": 1,"
                            + " \"note\": \"a,b\\r\\n\\u202ec\"}"));

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Instant start;
    private final Pace pace;

    Catalogue(Instant start, Pace pace) {
        this.start = start;
        this.pace = pace;
        addSample();
        addLiving();
        addCompleted();
        addOnTheirWay();
        addEndedOtherwise();
        addUnusual();
    }

    /** In the order in which they are best shown. */
    List<Job> jobs() {
        return List.copyOf(jobs.values());
    }

    private void addSample() {
        Instant created = Instant.ofEpochSecond(1777300338, 421_000_000);
        Stage completed = new Stage(Instant.ofEpochSecond(1777304885, 910_000_000), "COMPLETED");
        add(
                Sandbox.SAMPLE_JOB_ID,
                "my-finetune-run",
                "8f2c1e5a-7b3d-4d9e-9c1a-2f5b7d8e4a6c",
                LARGE,
                List.of(train("training-set", "file-abc123")),
                Life.of(created, completed.trained(1).withArtifacts()));
    }

    private void addLiving() {
        add(
                "ftj-live-completes",
                "conveyor-jam-watch",
                "e1d5b0c7-94a2-4f6e-8b3d-70c9a2f1e548",
                LARGE,
                List.of(train("jams", "file-7d20c1", "file-7d20c2"), eval("jams-held-out", "file-7d20c9")),
                Life.whole(start, pace));
        add(
                "ftj-live-fails",
                "weld-seam-inspector",
                "2b7f9e04-61cd-4a58-9f12-c38d5e7a0b96",
                SMALL,
                List.of(train("seams", "weld-seams.jsonl")),
                Life.of(
                        start,
                        in(0, "REGISTERED"),
                        in(1, "STARTING"),
                        in(3, "RUNNING"),
                        in(8, "FAILED").trained(0.7)));
        add(
                "ftj-live-stops",
                "loading-dock-counter",
                "job_4h8t2m6q0v3x9zb7k1r5c2n8ya",
                LARGE,
                List.of(train("dock-cameras", "file-51b8e0"), eval("dock-nights", "file-51b8e7")),
                Life.of(
                        start,
                        in(0, "REGISTERED"),
                        in(1, "STARTING"),
                        in(3, "RUNNING"),
                        in(8, "STOPPING").trained(0.7),
                        in(10, "STOPPED").trained(0.7)));
    }

    private void addCompleted() {
        add(
                "ftj-pump-cavitation-e90b7d14",
                "pump-cavitation",
                "c40a7e91-5d28-4b6f-a7e3-18f9d2c6b053",
                SMALL,
                List.of(train("pumps-2025", "pumps-2025.jsonl"), eval("pumps-held-out", "pumps-held-out.jsonl")),
                done(Duration.ofDays(5), Duration.ofHours(119)),
                Spelling.NO_ZONE);
        add(
                "ft-job-cold-chain-lapses-4c7d02ba",
                "cold-chain-lapses",
                "job_0n5e9s0w2s9kkrvr8p9fq7sk8w",
                LARGE,
                List.of(train("reefer-trips", "file-c0ffee01", "file-c0ffee02")),
                past(Duration.ofMinutes(95), Duration.ofSeconds(3), "COMPLETED", 1));
    }

    private void addOnTheirWay() {
        add(
                "ftj-forklift-near-miss-0b94ae17",
                "forklift-near-miss",
                "job_7c1w5d9f3g8h2j6k0m4n1p5q9r",
                LARGE,
                List.of(train("aisles", "file-a15e01")),
                past(Duration.ofSeconds(40), Duration.ofSeconds(40), "REGISTERED", 0),
                Spelling.NO_PATH);
        add(
                "ftj_hvac_anomalies_c6d81f30",
                "hvac-anomalies",
                "a93c5f17-2e80-46db-b1c4-5f7e9d0a3826",
                SMALL,
                List.of(train("roof-units", "roof-units.jsonl")),
                past(Duration.ofMinutes(4), Duration.ofMinutes(1), "STARTING", 0));
        add(
                "ftj-press-line-cycles-7a2f49be",
                "press-line-cycles",
                "5e8d1b73-c946-4f02-8ad7-e2b06c9f4d15",
                SMALL,
                List.of(train("line-3", "line-3.jsonl", "line-4.jsonl"), eval("line-5", "line-5.jsonl")),
                past(Duration.ofHours(2), Duration.ofMinutes(112), "RUNNING", 0.6),
                Spelling.NO_ZONE);
        add(
                "ftj-crane-load-sway-d8e35c61",
                "crane-load-sway",
                "f06b2a9d-7e14-4c85-93fb-4d1c8e5a7029",
                LARGE,
                List.of(train("crane-imu", "file-9b1d77"), eval("crane-imu-windy", "file-9b1d78")),
                past(Duration.ofMinutes(190), Duration.ofSeconds(50), "FINALIZING", 1));
        add(
                "ftj-parking-occupancy-31f7b9e0",
                "parking-occupancy",
                "job_3r9v5x1z7b2d8f4h0k6m2p8s5t",
                SMALL,
                List.of(train("level-1", "file-1e7e11")),
                past(Duration.ofMinutes(75), Duration.ofSeconds(20), "STOPPING", 0.7));
    }

    private void addEndedOtherwise() {
        add(
                "ftj-bearing-wear-92c4e8d5",
                "bearing-wear",
                "b81e4d06-3fa9-4729-8c5d-6a0f7b2e9c34",
                LARGE,
                List.of(train("bearings", "file-bea001"), eval("bearings-eval", "file-bea002")),
                past(Duration.ofDays(2), Duration.ofHours(45), "STOPPED", 0.55));
        add(
                "ftj-crosswalk-flow-6d0a1f83",
                "crosswalk-flow",
                "7d3f0c5b-a826-4e91-b64c-09d8e1f5a27b",
                SMALL,
                List.of(train("crossings", "crossings.jsonl")),
                past(Duration.ofHours(30), Duration.ofMinutes(1794), "CANCELLED", 0.04),
                Spelling.NO_PATH);
        add(
                "ftj-kiln-temperature-58be27c9",
                "kiln-temperature",
                "1c9a6e42-8b5f-4d37-a0e8-f73d2c4b6590",
                LARGE,
                List.of(train("kiln", "kiln-2025.jsonl"), eval("kiln-eval", "kiln-2026.jsonl")),
                past(Duration.ofHours(20), Duration.ofHours(18), "FAILED", 0.35));
        add(
                "ftj-turbine-acoustics-51e0c7d2",
                "turbine-acoustics",
                "job_8x2c6v0b4n9m3k7j1h5g9f3d6s",
                LARGE,
                List.of(train("nacelle-microphones", "file-70b1e5")),
                past(Duration.ofDays(3), Duration.ofHours(70), "UNKNOWN", 0.5));
    }

    private void addUnusual() {
        List<Dataset> some = List.of(train("training-set", "training-set.jsonl"));
        add(
                "ftj-unusual-status-a4f0c92e",
                "paused-for-maintenance",
                "d25b8f60-1e7c-4a93-b8d4-3c6f0e9a7512",
                SMALL,
                some,
                past(Duration.ofHours(6), Duration.ofHours(1), "PAUSED", 0.25));
        add(
                "ftj-unusual-fields-17d3b8a6",
                "fields-of-tomorrow",
                "96e0d4c8-5a3b-4f71-8e29-b7c1f5d06a84",
                LARGE,
                some,
                past(Duration.ofHours(3), Duration.ofHours(2), "RUNNING", 1),
                new Spelling(
                        "Z",
                        true,
                        List.of("\"hyperparameters\": { \"learning_rate\": 1.0E+2, \"clip\": 1e400, \"seed\": -0 }"),
                        List.of(
                                "\"progress\": { \"step\": 12345678901234567890, \"ratio\": 0.10 }",
                                "\"labels\": [\"night-shift\", null, true]",
                                "\"region\": \"u1\""),
                        ODD_CHECKPOINTS));
        add(
                "ftj-unusual-name-c05e71f4",
                "工場の異音検知 🔊🏭",
                "38a7f2e5-d06c-4b19-9e84-c5b1d7f0a362",
                SMALL,
                List.of(train("録音データ", "録音-2026.jsonl")),
                past(Duration.ofHours(9), Duration.ofHours(8), "RUNNING", 0.6));
        add(
                "lab 7/夜勤",
                "id-of-its-owner's-choice",
                "4b6d9e13-f07a-4825-ac3d-81e5c0f2b796",
                SMALL,
                some,
                past(Duration.ofHours(50), Duration.ofHours(49), "CANCELLED", 0.04));
        // What a terminal, a browser or a reader might act on: window title, clear screen, colours, C1, HTML, bidi.
        add(
                "ftj-hostile-name-e6b29d07",
                "\033]0;owned\007\033[2J\033[31mred\u009b32m\r\nftj> <script>alert(1)</script>\" \\ \u202egnp.exe\u2028",
                "0e7c5a91-b3d8-4f26-87ea-d94f1c6b0a53",
                LARGE,
                some,
                past(Duration.ofHours(12), Duration.ofHours(11), "STOPPED", 1),
                new Spelling("Z", true, List.of(), List.of(), HOSTILE_CHECKPOINTS));
        add(
                Faults.PASSING_ID,
                "well-again",
                "61f4b0d9-2c8e-4a57-b9f3-0d5e7c1a8246",
                SMALL,
                some,
                done(Duration.ofHours(27), Duration.ofHours(26)));
    }

    private void add(String id, String name, String uuid, String model, List<Dataset> datasets, Life life) {
        add(id, name, uuid, model, datasets, life, Spelling.USUAL);
    }

    private void add(
            String id, String name, String uuid, String model, List<Dataset> datasets, Life life, Spelling spelling) {
        String org = uuid.startsWith("job_") ? ORG_PREFIXED : ORG;
        jobs.put(id, new Job(id, name, uuid, org, model, datasets, life, spelling));
    }

    /** A stage that begins so many seconds of a life after the sandbox's start. */
    private Stage in(int seconds, String status) {
        return new Stage(pace.after(start, Duration.ofSeconds(seconds)), status);
    }

    /** A life that stands still: created and last changed before the sandbox's start. */
    private Life past(Duration created, Duration updated, String status, double trained) {
        return Life.of(start.minus(created), new Stage(start.minus(updated), status).trained(trained));
    }

    private Life done(Duration created, Duration completed) {
        return Life.of(
                start.minus(created),
                new Stage(start.minus(completed), "COMPLETED").trained(1).withArtifacts());
    }
}
