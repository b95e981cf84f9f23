package dev.ftj.internal.store;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a job book: a JSON object, with the fields of later versions as well. Immutable. Non-ASCII characters are
 * escaped, so an unpaired surrogate or a line separator in a job's name is harmless. A field of an unexpected type counts as
 * missing. Instants are milliseconds since 1970: formatting a date costs a short process more than the rest.
 */
final class BookLine {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<String, RawJson> fields;

    private BookLine(Map<String, RawJson> fields) {
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
            fields.put(name, JsonWriter.of(value instanceof Instant instant ? (Object) instant.toEpochMilli() : value));
        }
    }

    boolean is(String kind) {
        return kind.equals(text("kind"));
    }

    @Nullable
    String text(String name) {
        RawJson field = fields.get(name);
        return field == null ? null : field.text();
    }

    @Nullable
    Instant instant(String name) {
        Long millis = number(name);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Nullable
    Long number(String name) {
        return number(fields.get(name));
    }

    /** Returns a whole number; null for anything else. */
    static @Nullable Long number(@Nullable RawJson json) {
        try {
            return json == null ? null : (Long) Long.parseLong(json.raw());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    boolean flag(String name) {
        RawJson field = fields.get(name);
        return field != null && field.raw().equals("true");
    }

    List<RawJson> list(String name) {
        RawJson field = fields.get(name);
        return field == null ? List.of() : field.elements();
    }

    /** @return null if these bytes are not exactly one JSON object */
    static @Nullable BookLine parse(byte[] line) {
        try {
            RawJson json = RawJson.parseOrNull(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
            return json != null && json.isObject() ? new BookLine(json.fields()) : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    byte[] bytes() {
        String json = JsonWriter.of(fields).compact();
        StringBuilder ascii = new StringBuilder(json.length());
        for (char c : json.toCharArray()) {
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append("\\u").append(HEX.toHexDigits(c));
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
