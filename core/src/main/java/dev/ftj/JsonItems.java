package dev.ftj;

import dev.ftj.internal.text.SurrogateEscapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The elements of an array that may be too long to be held, each cut out of the stream as it was sent. The array is the
 * whole text, or one member of an object whose other members are few.
 */
final class JsonItems {
    private final Window window;
    private final Consumer<JsonSlice> each;
    private final BiConsumer<String, JsonSlice> beside;
    private final Map<String, JsonSlice> head = new LinkedHashMap<>();
    private boolean found;

    private JsonItems(InputStream in, Consumer<JsonSlice> each, BiConsumer<String, JsonSlice> beside) {
        this.window = new Window(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.each = each;
        this.beside = beside;
    }

    /**
     * What a text turned out to be.
     *
     * @param isObject whether the array was, or should have been, a member of an object
     * @param found whether there was such an array
     * @param head the other members of the object
     */
    record Shape(boolean isObject, boolean found, Map<String, JsonSlice> head) {}

    /**
     * Reads to the end of the text.
     *
     * @param member the member of an object that holds the array; null where only a bare array will do
     * @param each is handed every element
     * @param beside is handed every other member of the object, in the order of the text
     * @throws IOException where the stream breaks off, or an element is too large
     * @throws JacksonException where the text is not JSON within the limits; elements before that were handed on
     */
    static Shape read(
            InputStream in, @Nullable String member, Consumer<JsonSlice> each, BiConsumer<String, JsonSlice> beside)
            throws IOException {
        JsonItems items = new JsonItems(in, each, beside);
        try (JsonParser parser = JsonSlice.parser(items.window)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                items.array(parser);
            } else if (first == JsonToken.START_OBJECT && member != null) {
                items.object(parser, member);
            } else if (first != null) {
                parser.skipChildren();
            }
            if (first == null || parser.nextToken() != null) {
                throw JsonSlice.malformed(parser, first == null ? "no value" : "more than one value");
            }
            return new Shape(first == JsonToken.START_OBJECT, items.found, items.head);
        } catch (JacksonException e) {
            if (items.window.failure != null) {
                throw items.window.failure;
            }
            throw e;
        }
    }

    private void array(JsonParser parser) {
        found = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.accept(window.cut(parser));
        }
    }

    private void object(JsonParser parser, String member) throws IOException {
        long length = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = window.name(parser);
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(member)) {
                array(parser);
            } else {
                JsonSlice value = window.cut(parser);
                length += name.length() + value.raw().length();
                if (length > Transport.MAX_BODY) {
                    throw new Transport.BodyTooLargeException();
                }
                head.put(name, value);
                beside.accept(name, value);
            }
        }
    }

    /** The part of the text that is being read: what the parser has seen and nobody has cut out yet. */
    private static final class Window extends Reader {
        private static final int WORTH_DROPPING = 32 * 1024;

        private final Reader in;
        private final StringBuilder text = new StringBuilder();
        private final SurrogateEscapes escapes = new SurrogateEscapes();
        private long dropped;
        private long done;
        private boolean begun;
        private @Nullable IOException failure;

        Window(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            try {
                int read = in.read(buffer, offset, length);
                if (!begun && read > 0) {
                    begun = true;
                    if (buffer[offset] == '\uFEFF') {
                        buffer[offset] = ' ';
                    }
                }
                drop();
                if (text.length() + Math.max(read, 0) - (done - dropped) > Transport.MAX_BODY) {
                    throw new Transport.BodyTooLargeException();
                }
                text.append(buffer, offset, Math.max(read, 0));
                escapes.hide(buffer, offset, offset + Math.max(read, 0));
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private void drop() {
            int surplus = (int) (done - dropped);
            if (surplus >= WORTH_DROPPING) {
                text.delete(0, surplus);
                dropped = done;
            }
        }

        /** The name that the parser stands on. */
        String name(JsonParser parser) {
            int start = (int) (parser.currentTokenLocation().getCharOffset() - dropped);
            if (start >= text.length()) {
                // Jackson looked for the value, met the end, and counts the place of the name from there
                throw JsonSlice.malformed(parser, "unexpected end");
            }
            return JsonSlice.content(text.substring(start, JsonSlice.endOfString(text, start) + 1));
        }

        /** The value that the parser stands on, which stands on its last token afterwards. */
        JsonSlice cut(JsonParser parser) {
            long start = parser.currentTokenLocation().getCharOffset();
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            } else {
                parser.finishToken();
            }
            long end = parser.currentLocation().getCharOffset();
            String raw = text.substring((int) (start - dropped), (int) (end - dropped));
            done = end;
            return new JsonSlice(raw);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
