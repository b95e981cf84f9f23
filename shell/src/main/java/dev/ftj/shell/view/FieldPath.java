package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of {@code --field}: a path of names and indexes to one value, such as {@code config.datasets[0].name}. */
public final class FieldPath {
    /**
     * A step into a value.
     *
     * @param name the name of a member
     * @param index the index of an element; -1 if the name is not a number
     */
    private record Step(String name, int index) {
        @Nullable
        RawJson in(RawJson json) {
            if (json.isArray() && index >= 0) {
                List<RawJson> elements = json.elements();
                return index < elements.size() ? elements.get(index) : null;
            }
            return json.field(name);
        }
    }

    private final String path;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private FieldPath(String path) {
        this.path = path;
    }

    /**
     * Parses a path.
     *
     * @throws FineTuneException of kind {@code USAGE} if the text is not a path
     */
    public static FieldPath of(String path) {
        FieldPath parsed = new FieldPath(path);
        parsed.parse();
        return parsed;
    }

    /** Parses several paths, in their order. */
    public static List<FieldPath> all(List<String> paths) {
        List<FieldPath> parsed = new ArrayList<>();
        for (String path : paths) {
            parsed.add(of(path));
        }
        return parsed;
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
                "not a --field path: " + (path.isEmpty() ? "\"\"" : path) + " (" + why + ")",
                "Write it like config.model, config.datasets[0].file_ids or config[\"a.b\"]");
    }

    /** Returns the value at this path; null if there is none, or it is JSON null. */
    @Nullable
    RawJson in(RawJson json) {
        RawJson found = json;
        for (Step step : steps) {
            found = step.in(found);
            if (found == null) {
                return null;
            }
        }
        return found.isNull() ? null : found;
    }

    @Override
    public String toString() {
        return path;
    }
}
