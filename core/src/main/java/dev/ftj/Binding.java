package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** From the server's text to a caller's own type. Apart, since Databind's first use is felt and few callers need it. */
final class Binding {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Binding() {}

    static <T> T bind(String json, Class<T> type, String what) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    what + " does not fit " + type.getName() + " (" + e.getOriginalMessage() + ")",
                    "Compare the type's fields with json()");
        }
    }
}
