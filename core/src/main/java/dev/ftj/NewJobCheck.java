package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Excerpt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the parts of a new job before anything is sent. Throws a {@code FineTuneException} of kind {@code USAGE} that names
 * the field.
 */
final class NewJobCheck {
    private NewJobCheck() {}

    static String name(Map<String, RawJson> job) {
        return text("name", job.get("name"));
    }

    static @Nullable JobId id(Map<String, RawJson> job) {
        RawJson id = job.get("id");
        return id == null || id.isNull() ? null : JobId.of(text("id", id));
    }

    static RawJson config(Map<String, RawJson> job) {
        RawJson config = job.get("config");
        if (config == null || !config.isObject()) {
            throw wrong("config", config == null ? "is missing" : "is not an object");
        }
        RawJson model = config.field("model");
        if (model != null && !model.isNull()) {
            text("config.model", model);
        }
        datasets(config.field("datasets"));
        return config;
    }

    private static void datasets(@Nullable RawJson datasets) {
        if (datasets == null || !datasets.isArray()) {
            throw wrong("config.datasets", datasets == null ? "is missing" : "is not an array");
        }
        boolean train = false;
        List<RawJson> all = datasets.elements();
        for (int i = 0; i < all.size(); i++) {
            String place = "config.datasets[" + i + "]";
            RawJson dataset = all.get(i);
            if (!dataset.isObject()) {
                throw wrong(place, "is not an object");
            }
            text(place + ".name", dataset.field("name"));
            String split = text(place + ".split", dataset.field("split"));
            if (!split.equals("train") && !split.equals("eval")) {
                throw wrong(place + ".split", "is neither train nor eval: " + Excerpt.of(split));
            }
            train |= split.equals("train");
            files(place + ".file_ids", dataset.field("file_ids"));
        }
        if (!train) {
            throw wrong("config.datasets", "has no dataset with the split train");
        }
    }

    private static void files(String place, @Nullable RawJson files) {
        if (files == null || !files.isArray() || files.elements().isEmpty()) {
            throw wrong(place, "names no file");
        }
        List<RawJson> all = files.elements();
        for (int i = 0; i < all.size(); i++) {
            text(place + "[" + i + "]", all.get(i));
        }
    }

    private static String text(String place, @Nullable RawJson value) {
        String text = value == null ? null : value.text();
        if (text == null) {
            throw wrong(place, value == null || value.isNull() ? "is missing" : "is not a string");
        }
        if (text.isBlank()) {
            throw wrong(place, "is empty");
        }
        return text;
    }

    private static FineTuneException wrong(String place, String why) {
        return wrong(place + " " + why);
    }

    static FineTuneException wrong(String what) {
        return FineTuneException.of(Kind.USAGE, "cannot create the job: " + what, "Nothing was sent");
    }
}
