package dev.ftj.internal.json;

import static java.util.stream.Collectors.joining;

import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.JsonStringEncoder;
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

    /** Writes a string. Escapes only what JSON requires, and unpaired surrogates, which UTF-8 cannot hold. */
    public static RawJson string(String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
        if (hasLoneSurrogate(quoted)) {
            quoted = quoted.codePoints()
                    .mapToObj(point ->
                            isLoneSurrogate(point) ? String.format("\\u%04x", point) : Character.toString(point))
                    .collect(joining());
        }
        return valid('"' + quoted + '"');
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
            return valid(members.toString());
        }
        if (value instanceof List<?> list) {
            return valid(list.stream().map(element -> of(element).raw()).collect(joining(",", "[", "]")));
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? valid(String.valueOf(value))
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
        return valid(elements.stream().map(RawJson::raw).collect(joining(", ", "[", "]")));
    }

    /** Writes an object in the order of a map, with a space behind each comma and colon. */
    public static RawJson object(Map<String, RawJson> members) {
        return valid(members.entrySet().stream()
                .map(member ->
                        string(member.getKey()).raw() + ": " + member.getValue().raw())
                .collect(joining(", ", "{", "}")));
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
