package dev.ftj.sandbox;

import dev.ftj.sandbox.Job.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a job to be created.
 *
 * @param id the client's own, 1-64 code points; null for one of the server's
 */
record Order(@Nullable String id, String name, String model, List<Dataset> datasets) {
    static final String LARGE = "Newton::c2_4_7b_251215a172f6d7";
    static final String SMALL = "Newton::c2_4_3b_251215dfe6a746";

    private static final int LONGEST_ID = 64;

    Order {
        datasets = List.copyOf(datasets);
    }

    /**
     * Reads a body; fields that are not known are left alone. Where something is wrong, so is what comes back.
     *
     * @param invalid told what is wrong
     */
    static Order of(Field body, Invalid invalid) {
        Field top = body.object(invalid);
        Field id = top.member("id");
        String ownId = id.isGiven() ? id.text(LONGEST_ID, invalid) : null;
        String name = top.member("name").text(Integer.MAX_VALUE, invalid);
        Field config = top.member("config").object(invalid);
        Field model = config.member("model");
        String modelName = model.isGiven() ? model.text(Integer.MAX_VALUE, invalid) : LARGE;
        List<Dataset> datasets = new ArrayList<>();
        for (Field item : config.member("datasets").items(invalid)) {
            datasets.add(dataset(item.object(invalid), invalid));
        }
        return new Order(ownId, name, modelName, datasets);
    }

    private static Dataset dataset(Field dataset, Invalid invalid) {
        String name = dataset.member("name").text(Integer.MAX_VALUE, invalid);
        String split = dataset.member("split").oneOf("train", "eval", invalid);
        List<String> files = new ArrayList<>();
        for (Field file : dataset.member("file_ids").items(invalid)) {
            files.add(file.text(Integer.MAX_VALUE, invalid));
        }
        return new Dataset(name, split, files);
    }

    /** What the form alone does not tell; null where nothing is wrong. */
    @Nullable
    Answer refusal() {
        if (!model.equals(LARGE) && !model.equals(SMALL)) {
            return Errors.UNKNOWN_MODEL;
        }
        return datasets.stream().anyMatch(dataset -> dataset.split().equals("train")) ? null : Errors.NO_TRAINING_SET;
    }
}
