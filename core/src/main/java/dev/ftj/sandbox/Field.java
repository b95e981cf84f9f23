package dev.ftj.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a request's body, read as strictly as FastAPI reads one: what is wrong with it is told once, and whatever
 * would stand inside of it is not told at all.
 *
 * @param place where it stands, outermost first
 * @param value null where it is missing or null
 */
record Field(List<Object> place, @Nullable Object value) {
    private static final Object TOLD = new Object();

    static Field body(@Nullable Object value) {
        return new Field(List.of("body"), value);
    }

    boolean isGiven() {
        return value != null && value != TOLD;
    }

    /** A member of this object. */
    Field member(String name) {
        return inner(name, value instanceof Map<?, ?> object ? object.get(name) : TOLD);
    }

    Field object(Invalid invalid) {
        if (value instanceof Map) {
            return this;
        }
        tell(invalid, "model_attributes_type", "Input should be a valid dictionary or object to extract fields from");
        return new Field(place, TOLD);
    }

    /** The items of this array, which has one at least. */
    List<Field> items(Invalid invalid) {
        List<Field> items = new ArrayList<>();
        if (!(value instanceof List<?> array)) {
            tell(invalid, "list_type", "Input should be a valid list");
        } else if (array.isEmpty()) {
            tell(invalid, "too_short", "List should have at least 1 item after validation, not 0");
        } else {
            for (int i = 0; i < array.size(); i++) {
                items.add(inner(i, array.get(i)));
            }
        }
        return items;
    }

    /** A text of one code point up to so many. */
    String text(int longest, Invalid invalid) {
        if (!(value instanceof String text)) {
            tell(invalid, "string_type", "Input should be a valid string");
        } else if (text.isEmpty()) {
            tell(invalid, "string_too_short", "String should have at least 1 character");
        } else if (text.codePointCount(0, text.length()) > longest) {
            tell(invalid, "string_too_long", "String should have at most " + longest + " characters");
        } else if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            tell(invalid, "string_unicode", "Input should be a valid string, with no lone surrogate in it");
        } else {
            return text;
        }
        return "";
    }

    String oneOf(String one, String other, Invalid invalid) {
        if (!one.equals(value) && !other.equals(value)) {
            tell(invalid, "literal_error", "Input should be '" + one + "' or '" + other + "'");
        }
        return other.equals(value) ? other : one;
    }

    private Field inner(Object part, @Nullable Object inner) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(part);
        return new Field(longer, inner);
    }

    private void tell(Invalid invalid, String type, String message) {
        if (value == null) {
            invalid.add(place, "missing", "Field required");
        } else if (value != TOLD) {
            invalid.add(place, type, message);
        }
    }
}
