package dev.ftj;

import static java.util.stream.Collectors.joining;

import dev.ftj.internal.text.SurrogateEscapes;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A piece of JSON as it was sent: every digit, escape and duplicate key. Values are found by their place in the text
 * and cut out of it, never written anew.
 */
record JsonSlice(String raw) {
    static final int MAX_DEPTH = 500;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** For an array of values that are no deeper than one alone may be. */
    private static final JsonFactory ARRAY_FACTORY = FACTORY.rebuild()
            .streamReadConstraints(FACTORY.streamReadConstraints()
                    .rebuild()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .build())
            .build();

    /**
     * The one value that a text holds.
     *
     * @throws JacksonException where the text is not one well-formed JSON value within the limits
     */
    static JsonSlice parse(String text) {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() == null) {
                throw malformed(parser, "no value");
            }
            String raw = cut(parser, json);
            if (parser.nextToken() != null) {
                throw malformed(parser, "more than one value");
            }
            return new JsonSlice(raw);
        }
    }

    /** The same; null where the text is no such value. */
    static @Nullable JsonSlice parseOrNull(String text) {
        try {
            return parse(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** A string, with all but ASCII as it is; half a surrogate pair is an escape, since UTF-8 has no other form of it. */
    static JsonSlice string(String text) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
        if (hasHalfPair(quoted)) {
            quoted = quoted.codePoints()
                    .mapToObj(point -> isHalfPair(point) ? String.format("\\u%04x", point) : Character.toString(point))
                    .collect(joining());
        }
        return new JsonSlice('"' + quoted + '"');
    }

    /** An array of what stands already. */
    static JsonSlice array(List<JsonSlice> elements) {
        return new JsonSlice(elements.stream().map(JsonSlice::raw).collect(joining(", ", "[", "]")));
    }

    /** An object of what stands already. */
    static JsonSlice object(Map<String, JsonSlice> members) {
        return new JsonSlice(members.entrySet().stream()
                .map(member ->
                        string(member.getKey()).raw() + ": " + member.getValue().raw())
                .collect(joining(", ", "{", "}")));
    }

    boolean isObject() {
        return raw.startsWith("{");
    }

    boolean isArray() {
        return raw.startsWith("[");
    }

    boolean isNull() {
        return raw.equals("null");
    }

    /** The members of an object by name in their order, the last where a name is there twice; none of anything else. */
    Map<String, JsonSlice> fields() {
        Map<String, JsonSlice> fields = new LinkedHashMap<>();
        if (isObject()) {
            try (JsonParser parser = parser(raw)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = name(parser, raw);
                    parser.nextToken();
                    fields.put(name, new JsonSlice(cut(parser, raw)));
                }
            }
        }
        return fields;
    }

    /** The member of that name, the last where there are several; null where there is none or it is null. */
    @Nullable
    JsonSlice member(String name) {
        JsonSlice found = fields().get(name);
        return found == null || found.isNull() ? null : found;
    }

    /** The text of the member of that name; null where it is no string. */
    @Nullable
    String text(String name) {
        JsonSlice value = member(name);
        return value == null ? null : value.text();
    }

    /** The elements of an array; none of anything else. */
    List<JsonSlice> elements() {
        List<JsonSlice> elements = new ArrayList<>();
        forEachElement(elements::add);
        return elements;
    }

    /** The same one by one, for arrays that are long. */
    void forEachElement(Consumer<JsonSlice> action) {
        if (isArray()) {
            try (JsonParser parser = parser(raw)) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    action.accept(new JsonSlice(cut(parser, raw)));
                }
            }
        }
    }

    /** What a number is, infinite where it is too large; null of anything else, of digits in quotes, too. */
    @Nullable
    Double number() {
        char first = raw.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            return raw.startsWith("-I") ? Double.NEGATIVE_INFINITY : Double.parseDouble(raw);
        }
        return switch (raw) {
            case "NaN" -> Double.NaN;
            case "Infinity", "INF", "+Infinity", "+INF" -> Double.POSITIVE_INFINITY;
            default -> null;
        };
    }

    /** What a string says; null of anything else. */
    @Nullable
    String text() {
        if (!raw.startsWith("\"")) {
            return null;
        }
        return content(raw);
    }

    /** What stands between the quotes of a string. */
    static String content(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), quoted)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    /** The same text with other names in place of those that Jackson refuses, which no type can ask for. */
    String bindable() {
        String hidden = SurrogateEscapes.hidden(raw);
        if (hidden.equals(raw)) {
            return raw;
        }
        StringBuilder bindable = new StringBuilder(raw);
        try (JsonParser parser = parser(raw)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && hasHalfPair(name(parser, raw))) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    int end = endOfString(raw, start);
                    bindable.replace(start, end, hidden.substring(start, end));
                }
            }
        }
        return bindable.toString();
    }

    private static boolean hasHalfPair(String text) {
        return text.codePoints().anyMatch(JsonSlice::isHalfPair);
    }

    private static boolean isHalfPair(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    /** The string where it is one, else the JSON without its line breaks and indentation: for people to read. */
    String shown() {
        String text = text();
        return text != null ? text : compact();
    }

    /** The same value without white space between its tokens. */
    String compact() {
        StringBuilder compact = new StringBuilder(raw.length());
        boolean quoted = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (quoted && c == '\\') {
                compact.append(c).append(raw.charAt(++i));
            } else if (quoted || c > ' ') {
                quoted ^= c == '"';
                compact.append(c);
            }
        }
        return compact.toString();
    }

    /** The place of the closing quote of the string that begins at a place. */
    static int endOfString(CharSequence json, int start) {
        int i = start + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** Reads an array of values, whose number may be without bounds. */
    static JsonParser parser(Reader text) {
        return ARRAY_FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    static JacksonException malformed(JsonParser parser, String why) {
        return new StreamReadException(parser, why);
    }

    /** For finding names and values by their places; what they say is read from the text itself. */
    private static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), SurrogateEscapes.hidden(text));
    }

    /** The name that the parser stands on: its own instance, which records share, where no escape hides another. */
    private static String name(JsonParser parser, String text) {
        String name = parser.currentName();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        return text.startsWith(name + '"', start + 1)
                ? name
                : content(text.substring(start, endOfString(text, start) + 1));
    }

    /** The text of the value that the parser stands on; the parser stands on its last token afterwards. */
    private static String cut(JsonParser parser, String text) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            // tokens are found by their first character only: the rest of a string may not be there
            parser.finishToken();
        }
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
