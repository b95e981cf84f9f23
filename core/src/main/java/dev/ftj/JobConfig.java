package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API's {@code config} of a job: the resolved model and datasets, and all else the server sent.
 *
 * @since 0.1.0
 */
public final class JobConfig {
    private final RawJson json;
    private final @Nullable String model;
    private final List<Dataset> datasets;

    JobConfig(RawJson json) {
        this.json = json;
        this.model = json.text("model");
        RawJson listed = json.member("datasets");
        this.datasets = listed == null
                ? List.of()
                : listed.elements().stream()
                        .filter(RawJson::isObject)
                        .map(Dataset::of)
                        .toList();
    }

    /**
     * The API's {@code config.model}.
     *
     * @return such as {@code Newton::c2_4_7b_251215a172f6d7}; null if the server sent none
     */
    public @Nullable String model() {
        return model;
    }

    /**
     * The API's {@code config.datasets}.
     *
     * @return in the server's order, unmodifiable, empty if the server sent none
     */
    public List<Dataset> datasets() {
        return datasets;
    }

    /**
     * The server's own text of this part.
     *
     * @return a JSON object, exactly as sent
     */
    public String json() {
        return json.raw();
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

    /** Returns the members by name, the last value of a duplicate name. */
    Map<String, RawJson> fields() {
        return json.fields();
    }

    /**
     * One line for people.
     *
     * @return the model and the datasets, safe to print
     */
    @Override
    public String toString() {
        return Sanitizer.oneLine((model == null ? "no model" : model) + ", " + datasets.size()
                + (datasets.size() == 1 ? " dataset" : " datasets"));
    }

    /** Two are equal when their texts are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobConfig that && that.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }
}
