package dev.ftj.book;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The first line of a compacted book, always equally long, since it is written when the rest is there.
 *
 * @param generation one more with each compaction: who has read the book of another generation reads it anew
 * @param size of the whole book after the compaction, in bytes
 * @param seen before this place there are no lines of jobs that were seen, or forgotten; 0 where nobody knows
 */
record Header(long generation, long size, long seen) {
    static final int LENGTH = 112;

    private static final Header NONE = new Header(0, 0, 0);

    byte[] toBytes() {
        byte[] line = new byte[LENGTH];
        Arrays.fill(line, (byte) ' ');
        byte[] text = ("{\"kind\":\"" + Line.HEADER + "\",\"generation\":" + generation + ",\"size\":" + size
                        + ",\"seen\":" + seen + "}")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, line, 0, text.length);
        line[LENGTH - 1] = '\n';
        return line;
    }

    /** @param head the first bytes of a book; one that was never compacted has generation and size 0 */
    static Header read(byte[] head) {
        if (head.length < LENGTH || head[LENGTH - 1] != '\n') {
            return NONE;
        }
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), head, 0, LENGTH)) {
            return json.nextToken() == JsonToken.START_OBJECT ? readFields(json) : NONE;
        } catch (JacksonException e) {
            return NONE;
        }
    }

    private static Header readFields(JsonParser json) {
        @Nullable String kind = null;
        long generation = 0;
        long size = 0;
        long seen = 0;
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "kind" -> kind = json.getString();
                case "generation" -> generation = json.getValueAsLong();
                case "size" -> size = json.getValueAsLong();
                case "seen" -> seen = Math.max(0, json.getValueAsLong());
                default -> json.skipChildren();
            }
        }
        return Line.HEADER.equals(kind) ? new Header(generation, size, seen) : NONE;
    }
}
