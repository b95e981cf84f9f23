package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * JSON as YAML that readers of YAML 1.1 and of 1.2 take for the same: the same fields in the same order, numbers with
 * their digits, every string quoted, and every key that could be anything but a word. Of several fields of one name
 * only the last stays, since YAML forbids more.
 */
final class YamlText {
    /** All that some reader takes for null, true or false (YAML 1.1 has y, n, on and off) is left out. */
    private static final Pattern WORD =
            Pattern.compile("(?i)(?!(?:y|yes|n|no|true|false|on|off|null)$)[a-z_][a-z0-9_.-]*");

    /** A key on one line with its value has at most 1024 characters. */
    private static final int LONGEST_KEY = 1000;

    private final String json;
    private final JsonParser parser;
    private final Set<Integer> replaced;
    private final StringBuilder yaml;

    private YamlText(String json, JsonParser parser, Set<Integer> replaced) {
        this.json = json;
        this.parser = parser;
        this.replaced = replaced;
        this.yaml = new StringBuilder(json.length() + 64);
    }

    /** Ends in a line feed. */
    static String of(String json) {
        Set<Integer> replaced = replacedFields(json);
        try (JsonParser parser = FieldPath.parser(json)) {
            YamlText text = new YamlText(json, parser, replaced);
            parser.nextToken();
            text.value("", "", "");
            return Sanitizer.json(text.yaml.toString());
        }
    }

    /** The places of the names that come again in the same object. */
    private static Set<Integer> replacedFields(String json) {
        Set<Integer> replaced = new HashSet<>();
        Deque<Map<String, Integer>> open = new ArrayDeque<>();
        try (JsonParser parser = FieldPath.parser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.push(new HashMap<>());
                    case END_OBJECT -> open.pop();
                    case PROPERTY_NAME -> {
                        Integer before = open.element().put(FieldPath.name(parser, json), place(parser));
                        if (before != null) {
                            replaced.add(before);
                        }
                    }
                    default -> {}
                }
            }
        }
        return replaced;
    }

    private static int place(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /**
     * Writes the value that the parser stands on, to the end of its last line.
     *
     * @param indent that of each line but the first
     * @param before what comes before a value of one line
     * @param beforeBlock what comes before one of several lines
     */
    private void value(String indent, String before, String beforeBlock) {
        if (!parser.currentToken().isStructStart()) {
            yaml.append(before).append(scalar()).append('\n');
            return;
        }
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        String lead = beforeBlock;
        if (parser.nextToken().isStructEnd()) {
            yaml.append(before).append(object ? "{}\n" : "[]\n");
        }
        for (; !parser.currentToken().isStructEnd(); parser.nextToken()) {
            if (object && replaced.contains(place(parser))) {
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            yaml.append(lead);
            lead = indent;
            if (object) {
                field(indent);
            } else {
                yaml.append('-');
                value(indent + "  ", " ", " ");
            }
        }
    }

    private void field(String indent) {
        String name = FieldPath.name(parser, json);
        String key = WORD.matcher(name).matches() ? name : quoted(name);
        yaml.append(key.length() > LONGEST_KEY ? "? " + key + '\n' + indent : key)
                .append(':');
        String deeper = parser.nextToken() == JsonToken.START_ARRAY ? indent : indent + "  ";
        value(deeper, " ", '\n' + deeper);
    }

    private String scalar() {
        FieldPath.Found value = FieldPath.value(parser, json);
        if (value.text() != null) {
            return quoted(value.text());
        }
        return parser.currentToken().isNumeric() ? number(value.json()) : value.json();
    }

    /** JSON has no names for the first three; YAML 1.1 has no number with an exponent, but without a point and a sign. */
    private static String number(String digits) {
        switch (digits) {
            case "NaN":
                return ".nan";
            case "Infinity", "+Infinity", "INF", "+INF":
                return ".inf";
            case "-Infinity", "-INF":
                return "-.inf";
            default:
                int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
                if (exponent < 0) {
                    return digits;
                }
                String mantissa = digits.substring(0, exponent);
                String sign = Character.isDigit(digits.charAt(exponent + 1)) ? "+" : "";
                return mantissa
                        + (mantissa.contains(".") ? "" : ".0")
                        + digits.charAt(exponent)
                        + sign
                        + digits.substring(exponent + 1);
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"', '\\' -> quoted.append('\\').append((char) point);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean raw = point >= ' '
                            && point != 0xFEFF
                            && point != 0xFFFE
                            && point != 0xFFFF
                            && Character.getType(point) != Character.SURROGATE;
                    if (raw) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(String.format("\\u%04x", point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
