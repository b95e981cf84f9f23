package dev.ftj;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of the fine-tune node, the API's {@code GET /fine-tune/status}: one of the five documented ones, or any other
 * text that a newer server sends.
 *
 * @since 0.1.0
 */
public final class NodeStatus {
    /** The server itself does not know. */
    public static final NodeStatus UNKNOWN = of("UNKNOWN");
    /** It would begin a job at once. */
    public static final NodeStatus READY = of("READY");
    /** It works on a job. */
    public static final NodeStatus BUSY = of("BUSY");
    /** It has not reported for a while. */
    public static final NodeStatus STALE = of("STALE");
    /** It cannot work. */
    public static final NodeStatus ERROR = of("ERROR");

    private static final List<NodeStatus> DOCUMENTED = List.of(UNKNOWN, READY, BUSY, STALE, ERROR);

    private final String value;
    private final String json;

    private NodeStatus(String value, String json) {
        this.value = value;
        this.json = json;
    }

    private static NodeStatus of(String value) {
        return new NodeStatus(value, '"' + value + '"');
    }

    /** The answer is a string, or an object with {@code status}. */
    static NodeStatus read(String text) {
        RawJson json = RawJson.parseOrNull(text);
        String value = json == null ? null : json.isObject() ? json.text("status") : json.text();
        if (json == null || value == null) {
            throw JobReader.unreadable("no node's status", text.isBlank() ? null : text);
        }
        return new NodeStatus(value, json.raw());
    }

    /** {@return the API's own text, as sent, such as {@code READY}} */
    public String value() {
        return value;
    }

    /** {@return whether the API's documentation knows it} */
    public boolean isDocumented() {
        return DOCUMENTED.contains(this);
    }

    /** {@return the server's whole answer, a JSON string or object, as sent} */
    public String json() {
        return json;
    }

    /** {@return the API's text with anything that a terminal might act on made visible} */
    @Override
    public String toString() {
        return Sanitizer.oneLine(value);
    }

    /** Two are equal when their statuses are, whatever else came with them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeStatus that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
