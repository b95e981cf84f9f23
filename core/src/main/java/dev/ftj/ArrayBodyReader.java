package dev.ftj;

import dev.ftj.internal.http.BodyReader;
import dev.ftj.internal.json.InvalidJsonException;
import dev.ftj.internal.json.JsonArrayStream;
import dev.ftj.internal.json.JsonArrayStream.TooLargeException;
import dev.ftj.internal.json.RawJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Reads a response that is an array of any length, or an object around one, element by element. A response that breaks off
 * after elements were handed on is not requested again: they would come twice.
 */
final class ArrayBodyReader implements BodyReader {
    /** The member with the array, if the API sends a list as an object. */
    static final String ENVELOPE = "data";

    private static final int EXCERPT = 1024;

    /** Receives the parts of a response in their order. */
    interface Handler {
        void element(RawJson element);

        /** Receives a member that stands beside the array. */
        default void member(String name, RawJson value) {}

        /** Returns whether members of the elements will be read. */
        default boolean readsMembers() {
            return true;
        }

        /** Returns whether an object without the array means that there are no elements yet. */
        default boolean isEmpty(Map<String, RawJson> members) {
            RawJson elements = members.get(ENVELOPE);
            return elements != null && elements.isNull();
        }
    }

    private final String of;
    private final Set<String> members;
    private final UnaryOperator<String> redaction;
    private final Handler handler;
    private final LongSupplier backpressure;
    private final Map<String, RawJson> head = new LinkedHashMap<>();
    private long count;

    /**
     * @param of the elements' name in a message, such as {@code jobs}
     * @param member the member that holds the array in an object; {@code data} may, too
     * @param redaction takes the key out of a text
     * @param backpressure the nanoseconds for which the handler blocked
     */
    ArrayBodyReader(
            String of, String member, UnaryOperator<String> redaction, Handler handler, LongSupplier backpressure) {
        this.of = of;
        this.members = new HashSet<>(List.of(member, ENVELOPE));
        this.redaction = redaction;
        this.handler = handler;
        this.backpressure = backpressure;
    }

    @Override
    public void read(InputStream body) throws IOException {
        head.clear();
        byte[] beginning = body.readNBytes(EXCERPT);
        String text = redaction.apply(new String(beginning, StandardCharsets.UTF_8));
        if (text.isBlank() && beginning.length < EXCERPT) {
            throw JobReader.unreadable("empty", null);
        }
        try {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), body);
            JsonArrayStream.Shape shape =
                    JsonArrayStream.read(whole, members, MAX_BODY, handler.readsMembers(), this::element, this::member);
            if (!shape.found() && !handler.isEmpty(shape.head())) {
                String what = shape.isObject() ? "a JSON object" : "a JSON value";
                throw JobReader.unreadable(what + " and not a list of " + of, text);
            }
        } catch (InvalidJsonException e) {
            throw JobReader.unreadable(
                    JobReader.problem(e, text) + (count == 0 ? "" : " " + afterCount()),
                    count > 0 || e.isTooDeep() ? null : text);
        } catch (TooLargeException e) {
            throw JobReader.unreadable("one with an element larger than " + MAX_BODY / 1024 / 1024 + " MiB", null);
        } catch (IOException e) {
            throw count == 0 ? e : new BrokenOffException(afterCount() + ": " + reason(e), e);
        }
    }

    private String afterCount() {
        return "after " + count + " " + (count == 1 ? of.replaceFirst("s$", "") : of);
    }

    private void element(RawJson element) {
        count++;
        handler.element(redacted(element));
    }

    private void member(String name, RawJson value) {
        String safeName = redaction.apply(name);
        RawJson safe = redacted(value);
        head.put(safeName, safe);
        handler.member(safeName, safe);
    }

    private RawJson redacted(RawJson value) {
        String safe = redaction.apply(value.raw());
        // a key of digits may have been replaced in a number
        return safe.equals(value.raw()) ? value : RawJson.parse(safe);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public long backpressureNanos() {
        return backpressure.getAsLong();
    }

    /** Returns the members beside the array, such as {@code has_more}, {@code next} or {@code after} of a page. */
    Map<String, RawJson> head() {
        return head;
    }
}
