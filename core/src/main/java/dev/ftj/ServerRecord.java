package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server's own text of a value, with accessors that never fail. Immutable. */
abstract class ServerRecord {
    final RawJson json;

    ServerRecord(RawJson json) {
        this.json = json;
    }

    final @Nullable String text(String field) {
        return json.text(field);
    }

    /** {@return the first of these fields that is a text; null if none is} */
    final @Nullable String text(String field, String otherwise) {
        String text = text(field);
        return text != null ? text : text(otherwise);
    }

    final @Nullable Instant instant(String field) {
        return instant(json, field);
    }

    /** {@return the moment of a field, an ISO 8601 timestamp or seconds since 1970; null if it is neither} */
    static @Nullable Instant instant(RawJson json, String field) {
        RawJson time = json.field(field);
        if (time == null) {
            return null;
        }
        String text = time.text();
        Double seconds = time.number();
        return text != null ? Timestamp.parse(text) : seconds == null ? null : Timestamp.ofSeconds(seconds);
    }

    final boolean is(String field, String literal) {
        RawJson value = json.field(field);
        return value != null && value.raw().equals(literal);
    }

    /**
     * {@return the server's own text in JSON: every field, known or not, in its order, with the exact digits of its
     * numbers, an echo of the API key replaced}
     */
    public String json() {
        return json.raw();
    }

    /** Two records of a type are equal if their texts are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass() && ((ServerRecord) other).json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }
}
