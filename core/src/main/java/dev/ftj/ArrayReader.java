package dev.ftj;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Reads an answer that is an array of any length, element by element, and says what is wrong with one that is none. An
 * answer that breaks off when elements were handed on is not asked for again: they would come twice.
 */
final class ArrayReader implements BodyReader {
    private static final int EXCERPT = 1024;

    private final String of;
    private final @Nullable String member;
    private final Predicate<Map<String, JsonSlice>> isEmpty;
    private final UnaryOperator<String> redaction;
    private final Consumer<JsonSlice> each;
    private final BiConsumer<String, JsonSlice> beside;
    private final HeldUp heldUp;
    private long count;
    private final Map<String, JsonSlice> head = new LinkedHashMap<>();

    /** How long the taker of the elements let them wait. */
    interface HeldUp {
        long nanos();
    }

    /**
     * @param of what the elements are, such as {@code jobs}
     * @param member the member of an object that holds the array; null where only a bare array will do
     * @param isEmpty whether an object without the array says that there is nothing yet
     * @param redaction takes the key out of what was sent
     * @param beside is handed what stands beside the array, in the order of the answer
     */
    ArrayReader(
            String of,
            @Nullable String member,
            Predicate<Map<String, JsonSlice>> isEmpty,
            UnaryOperator<String> redaction,
            Consumer<JsonSlice> each,
            BiConsumer<String, JsonSlice> beside,
            HeldUp heldUp) {
        this.of = of;
        this.member = member;
        this.isEmpty = isEmpty;
        this.redaction = redaction;
        this.each = each;
        this.beside = beside;
        this.heldUp = heldUp;
    }

    @Override
    public void read(InputStream body) throws IOException {
        byte[] beginning = body.readNBytes(EXCERPT);
        String text = redaction.apply(new String(beginning, StandardCharsets.UTF_8));
        if (text.isBlank() && beginning.length < EXCERPT) {
            throw JobReader.unreadable("empty", null);
        }
        try {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), body);
            JsonItems.Shape shape = JsonItems.read(
                    whole,
                    member,
                    element -> {
                        count++;
                        each.accept(redacted(element));
                    },
                    (name, value) -> {
                        head.put(redaction.apply(name), redacted(value));
                        beside.accept(redaction.apply(name), redacted(value));
                    });
            if (!shape.found() && !isEmpty.test(shape.head())) {
                String what = shape.isObject() ? "a JSON object" : "a JSON value";
                throw JobReader.unreadable(what + " and not a list of " + of, text);
            }
        } catch (JacksonException e) {
            throw JobReader.unreadable(
                    JobReader.whatIsWrong(e, text) + (count == 0 ? "" : " after " + count + " " + of),
                    count > 0 || e instanceof StreamConstraintsException ? null : text);
        } catch (Transport.BodyTooLargeException e) {
            throw JobReader.unreadable("one with an element " + e.getMessage(), null);
        } catch (IOException e) {
            throw count == 0 ? e : new BrokenOffException("after " + count + " " + of + ": " + reason(e), e);
        }
    }

    private JsonSlice redacted(JsonSlice value) {
        return new JsonSlice(redaction.apply(value.raw()));
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The answer ended too early, and a part of it has been handed on. */
    static final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1;

        BrokenOffException(String message, IOException cause) {
            super(message, cause);
        }
    }

    @Override
    public long heldUpNanos() {
        return heldUp.nanos();
    }

    /** What stood beside the array. */
    Map<String, JsonSlice> head() {
        return head;
    }
}
