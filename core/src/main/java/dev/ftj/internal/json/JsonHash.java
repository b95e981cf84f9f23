package dev.ftj.internal.json;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Hashes JSON values of 64 bits while they are parsed: white space, escapes and the order of members do not count. */
final class JsonHash {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private JsonHash() {}

    /**
     * Reads a value to its end.
     *
     * @param token the current one, with which the value begins
     */
    static long of(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> ofObject(parser, name -> {});
            case START_ARRAY -> ofArray(parser);
            default -> ofScalar(parser, token);
        };
    }

    /**
     * Reads an object to its end.
     *
     * @param onKey receives each key, in the order of the text
     */
    static long ofObject(JsonParser parser, Consumer<String> onKey) {
        long members = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            onKey.accept(name);
            long key = JsonToken.PROPERTY_NAME.ordinal();
            for (int i = 0; i < name.length(); i++) {
                key = append(key, name.charAt(i));
            }
            // A sum does not depend on the order.
            members += mixed(append(mixed(key), of(parser, parser.nextToken())));
        }
        return mixed(append(JsonToken.START_OBJECT.ordinal(), members));
    }

    private static long ofArray(JsonParser parser) {
        long hash = JsonToken.START_ARRAY.ordinal();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            hash = append(hash, of(parser, token));
        }
        return mixed(hash);
    }

    private static long ofScalar(JsonParser parser, JsonToken token) {
        long hash = token.ordinal();
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            char[] text = parser.getStringCharacters();
            int from = parser.getStringOffset();
            int to = from + parser.getStringLength();
            for (int i = from; i < to; i++) {
                hash = append(hash, text[i]);
            }
        }
        return mixed(hash);
    }

    private static long append(long hash, long next) {
        long product = (hash ^ next) * FACTOR;
        return product ^ product >>> 32;
    }

    /** Lets every bit depend on every other, as the last step of MurmurHash3 does. */
    private static long mixed(long hash) {
        long half = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        half = (half ^ half >>> 33) * 0xC4CEB9FE1A85EC53L;
        return half ^ half >>> 33;
    }
}
