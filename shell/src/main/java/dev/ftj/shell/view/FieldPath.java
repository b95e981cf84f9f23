package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.SurrogateEscapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** The value of {@code --field}: names and indexes that lead to one value, such as {@code config.datasets[0].name}. */
public final class FieldPath {
    /** What is read here came through the client, which has its own. */
    private static final StreamReadConstraints NO_LIMITS = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNestingDepth(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(NO_LIMITS)
            .build();

    /** A name of an object, or where it is all digits an index of an array, too. */
    private record Step(String name, int index) {}

    /** What stands at the path. */
    record Found(String json, @Nullable String text) {}

    private final String path;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private FieldPath(String path) {
        this.path = path;
    }

    /**
     * The path as typed.
     *
     * @throws FineTuneException of kind {@code USAGE} where it is none
     */
    public static FieldPath of(String path) {
        FieldPath parsed = new FieldPath(path);
        parsed.parse();
        return parsed;
    }

    /** One path or several, in their order. */
    public static List<FieldPath> all(List<String> paths) {
        return paths.stream().map(FieldPath::of).toList();
    }

    private void parse() {
        do {
            if (at < path.length() && path.charAt(at) == '[') {
                bracket();
            } else {
                name();
            }
            if (at < path.length() && path.charAt(at) == '.') {
                at++;
                if (at == path.length()) {
                    throw wrong("it ends in a dot");
                }
            } else if (at < path.length() && path.charAt(at) != '[') {
                throw wrong("a . or [ is missing behind ]");
            }
        } while (at < path.length());
    }

    private void name() {
        int start = at;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        if (at == start) {
            throw wrong("a name is empty");
        }
        steps.add(new Step(path.substring(start, at), -1));
    }

    private void bracket() {
        at++;
        boolean quoted = at < path.length() && path.charAt(at) == '"';
        int end = path.indexOf(quoted ? "\"]" : "]", at + (quoted ? 1 : 0));
        if (end < 0) {
            throw wrong("a bracket is not closed");
        }
        String inside = path.substring(at + (quoted ? 1 : 0), end);
        at = end + (quoted ? 2 : 1);
        if (inside.isEmpty() && !quoted) {
            throw wrong("a bracket is empty");
        }
        steps.add(new Step(inside, !quoted && inside.matches("\\d{1,9}") ? Integer.parseInt(inside) : -1));
    }

    private FineTuneException wrong(String why) {
        return FineTuneException.of(
                Kind.USAGE,
                "not a --field path: " + path + " (" + why + ")",
                "Write it like config.model, config.datasets[0].file_ids or config[\"a.b\"]");
    }

    /** The value in a JSON text; null where there is none, or it is null. */
    @Nullable
    Found in(String json) {
        Found found = new Found(json, null);
        for (Step step : steps) {
            found = step(found.json(), step);
            if (found == null) {
                return null;
            }
        }
        return found.json().equals("null") ? null : found;
    }

    /** As jq does: of several members of one name the last counts. */
    private static @Nullable Found step(String json, Step step) {
        Found found = null;
        try (JsonParser parser = parser(json)) {
            JsonToken start = parser.nextToken();
            if (start == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean wanted = step.name().equals(name(parser, json));
                    parser.nextToken();
                    found = wanted ? value(parser, json) : skipped(parser, found);
                }
            } else if (start == JsonToken.START_ARRAY && step.index() >= 0) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    found = i == step.index() ? value(parser, json) : skipped(parser, found);
                }
            }
        }
        return found;
    }

    private static @Nullable Found skipped(JsonParser parser, @Nullable Found found) {
        parser.skipChildren();
        return found;
    }

    /** For finding names and values by their places; {@link #name} and {@link #value} read what they say. */
    static JsonParser parser(String json) {
        return JSON.createParser(ObjectReadContext.empty(), SurrogateEscapes.hidden(json));
    }

    /** The name that the parser stands on. */
    static String name(JsonParser parser, String json) {
        String name = parser.currentName();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (json.startsWith(name + '"', start + 1)) {
            return name;
        }
        int end = start + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        return content(json.substring(start, end + 1));
    }

    /** The value that the parser stands on, which stands on its last token afterwards. */
    static Found value(JsonParser parser, String json) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.getString();
        }
        String value = json.substring(start, (int) parser.currentLocation().getCharOffset());
        return new Found(value, token == JsonToken.VALUE_STRING ? content(value) : null);
    }

    private static String content(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), quoted)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
