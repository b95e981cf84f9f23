package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API's {@code config} of a job: the resolved model and datasets, and all else the server sent.
 *
 * @since 0.1.0
 */
public final class JobConfig extends ServerRecord {
    JobConfig(RawJson json) {
        super(json);
    }

    /**
     * {@return the API's {@code config.model}, such as {@code Newton::c2_4_7b_251215a172f6d7}; null if the server sent
     * none}
     */
    public @Nullable String model() {
        return text("model");
    }

    /**
     * {@return the API's {@code config.datasets} in the server's order; unmodifiable, empty if the server sent none}
     */
    public List<Dataset> datasets() {
        List<Dataset> datasets = new ArrayList<>();
        for (RawJson dataset : json.elements("datasets")) {
            if (dataset.isObject()) {
                datasets.add(Dataset.of(dataset));
            }
        }
        return Collections.unmodifiableList(datasets);
    }

    /**
     * Binds the configuration to a type of the caller's, by the rules of {@link FineTuneJob#as}.
     *
     * @param type a record or class that Jackson can read
     * @param <T> that type
     * @return a new value at each call
     * @throws FineTuneException of kind {@code UNREADABLE} if the text does not fit the type; of kind {@code LOCAL}
     *     if Databind does not load because the annotations are too old
     */
    public <T> T as(Class<T> type) {
        return ObjectBinding.bind(json, type, "the configuration");
    }

    /** {@return one line for people: the model and the number of datasets, safe to print} */
    @Override
    public String toString() {
        int datasets = datasets().size();
        String model = model();
        return Sanitizer.oneLine(
                (model == null ? "no model" : model) + ", " + datasets + (datasets == 1 ? " dataset" : " datasets"));
    }
}
