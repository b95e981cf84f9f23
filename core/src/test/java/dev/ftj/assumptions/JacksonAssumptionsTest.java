package dev.ftj.assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Jackson does that ftj works around or relies on. A test that fails after an upgrade names the code that may go, or
 * has to change.
 */
class JacksonAssumptionsTest {
    private static final String HALF_A_PAIR = "\\ud83d";

    private final JsonMapper mapper = new JsonMapper();

    record Epochs(int epochs) {}

    record Moment(LocalDateTime at) {}

    private JsonParser parser(String json) {
        return mapper.createParser(new StringReader(json));
    }

    private static void readAll(JsonParser parser) {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                assertThat(parser.getString()).isNotNull();
            }
        }
    }

    /** The Javadoc of FineTuneJob.as says so. */
    @Test
    void aMissingPrimitiveIsZeroAndANullOneIsAnError() {
        assertThat(mapper.readValue("{}", Epochs.class)).isEqualTo(new Epochs(0));
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> mapper.readValue("{\"epochs\": null}", Epochs.class));
    }

    /** BindingMapper reads the timestamps that Jackson refuses. */
    @Test
    void aLocalDateTimeDropsTheZAndRefusesAnOffset() {
        assertThat(mapper.readValue("{\"at\": \"2026-11-27T10:00:00Z\"}", Moment.class))
                .isEqualTo(new Moment(LocalDateTime.of(2026, 11, 27, 10, 0)));
        assertThatExceptionOfType(DatabindException.class)
                .isThrownBy(() -> mapper.readValue("{\"at\": \"2026-11-27T10:00:00+00:00\"}", Moment.class));
    }

    /** BindingMapper reads the timestamps that Jackson refuses. */
    @Test
    void anInstantWithoutAZoneIsRefused() {
        assertThatExceptionOfType(DatabindException.class)
                .isThrownBy(() -> mapper.readValue("\"2026-11-27T10:00:00\"", Instant.class));
    }

    /** RawJson.member takes the last of several fields, too. */
    @Test
    void theLastOfSeveralFieldsOfOneNameCounts() {
        String twice = "{\"epochs\": 1, \"epochs\": 2}";
        assertThat(mapper.readValue(twice, Epochs.class)).isEqualTo(new Epochs(2));
        assertThat(mapper.readTree(twice).get("epochs").asInt()).isEqualTo(2);
        assertThat(mapper.readValue(twice, Map.class)).isEqualTo(Map.of("epochs", 2));
    }

    /** SurrogateEscapes hides such escapes from the parser. */
    @Test
    void halfASurrogatePairIsReadInAValueAndRefusedInAName() {
        assertThat(mapper.readTree("[\"" + HALF_A_PAIR + "\"]").get(0).asString())
                .isEqualTo("\ud83d");
        assertThatExceptionOfType(StreamReadException.class)
                .isThrownBy(() -> mapper.readTree("{\"" + HALF_A_PAIR + "\": 1}"));
    }

    /** Nothing is bound by way of text that Jackson wrote. */
    @Test
    void aNameThatIsRefusedIsWritten() {
        JsonMapper ascii =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        String written = ascii.writeValueAsString(Map.of("\ud83d", 1));
        assertThatExceptionOfType(StreamReadException.class).isThrownBy(() -> mapper.readTree(written));
    }

    /** YamlText has a name for each of them. */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+INF", "-INF", "Infinity", "+Infinity", "-Infinity"})
    void notANumberHasTheseNamesWhereAllowed(String name) {
        JsonMapper allowing = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        JsonNode number = allowing.readTree(name);
        assertThat(number.isNumber()).isTrue();
        assertThat(Double.isFinite(number.asDouble())).isFalse();
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> mapper.readTree(name));
    }

    /** Records and list items are cut out of the text at these offsets. */
    @Test
    void tokensKnowWhereTheyBeginAndEndInAReadersText() {
        try (JsonParser parser = parser("  {\"a\": [1.50e+2, \"x\\\"\"]} ")) {
            List<String> places = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                parser.finishToken();
                places.add(token.name() + " " + parser.currentTokenLocation().getCharOffset() + "-"
                        + parser.currentLocation().getCharOffset());
            }
            assertThat(places)
                    .containsExactly(
                            "START_OBJECT 2-3",
                            "PROPERTY_NAME 3-9",
                            "START_ARRAY 8-9",
                            "VALUE_NUMBER_FLOAT 9-16",
                            "VALUE_STRING 18-23",
                            "END_ARRAY 23-24",
                            "END_OBJECT 24-25");
        }
    }

    /** JsonSource takes a name that begins behind the text for a text that is cut short. */
    @Test
    void theNameOfANumberThatEndsTheTextIsPlacedBehindTheText() {
        String json = "{\"jobs\": 1";
        try (JsonParser parser = parser(json)) {
            parser.nextToken();
            assertThat(parser.nextToken()).isEqualTo(JsonToken.PROPERTY_NAME);
            assertThat(parser.currentTokenLocation().getCharOffset()).isGreaterThanOrEqualTo(json.length());
        }
    }

    /** A body of a job is at most 500 levels deep. */
    @Test
    void fiveHundredLevelsAreReadAndFiveHundredAndOneAreNot() {
        String deep = "[".repeat(500) + "]".repeat(500);
        readAll(parser(deep));
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> readAll(parser("[" + deep + "]")));
    }

    /** ObjectBinding says which version of the annotations to pin. */
    @Test
    void withoutTheAnnotationsOf221TheFirstBuilderFails() throws Exception {
        try (URLClassLoader loader = new Without("com.fasterxml.jackson.annotation.JsonSerializeAs")) {
            Class<?> old = loader.loadClass(JsonMapper.class.getName());
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> old.getMethod("builder").invoke(null))
                    .havingRootCause()
                    .satisfies(missing -> assertThat(missing)
                            .isInstanceOf(ClassNotFoundException.class)
                            .hasMessageContaining("JsonSerializeAs"));
        }
    }

    /** This class path without one of its classes. */
    private static final class Without extends URLClassLoader {
        private final String missing;

        Without(String missing) throws MalformedURLException {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.missing = missing;
        }

        private static URL[] classPath() throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(new File(entry).toURI().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected @Nullable Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }
}
