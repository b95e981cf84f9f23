package dev.ftj.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Cuts JSON text into the text of its parts, so that records are sent digit for digit as they are stored. */
final class SandboxJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private SandboxJson() {}

    /** Reads a file beside this class. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SandboxJson.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the text of the only value.
     *
     * @throws IllegalArgumentException if the text is not exactly one well-formed value
     */
    static String value(String text) {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() != null) {
                String value = cut(parser, text);
                if (parser.nextToken() == null) {
                    return value;
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("not one JSON value");
    }

    /** Returns the members of an object in their order; of several with one name, the last. */
    static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = parser(object)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                members.put(name, cut(parser, object));
            }
        }
        return members;
    }

    static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = parser(array)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(cut(parser, array));
            }
        }
        return elements;
    }

    /** Returns the content of a string; null for any other value. */
    static @Nullable String text(String json) {
        if (!json.startsWith("\"")) {
            return null;
        }
        try (JsonParser parser = parser(json)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** Returns a string that escapes only what JSON requires. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    private static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    private static String cut(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
