package dev.ftj.internal.json;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes JSON that is ours. */
public final class JsonWriter {
    private JsonWriter() {}

    /** Writes a string. Escapes only what JSON requires, and unpaired surrogates, which UTF-8 cannot hold. */
    public static RawJson string(String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
        if (hasLoneSurrogate(quoted)) {
            quoted = quoted.codePoints()
                    .mapToObj(point ->
                            isLoneSurrogate(point) ? String.format("\\u%04x", point) : Character.toString(point))
                    .collect(joining());
        }
        return RawJson.valid('"' + quoted + '"');
    }

    /**
     * Writes null, a RawJson, a Map, a List, a Number or a Boolean without white space; anything else is a string, the
     * value's {@code toString()}.
     */
    public static RawJson of(@Nullable Object value) {
        if (value instanceof RawJson json) {
            return json;
        }
        if (value instanceof Map<?, ?> object) {
            StringJoiner members = new StringJoiner(",", "{", "}");
            for (Map.Entry<?, ?> member : object.entrySet()) {
                members.add(string(String.valueOf(member.getKey())) + ":" + of(member.getValue()));
            }
            return RawJson.valid(members.toString());
        }
        if (value instanceof List<?> list) {
            return RawJson.valid(list.stream().map(element -> of(element).raw()).collect(joining(",", "[", "]")));
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? RawJson.valid(String.valueOf(value))
                : string(value.toString());
    }

    /** Writes an object without white space, of names and values in turn; a value as for {@link #of}. */
    public static RawJson objectOf(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return of(members);
    }

    /** Writes an array, with a space behind each comma. */
    public static RawJson array(List<RawJson> elements) {
        return RawJson.valid(elements.stream().map(RawJson::raw).collect(joining(", ", "[", "]")));
    }

    /** Writes an object in the order of a map, with a space behind each comma and colon. */
    public static RawJson object(Map<String, RawJson> members) {
        return RawJson.valid(members.entrySet().stream()
                .map(member ->
                        string(member.getKey()).raw() + ": " + member.getValue().raw())
                .collect(joining(", ", "{", "}")));
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isLoneSurrogate(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoneSurrogate(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }
}
