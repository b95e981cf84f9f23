package dev.ftj.shell.view;

import dev.ftj.text.Sanitizer;
import java.io.StringWriter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLGenerator;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** JSON as YAML: the same fields in the same order, numbers with their digits, every string quoted. */
final class YamlText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(FieldPath.NO_LIMITS)
            .build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private YamlText() {}

    /** Ends in a line feed. */
    static String of(String json) {
        StringWriter text = new StringWriter();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json);
                YAMLGenerator yaml = (YAMLGenerator) YAML.createGenerator(ObjectWriteContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    yaml.writeNumber(number(parser.getString()));
                } else {
                    yaml.copyCurrentEvent(parser);
                }
            }
        }
        String yaml = Sanitizer.json(text.toString());
        return yaml.endsWith("\n") ? yaml : yaml + "\n";
    }

    /** JSON has no name for these, YAML has. */
    private static String number(String text) {
        return switch (text) {
            case "NaN" -> ".nan";
            case "Infinity", "+Infinity", "INF", "+INF" -> ".inf";
            case "-Infinity", "-INF" -> "-.inf";
            default -> text;
        };
    }
}
