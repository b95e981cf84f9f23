package dev.ftj.internal.json;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON value as it was sent: every digit, escape and duplicate key. Its members are located once and cut out of the text,
 * never written again. Immutable; two values are equal if their texts are.
 */
public final class RawJson {
    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 500;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonFactory FACTORY = factory(MAX_DEPTH);

    /** For an array of values that are each at most as deep as allowed. */
    private static final JsonFactory ARRAY_FACTORY = factory(MAX_DEPTH + 1);

    private final String raw;
    /** Null until a member is first asked for. */
    private volatile @Nullable Members members;

    private RawJson(String raw, @Nullable Members members) {
        this.raw = raw;
        this.members = members;
    }

    private static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /**
     * Parses a text that holds exactly one value. A byte order mark at its start is ignored.
     *
     * @throws InvalidJsonException if the text is not one well-formed value within the limits
     */
    public static RawJson parse(String text) {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), hidden(json))) {
            if (parser.nextToken() == null) {
                throw new StreamReadException(parser, "no value");
            }
            RawJson value = next(parser, JsonSource.of(json));
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "more than one value");
            }
            return value;
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    /** Parses a text that may hold anything; returns null if it is not one well-formed value within the limits. */
    public static @Nullable RawJson parseOrNull(String text) {
        try {
            return parse(text);
        } catch (InvalidJsonException e) {
            return null;
        }
    }

    /** Wraps one well-formed value without white space around it; it is not parsed again. */
    public static RawJson valid(String raw) {
        return new RawJson(raw, null);
    }

    /** Returns the text of this value, exactly as sent. */
    public String raw() {
        return raw;
    }

    public boolean isObject() {
        return raw.startsWith("{");
    }

    public boolean isArray() {
        return raw.startsWith("[");
    }

    public boolean isNull() {
        return raw.equals("null");
    }

    /** Returns the members of an object in their order, the last value of a duplicate name; none of any other value. */
    public Map<String, RawJson> fields() {
        return members().asMap(raw);
    }

    /** Returns the names of an object's members in their order, duplicates too; none of any other value. */
    public List<String> names() {
        return members().names();
    }

    /** Hands on the members of an object in their order, duplicates too. */
    public void forEachMember(BiConsumer<String, RawJson> action) {
        members().forEach(raw, action);
    }

    /** Returns the last member of that name, which may be JSON null; null if there is none. */
    public @Nullable RawJson field(String name) {
        return members().get(name, raw);
    }

    /** Returns the last member of that name; null if there is none, or it is JSON null. */
    public @Nullable RawJson member(String name) {
        RawJson found = field(name);
        return found == null || found.isNull() ? null : found;
    }

    /** Returns the content of a member that is a string; null if there is none, or it is not a string. */
    public @Nullable String text(String name) {
        RawJson value = field(name);
        return value == null ? null : value.text();
    }

    private Members members() {
        Members known = members;
        if (known == null) {
            known = Members.NONE;
            if (isObject()) {
                try (JsonParser parser = parser(raw)) {
                    parser.nextToken();
                    known = Members.locate(parser, JsonSource.of(raw));
                } catch (JacksonException e) {
                    throw invalid(e);
                }
            }
            members = known;
        }
        return known;
    }

    /** Returns the elements of an array; none of any other value. */
    public List<RawJson> elements() {
        List<RawJson> elements = new ArrayList<>();
        if (isArray()) {
            try (JsonParser parser = parser(raw)) {
                JsonSource source = JsonSource.of(raw);
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(next(parser, source));
                }
            } catch (JacksonException e) {
                throw invalid(e);
            }
        }
        return elements;
    }

    /** Returns the elements of the last member of that name; none if it is no array. */
    public List<RawJson> elements(String name) {
        RawJson array = field(name);
        return array == null ? List.of() : array.elements();
    }

    /** Returns the value of a number, infinite if it is too large; null for anything else, digits in quotes included. */
    public @Nullable Double number() {
        char first = raw.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            return raw.startsWith("-I") ? Double.NEGATIVE_INFINITY : Double.parseDouble(raw);
        }
        return switch (raw) {
            case "NaN" -> Double.NaN;
            case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            default -> null;
        };
    }

    /** Returns the content of a string; null for any other value. */
    public @Nullable String text() {
        return raw.startsWith("\"") ? content(raw) : null;
    }

    /** Decodes a string in quotes. */
    static String content(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), quoted)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** Returns the content of a string, or the {@link #compact()} form of any other value: for people. */
    public String shown() {
        String text = text();
        return text != null ? text : compact();
    }

    /** Returns the same value on one line, without white space between tokens. */
    public String compact() {
        return JsonLayout.compact(raw);
    }

    /** Returns the same value over several lines: two spaces a level, empty objects and arrays in one piece. */
    public String indented() {
        return JsonLayout.indented(raw);
    }

    /** Cuts out the value that a parser is on, and moves the parser to the value's last token. */
    static RawJson next(JsonParser parser, JsonSource source) {
        long start = Members.start(parser);
        Members members = Members.locate(parser, source);
        return new RawJson(source.cut(start, Members.end(parser)), members);
    }

    /** Does the same, but locates members only when one is asked for. */
    static RawJson nextUnlocated(JsonParser parser, JsonSource source) {
        long start = Members.start(parser);
        Members.skip(parser);
        return valid(source.cut(start, Members.end(parser)));
    }

    /** Returns a parser of an array of any length. */
    static JsonParser parser(Reader text) {
        return ARRAY_FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    static JsonParser parser(String text) {
        return ARRAY_FACTORY.createParser(ObjectReadContext.empty(), hidden(text));
    }

    /** Returns a text of the same length with every token at its place, and surrogates hidden. */
    static String hidden(String json) {
        if (json.indexOf("\\u") < 0) {
            return json;
        }
        char[] text = json.toCharArray();
        new SurrogateEscapes().hide(text, 0, text.length);
        return new String(text);
    }

    static InvalidJsonException invalid(JacksonException e) {
        return new InvalidJsonException(e.getOriginalMessage(), e instanceof StreamConstraintsException, e);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawJson that && that.raw.equals(raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return raw;
    }
}
