package dev.ftj.internal.store;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A line of a job book: a JSON object, with the fields of later versions as well. Immutable. A field of an unexpected type
 * counts as missing. Instants are milliseconds since 1970: formatting a date costs a short process more than the rest.
 */
final class BookLine {
    /** Escapes all but ASCII, so half a surrogate pair or a line separator in a job's name is harmless. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Values are String, Number, Boolean, List, Map, or {@link JsonToken#VALUE_NULL}. */
    private final Map<String, Object> fields;

    private BookLine(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** @param namesAndValues in turn; a field whose value is null is left out */
    static BookLine of(String kind, @Nullable Object... namesAndValues) {
        BookLine line = new BookLine(new LinkedHashMap<>());
        line.put("kind", kind);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            line.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return line;
    }

    BookLine with(String name, @Nullable Object value) {
        BookLine copy = new BookLine(new LinkedHashMap<>(fields));
        copy.put(name, value);
        return copy;
    }

    private void put(String name, @Nullable Object value) {
        fields.remove(name);
        if (value != null) {
            fields.put(name, value instanceof Instant instant ? (Object) instant.toEpochMilli() : value);
        }
    }

    boolean is(String kind) {
        return kind.equals(text("kind"));
    }

    @Nullable
    String text(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    @Nullable
    Instant instant(String name) {
        return fields.get(name) instanceof Long millis ? Instant.ofEpochMilli(millis) : null;
    }

    @Nullable
    Long number(String name) {
        return fields.get(name) instanceof Long number ? number : null;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    List<?> list(String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }

    /** @return null if these bytes are not exactly one JSON object */
    static @Nullable BookLine parse(byte[] line) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, Object> fields = object(json);
            return json.nextToken() == null ? new BookLine(fields) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Map<String, Object> object(JsonParser json) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? json.getBigIntegerValue()
                        : (Object) json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> JsonToken.VALUE_NULL;
        };
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, fields);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((name, member) -> {
                json.writeName(String.valueOf(name));
                write(json, member);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            // A number or literal. JSON spells them as Java does.
            json.writeRawValue(value == JsonToken.VALUE_NULL ? "null" : value.toString());
        }
    }
}
