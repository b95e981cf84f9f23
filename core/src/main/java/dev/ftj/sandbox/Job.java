package dev.ftj.sandbox;

import dev.ftj.sandbox.Training.Checkpoint;
import java.time.Instant;
import java.util.List;

/** A simulated job: what never changes about it, its life, and how its record is spelled. */
record Job(
        String id,
        String name,
        String uuid,
        String orgUuid,
        String model,
        List<Dataset> datasets,
        Life life,
        Spelling spelling) {

    /** A named set of files; the ids are those of files, or file names. */
    record Dataset(String name, String split, List<String> fileIds) {
        static Dataset train(String name, String... fileIds) {
            return new Dataset(name, "train", List.of(fileIds));
        }

        static Dataset eval(String name, String... fileIds) {
            return new Dataset(name, "eval", List.of(fileIds));
        }
    }

    /**
     * What differs between the records that are seen in public.
     *
     * @param zone {@code Z}, or empty for timestamps without a zone
     * @param nullPath whether a path that is not there yet is sent as null; otherwise it is left out
     * @param moreConfig further members of {@code config} as JSON text, such as {@code "seed": 7}
     * @param moreFields further members of the record, likewise
     * @param checkpoints its metrics; empty for those of a usual training
     */
    record Spelling(
            String zone,
            boolean nullPath,
            List<String> moreConfig,
            List<String> moreFields,
            List<Checkpoint> checkpoints) {
        static final Spelling USUAL = new Spelling("Z", true, List.of(), List.of(), List.of());
        static final Spelling NO_ZONE = new Spelling("", true, List.of(), List.of(), List.of());
        static final Spelling NO_PATH = new Spelling("Z", false, List.of(), List.of(), List.of());
    }

    Job with(Life changed) {
        return new Job(id, name, uuid, orgUuid, model, datasets, changed, spelling);
    }

    /** The record at an instant, laid out as on the API's reference page. */
    String record(Instant now) {
        Life.Stage stage = life.at(now);
        StringBuilder json = new StringBuilder(1024).append("{\n");
        json.append("  \"name\": ").append(Json.quote(name));
        json.append(",\n  \"id\": ").append(Json.quote(id));
        json.append(",\n  \"uuid\": ").append(Json.quote(uuid));
        json.append(",\n  \"org_uuid\": ").append(Json.quote(orgUuid));
        json.append(",\n  \"status\": ").append(Json.quote(stage.status()));
        json.append(",\n  \"config\": {\n    \"model\": ").append(Json.quote(model));
        appendDatasets(json);
        spelling.moreConfig().forEach(member -> json.append(",\n    ").append(member));
        json.append("\n  },\n  \"created_at\": ").append(Json.quote(life.createdAt(), spelling.zone()));
        json.append(",\n  \"updated_at\": ").append(Json.quote(stage.since(), spelling.zone()));
        if (stage.hasArtifacts()) {
            json.append(",\n  \"inference_config_path\": ").append(Json.quote(inferenceConfigPath()));
        } else if (spelling.nullPath()) {
            json.append(",\n  \"inference_config_path\": null");
        }
        spelling.moreFields().forEach(member -> json.append(",\n  ").append(member));
        return json.append("\n}").toString();
    }

    /** The metrics by then: the rows that were asked for, and how far the training has come in any case. */
    String metrics(Instant now, Query query) {
        List<Checkpoint> all = spelling.checkpoints().isEmpty() ? Training.checkpoints(id) : spelling.checkpoints();
        // A share that misses a checkpoint by its last digit has reached it.
        int reached = (int) Math.floor(life.trained(now) * all.size() + 1e-6);
        StringBuilder json = new StringBuilder("{\n  \"last_checkpoint_step\": ")
                .append(reached == 0 ? 0 : all.get(reached - 1).step())
                .append(",\n  \"metrics\": [");
        String separator = "\n    ";
        for (Checkpoint row : query.page(all.subList(0, reached))) {
            json.append(separator).append(row.json());
            separator = ",\n    ";
        }
        return json.append("\n  ]\n}").toString();
    }

    private void appendDatasets(StringBuilder json) {
        json.append(",\n    \"datasets\": [");
        String separator = "\n";
        for (Dataset dataset : datasets) {
            json.append(separator).append("      { \"name\": ").append(Json.quote(dataset.name()));
            json.append(", \"split\": ").append(Json.quote(dataset.split()));
            json.append(", \"file_ids\": ")
                    .append(Json.quoteAll(dataset.fileIds()))
                    .append(" }");
            separator = ",\n";
        }
        json.append("\n    ]");
    }

    private String inferenceConfigPath() {
        return "s3://atai-finetune/inference-configs/" + id + ".yaml";
    }
}
