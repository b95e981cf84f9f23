package dev.ftj.shell.view;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of one JSON object, as they were sent. */
final class JsonMembers {
    private JsonMembers() {}

    /** By name in their order, the last where a name is there twice; none of what is no object. */
    static Map<String, FieldPath.Found> of(String json) {
        Map<String, FieldPath.Found> members = new LinkedHashMap<>();
        try (JsonParser parser = FieldPath.parser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = FieldPath.name(parser, json);
                    parser.nextToken();
                    members.put(name, FieldPath.value(parser, json));
                }
            }
        }
        return members;
    }
}
