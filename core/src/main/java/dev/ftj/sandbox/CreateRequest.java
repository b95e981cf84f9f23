package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validated body of a {@code POST /fine-tune/jobs}.
 *
 * @param id the client's own id, at most 64 code points; null to have one made
 * @param name not empty
 * @param config the {@code config} of the record as JSON text, laid out as on the API's reference page
 */
record CreateRequest(@Nullable String id, String name, String config) {
    private static final String ORGANIZATION = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";
    private static final List<String> MODELS =
            List.of("Newton::c2_4_7b_251215a172f6d7", "Newton::c2_4_3b_251215dfe6a746");
    private static final int MAX_ID = 64;

    /**
     * Parses a body; unknown members are ignored.
     *
     * @throws ErrorResponse if the body is not a valid request
     */
    static CreateRequest parse(String text) {
        Node body = Node.root(text);
        Node ownId = body.member("id");
        String id = ownId.json == null ? null : ownId.text();
        if (id != null && id.codePointCount(0, id.length()) > MAX_ID) {
            throw ownId.invalid("must have at most " + MAX_ID + " characters");
        }
        String name = body.member("name").text();
        Node config = body.member("config");
        Node ownModel = config.member("model");
        String model = ownModel.json == null ? MODELS.get(0) : ownModel.text();
        List<String> datasets = new ArrayList<>();
        boolean trains = false;
        for (Node dataset : config.member("datasets").elements()) {
            datasets.add(dataset(dataset));
            trains |= dataset.member("split").text().equals("train");
        }
        if (!MODELS.contains(model)) {
            throw ErrorResponse.of("unknown-model");
        }
        if (!trains) {
            throw ErrorResponse.of("no-training-set");
        }
        String members = "{\n    \"model\": " + JsonWriter.string(model) + ",\n    \"datasets\": [\n      "
                + String.join(",\n      ", datasets) + "\n    ]\n  }";
        return new CreateRequest(id, name, members);
    }

    /** Returns the members of the record; null for those that {@link SimulatedJob} computes. */
    Map<String, RawJson> members(String uuid) {
        return JsonWriter.objectOf(
                        "name", name,
                        "id", null,
                        "uuid", uuid,
                        "org_uuid", ORGANIZATION,
                        "status", null,
                        "config", RawJson.valid(config),
                        "created_at", null,
                        "updated_at", null,
                        "inference_config_path", null)
                .fields();
    }

    private static String dataset(Node dataset) {
        String name = dataset.member("name").text();
        Node split = dataset.member("split");
        if (!List.of("train", "eval").contains(split.text())) {
            throw split.invalid("must be train or eval");
        }
        List<String> files = dataset.member("file_ids").elements().stream()
                .map(file -> JsonWriter.string(file.text()).raw())
                .toList();
        return "{ \"name\": " + JsonWriter.string(name) + ", \"split\": " + JsonWriter.string(split.text())
                + ", \"file_ids\": [" + String.join(", ", files) + "] }";
    }

    /**
     * A value in the body.
     *
     * @param location its place, such as {@code body.config.model}
     * @param json null if it is missing or null
     */
    private record Node(String location, @Nullable RawJson json) {
        static Node root(String text) {
            RawJson json = RawJson.parseOrNull(text);
            if (json == null) {
                throw ErrorResponse.invalid("body", "must be JSON");
            }
            return new Node("body", json);
        }

        Node member(String name) {
            if (json == null || !json.isObject()) {
                throw invalid("must be an object");
            }
            return new Node(location + "." + name, json.member(name));
        }

        List<Node> elements() {
            List<Node> elements = new ArrayList<>();
            if (json != null && json.isArray()) {
                for (RawJson element : json.elements()) {
                    elements.add(new Node(location + "." + elements.size(), element));
                }
            }
            if (elements.isEmpty()) {
                throw invalid("must be an array of at least one item");
            }
            return elements;
        }

        String text() {
            String text = json == null ? null : json.text();
            // A lone surrogate has no UTF-8 form.
            if (text == null
                    || text.isEmpty()
                    || text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                throw invalid("must be a string of at least one character");
            }
            return text;
        }

        ErrorResponse invalid(String problem) {
            return ErrorResponse.invalid(location, problem);
        }
    }
}
