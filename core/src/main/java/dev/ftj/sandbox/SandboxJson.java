package dev.ftj.sandbox;

import dev.ftj.internal.json.InvalidJsonException;
import dev.ftj.internal.json.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Splits JSON text into the text of its parts, so that records are sent digit for digit as they are stored. */
final class SandboxJson {
    private SandboxJson() {}

    /** Reads a file beside this class. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(SandboxJson.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the text of the only value.
     *
     * @throws InvalidJsonException if the text is not exactly one well-formed value
     */
    static String value(String text) {
        return RawJson.parse(text).raw();
    }

    /** Returns the members of an object in their order; of several with one name, the last. */
    static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        RawJson.parse(object).forEachMember((name, value) -> members.put(name, value.raw()));
        return members;
    }

    static List<String> elements(String array) {
        return RawJson.parse(array).elements().stream().map(RawJson::raw).toList();
    }

    /** Returns the content of a string; null for any other value. */
    static @Nullable String text(String json) {
        return RawJson.valid(json).text();
    }

    static String quote(String text) {
        return RawJson.string(text).raw();
    }
}
