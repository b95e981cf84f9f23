package dev.ftj.sandbox;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the form of a request, gathered for one answer in FastAPI's shape; no word of the request in it. */
final class Invalid {
    private final List<String> details = new ArrayList<>();

    /**
     * One thing that is wrong.
     *
     * @param place where, outermost first: names and indexes of ours
     */
    void add(List<?> place, String type, String message) {
        List<String> loc = new ArrayList<>();
        place.forEach(part -> loc.add(part instanceof Integer ? part.toString() : Json.quote(part.toString())));
        details.add("{\"type\": " + Json.quote(type) + ", \"loc\": [" + String.join(", ", loc) + "], \"msg\": "
                + Json.quote(message) + "}");
    }

    boolean isEmpty() {
        return details.isEmpty();
    }

    Answer answer() {
        return Answer.json(422, "{\"detail\": [" + String.join(", ", details) + "]}");
    }
}
