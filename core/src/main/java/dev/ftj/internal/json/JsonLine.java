package dev.ftj.internal.json;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of a JSON Lines file, of which only a hash is kept.
 *
 * @param isObject false for a JSON value that is not an object
 * @param hash of the value: the same for lines that differ only in white space, escapes, or the order of members.
 *     Numbers are compared by their text, so that 1 and 1.0 differ
 */
public record JsonLine(boolean isObject, long hash) {
    private static final int MAX_DEPTH = 500;

    /** Of these, Jackson names the place behind. */
    private static final Pattern BEHIND = Pattern.compile("^Non-standard token '(.*?)'");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Reads the line to its end.
     *
     * @param utf8 valid UTF-8 without a byte order mark and without zero bytes
     * @param onKey receives each key of the object, in its order; some also if the rest of the line is malformed
     * @throws MalformedException if the line is not exactly one JSON value
     */
    public static JsonLine read(byte[] utf8, int length, Consumer<String> onKey) throws MalformedException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8, 0, length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedException("no value", 0);
            }
            boolean object = first == JsonToken.START_OBJECT;
            long hash = object ? JsonHash.ofObject(parser, onKey) : JsonHash.of(parser, first);
            if (parser.nextToken() != null) {
                int offset = (int) parser.currentTokenLocation().getByteOffset();
                throw new MalformedException("a second value: write one object a line", offset);
            }
            return new JsonLine(object, hash);
        } catch (StreamConstraintsException e) {
            throw new MalformedException("a value is nested deeper than " + MAX_DEPTH + " levels", 0);
        } catch (JacksonException e) {
            throw new MalformedException(reason(e.getOriginalMessage()), (int) offset(e, length));
        }
    }

    /** Leaves out what speaks of the parser's settings and places. */
    private static String reason(String message) {
        if (message.startsWith("Non-standard token") || message.startsWith("Unrecognized token")) {
            return message.substring(message.indexOf('\''), message.lastIndexOf('\'', message.indexOf(':')) + 1)
                    + " is not a JSON value";
        }
        if (message.startsWith("Unexpected end-of-input")) {
            return "the line ends in the middle of a value";
        }
        return message.replaceFirst(" \\(code \\d+\\)\\)", ")")
                .replaceFirst(": maybe a \\(non-standard\\).*| \\(for .*| \\(start marker.*", "");
    }

    private static long offset(JacksonException e, int length) {
        long offset = e.getLocation() == null ? length : e.getLocation().getByteOffset();
        Matcher behind = BEHIND.matcher(e.getOriginalMessage());
        if (behind.find()) {
            offset -= behind.group(1).length();
        }
        return Math.max(0, Math.min(offset, length));
    }

    /** Why a line is not JSON. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        private final int offset;

        MalformedException(String message, int offset) {
            super(message, null, false, false);
            this.offset = offset;
        }

        /** Returns the number of bytes before the error. */
        public int offset() {
            return offset;
        }
    }
}
