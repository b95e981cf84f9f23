package dev.ftj.internal.json;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The offsets of the members of an object in its text; a value is cut out when it is first used. */
final class Members {
    static final Members NONE = new Members();

    private String[] names = {};
    /** The start of a value and its end, in turn. */
    private int[] bounds = {};

    private @Nullable RawJson[] values = {};
    private int size;

    private Members() {}

    /** Locates the members of the value that a parser is on, and moves the parser to the value's last token. */
    static Members locate(JsonParser parser, JsonSource source) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            skip(parser);
            return NONE;
        }
        long base = start(parser);
        Members members = NONE;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            members = members == NONE ? new Members() : members;
            String name = source.name(parser);
            parser.nextToken();
            long start = start(parser);
            skip(parser);
            members.add(name, (int) (start - base), (int) (end(parser) - base));
        }
        return members;
    }

    /** Moves a parser from the first token of a value to its last. */
    static void skip(JsonParser parser) {
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            // a token is recognized by its first character: the rest of it may be missing
            parser.finishToken();
        }
    }

    static long start(JsonParser parser) {
        return parser.currentTokenLocation().getCharOffset();
    }

    static long end(JsonParser parser) {
        return parser.currentLocation().getCharOffset();
    }

    private void add(String name, int start, int end) {
        if (size == names.length) {
            int larger = Math.max(12, 2 * size);
            names = Arrays.copyOf(names, larger);
            bounds = Arrays.copyOf(bounds, 2 * larger);
        }
        names[size] = name;
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** Returns the last member of that name; null if there is none. */
    @Nullable
    RawJson get(String name, String raw) {
        for (int i = size - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return value(i, raw);
            }
        }
        return null;
    }

    List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names).subList(0, size));
    }

    Map<String, RawJson> asMap(String raw) {
        Map<String, RawJson> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(names[i], value(i, raw));
        }
        return map;
    }

    /** Hands on all members in their order, duplicates too. */
    void forEach(String raw, BiConsumer<String, RawJson> action) {
        for (int i = 0; i < size; i++) {
            action.accept(names[i], value(i, raw));
        }
    }

    private RawJson value(int index, String raw) {
        if (values.length < size) {
            values = new RawJson[size];
        }
        RawJson value = values[index];
        if (value == null) {
            value = RawJson.valid(raw.substring(bounds[2 * index], bounds[2 * index + 1]));
            values[index] = value;
        }
        return value;
    }
}
