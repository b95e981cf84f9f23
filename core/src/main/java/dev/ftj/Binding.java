package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;

/** From the server's text to a caller's own type. Apart, since Databind's first use is felt and few callers need it. */
final class Binding {
    private Binding() {}

    static <T> T bind(String json, Class<T> type, String what) {
        try {
            return Mapper.MAPPER.readValue(new JsonSlice(json).bindable(), type);
        } catch (JacksonException e) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    what + " does not fit " + type.getName() + " (" + e.getOriginalMessage() + ")",
                    "Compare the type's fields with json()");
        } catch (LinkageError e) {
            String missing = missingAnnotation(e);
            if (missing == null) {
                throw e;
            }
            FineTuneException failure = FineTuneException.of(
                    Kind.LOCAL,
                    "cannot bind " + what + ": Jackson Databind does not load (" + missing + ")",
                    "Pin com.fasterxml.jackson.core:jackson-annotations to 2.22 in your build: the class path has another"
                            + " version");
            failure.initCause(e);
            throw failure;
        }
    }

    /** What Databind misses of its annotations, at the second call too; null where the caller's own type does not load. */
    private static @Nullable String missingAnnotation(LinkageError e) {
        String missing = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.replace('/', '.').contains("com.fasterxml.jackson.annotation.")) {
                missing = message;
            }
        }
        return missing;
    }

    private static final class Mapper {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addHandler(new Timestamps())
                .build();
    }

    /** Reads the timestamps that Jackson refuses as the accessors do. */
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
