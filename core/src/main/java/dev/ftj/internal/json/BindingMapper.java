package dev.ftj.internal.json;

import dev.ftj.internal.text.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;

/** Binds JSON to a caller's own type. The only class that needs Jackson Databind, whose first use is slow. */
public final class BindingMapper {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addHandler(new Timestamps())
            .build();

    private BindingMapper() {}

    /**
     * Binds a value to a type.
     *
     * @throws InvalidJsonException if the value does not fit the type
     * @throws LinkageError if Databind, or a class that the type uses, does not load
     */
    public static <T> T bind(RawJson json, Class<T> type) {
        try {
            return MAPPER.readValue(bindable(json.raw()), type);
        } catch (JacksonException e) {
            throw RawJson.invalid(e);
        }
    }

    /** Returns a text that Databind accepts: it rejects member names with an unpaired surrogate, which no type asks for. */
    private static String bindable(String raw) {
        String hidden = RawJson.hidden(raw);
        if (hidden.equals(raw)) {
            return raw;
        }
        JsonSource source = JsonSource.of(raw);
        StringBuilder bindable = new StringBuilder(raw);
        try (JsonParser parser = RawJson.parser(raw)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && JsonWriter.hasLoneSurrogate(source.name(parser))) {
                    int start = (int) Members.start(parser);
                    int end = (int) source.endOfString(start);
                    bindable.replace(start, end, hidden.substring(start, end));
                }
            }
        }
        return bindable.toString();
    }

    /** Reads the timestamps that Jackson rejects as the accessors do. */
    // See JacksonAssumptionsTest.aLocalDateTimeDropsTheZAndRefusesAnOffset.
    private static final class Timestamps extends DeserializationProblemHandler {
        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String text, String failure) {
            Instant moment = Timestamp.parse(text);
            Object time = moment == null ? null : as(type, moment);
            return time == null ? NOT_HANDLED : time;
        }

        private static @Nullable Object as(Class<?> type, Instant moment) {
            if (type == Instant.class) {
                return moment;
            }
            if (type == OffsetDateTime.class) {
                return moment.atOffset(ZoneOffset.UTC);
            }
            if (type == ZonedDateTime.class) {
                return moment.atZone(ZoneOffset.UTC);
            }
            if (type == LocalDateTime.class) {
                return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
            }
            return type == Date.class ? Date.from(moment) : null;
        }
    }
}
