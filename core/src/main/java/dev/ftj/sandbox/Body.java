package dev.ftj.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A request's body as JSON. Jackson is loaded by the first request that has one, never by the start. */
final class Body {
    private static final JsonFactory JSON = new JsonFactory();

    private Body() {}

    /**
     * Reads the one value of a body.
     *
     * @param invalid told where it is no JSON
     * @return maps, lists and texts; whatever else JSON has, as its token
     */
    static @Nullable Object read(byte[] body, Invalid invalid) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() == null) {
                return value;
            }
        } catch (JacksonException e) {
            // told below: where it went wrong does not matter to anybody who is trying things
        }
        invalid.add(List.of("body"), "json_invalid", "JSON decode error");
        return null;
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                object.put(name, value(parser, parser.nextToken()));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> array = new ArrayList<>();
            for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                array.add(value(parser, item));
            }
            return array;
        }
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        return token == JsonToken.VALUE_NULL ? null : token;
    }
}
