package dev.ftj.shell.view;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON as YAML with the same meaning in YAML 1.1 and 1.2: the same fields in the same order, numbers with their digits,
 * every string quoted, and every key that could be anything but a word. Of duplicate fields only the last one stays, since
 * YAML forbids duplicates.
 */
final class YamlText {
    /** Words that some reader takes for null, true or false are left out; YAML 1.1 has y, n, on and off. */
    private static final Pattern WORD =
            Pattern.compile("(?i)(?!(?:y|yes|n|no|true|false|on|off|null)$)[a-z_][a-z0-9_.-]*");

    /** A key on one line with its value has at most 1024 characters. */
    private static final int LONGEST_KEY = 1000;

    private final StringBuilder yaml;

    private YamlText(int length) {
        this.yaml = new StringBuilder(length);
    }

    /** Returns a value as YAML that ends in a line feed. */
    static String of(RawJson json) {
        YamlText text = new YamlText(json.raw().length() + 64);
        text.value(json, "", "", "");
        return Sanitizer.json(text.yaml.toString());
    }

    /**
     * Writes a value, to the end of its last line.
     *
     * @param indent goes before each line but the first
     * @param before goes before a value of one line
     * @param beforeBlock goes before a value of several lines
     */
    private void value(RawJson json, String indent, String before, String beforeBlock) {
        String lead = beforeBlock;
        if (json.isObject()) {
            Map<String, RawJson> fields = new LinkedHashMap<>();
            json.forEachMember((name, value) -> {
                fields.remove(name);
                fields.put(name, value);
            });
            for (Map.Entry<String, RawJson> field : fields.entrySet()) {
                yaml.append(lead);
                lead = indent;
                field(field.getKey(), field.getValue(), indent);
            }
            yaml.append(fields.isEmpty() ? before + "{}\n" : "");
        } else if (json.isArray()) {
            List<RawJson> elements = json.elements();
            for (RawJson element : elements) {
                yaml.append(lead).append('-');
                lead = indent;
                value(element, indent + "  ", " ", " ");
            }
            yaml.append(elements.isEmpty() ? before + "[]\n" : "");
        } else {
            String text = json.text();
            yaml.append(before)
                    .append(text != null ? quoted(text) : json.number() != null ? number(json.raw()) : json.raw())
                    .append('\n');
        }
    }

    private void field(String name, RawJson value, String indent) {
        String key = WORD.matcher(name).matches() ? name : quoted(name);
        yaml.append(key.length() > LONGEST_KEY ? "? " + key + '\n' + indent : key)
                .append(':');
        String deeper = value.isArray() ? indent : indent + "  ";
        value(value, deeper, " ", '\n' + deeper);
    }

    /** JSON has no names for the first three; YAML 1.1 has no number with an exponent, but without a point and a sign. */
    private static String number(String digits) {
        // See JacksonAssumptionsTest.notANumberHasTheseNamesWhereAllowed.
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
