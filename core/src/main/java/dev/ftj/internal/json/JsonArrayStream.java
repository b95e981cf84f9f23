package dev.ftj.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads an array that may be too long to be held, and cuts each element out of the stream as it was sent. The array is the
 * whole text, or one member of an object whose other members are few.
 */
public final class JsonArrayStream {
    private final Window window;
    private final long limit;
    private final boolean located;
    private final Consumer<RawJson> each;
    private final BiConsumer<String, RawJson> beside;
    private final Map<String, RawJson> head = new LinkedHashMap<>();
    private boolean found;

    private JsonArrayStream(
            InputStream in, long limit, boolean located, Consumer<RawJson> each, BiConsumer<String, RawJson> beside) {
        this.window = new Window(new InputStreamReader(in, StandardCharsets.UTF_8), limit);
        this.limit = limit;
        this.located = located;
        this.each = each;
        this.beside = beside;
    }

    /** An element, or all that stands beside the array, has more characters than allowed. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        private TooLargeException() {
            super("too large");
        }
    }

    /**
     * The kind of text that was read: an object or not, whether it was or had the array, and the other members of the
     * object.
     */
    public record Shape(boolean isObject, boolean found, Map<String, RawJson> head) {}

    /**
     * Reads to the end of the text.
     *
     * @param in UTF-8
     * @param members the members of an object that may hold the array; the first that does is read
     * @param limit the most characters of an element, and of all other members
     * @param located whether members of elements will be asked for: locating them at once saves a second pass
     * @param each gets every element
     * @param beside gets every other member of the object, in the order of the text
     * @return the kind of text
     * @throws TooLargeException if an element is larger than the limit
     * @throws IOException if the stream fails
     * @throws InvalidJsonException if the text is not JSON within the limits; elements before that were handed on
     */
    public static Shape read(
            InputStream in,
            Set<String> members,
            long limit,
            boolean located,
            Consumer<RawJson> each,
            BiConsumer<String, RawJson> beside)
            throws IOException {
        JsonArrayStream stream = new JsonArrayStream(in, limit, located, each, beside);
        try (JsonParser parser = RawJson.parser(stream.window)) {
            return stream.read(parser, members);
        } catch (JacksonException e) {
            if (stream.window.failure != null) {
                throw stream.window.failure;
            }
            throw RawJson.invalid(e);
        }
    }

    private Shape read(JsonParser parser, Set<String> members) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            array(parser);
        } else if (first == JsonToken.START_OBJECT) {
            object(parser, members);
        } else if (first != null) {
            parser.finishToken();
        }
        if (first == null || parser.nextToken() != null) {
            throw new StreamReadException(parser, first == null ? "no value" : "more than one value");
        }
        return new Shape(first == JsonToken.START_OBJECT, found, head);
    }

    private void array(JsonParser parser) {
        found = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.accept(window.next(parser, located));
        }
    }

    private void object(JsonParser parser, Set<String> members) throws IOException {
        long length = 0;
        String array = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = window.name(parser);
            if (parser.nextToken() == JsonToken.START_ARRAY && (found ? name.equals(array) : members.contains(name))) {
                array = name;
                array(parser);
            } else {
                RawJson value = window.next(parser, false);
                length += name.length() + value.raw().length();
                if (length > limit) {
                    throw new TooLargeException();
                }
                head.put(name, value);
                beside.accept(name, value);
            }
        }
    }

    /** The part of the text that the parser has read and that was not cut out yet. */
    private static final class Window extends Reader implements JsonSource {
        private static final int WORTH_DROPPING = 32 * 1024;

        private final Reader in;
        private final long limit;
        private final SurrogateEscapes escapes = new SurrogateEscapes();
        private char[] text = new char[2 * WORTH_DROPPING];
        private int length;
        private long dropped;
        private long done;
        private boolean begun;
        private @Nullable IOException failure;

        Window(Reader in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read(char[] buffer, int offset, int most) throws IOException {
            try {
                int read = in.read(buffer, offset, most);
                if (read > 0) {
                    append(buffer, offset, read);
                    escapes.hide(buffer, offset, offset + read);
                }
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private void append(char[] buffer, int offset, int read) throws IOException {
            if (!begun && buffer[offset] == '\uFEFF') {
                buffer[offset] = ' ';
            }
            begun = true;
            int surplus = (int) (done - dropped);
            if (surplus >= WORTH_DROPPING) {
                System.arraycopy(text, surplus, text, 0, length - surplus);
                length -= surplus;
                dropped = done;
            }
            if (length + read - (done - dropped) > limit) {
                throw new TooLargeException();
            }
            if (length + read > text.length) {
                text = Arrays.copyOf(text, Math.max(length + read, text.length + (text.length >> 1)));
            }
            System.arraycopy(buffer, offset, text, length, read);
            length += read;
        }

        @Override
        public long length() {
            return dropped + length;
        }

        @Override
        public char charAt(long offset) {
            return text[(int) (offset - dropped)];
        }

        @Override
        public String cut(long start, long end) {
            return new String(text, (int) (start - dropped), (int) (end - start));
        }

        RawJson next(JsonParser parser, boolean located) {
            RawJson value = located ? RawJson.next(parser, this) : RawJson.nextUnlocated(parser, this);
            done = Members.end(parser);
            return value;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
