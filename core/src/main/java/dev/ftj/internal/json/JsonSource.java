package dev.ftj.internal.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/** The text that a parser reads, by the parser's own offsets. */
interface JsonSource {
    /** Returns the offset behind the last character that is there. */
    long length();

    char charAt(long offset);

    String cut(long start, long end);

    /** Returns the name that the parser is on, read from the text: the parser may see hidden escapes. */
    default String name(JsonParser parser) {
        String name = parser.currentName();
        long start = Members.start(parser) + 1;
        if (has(name, start)) {
            return name; // the parser's own instance: records share it
        }
        if (start > length()) {
            // See JacksonAssumptionsTest.theNameOfANumberThatEndsTheTextIsPlacedBehindTheText.
            // Jackson looked for the value, reached the end, and counts the offset of the name from there
            throw new StreamReadException(parser, "unexpected end");
        }
        return RawJson.content(cut(start - 1, endOfString(start - 1) + 1));
    }

    private boolean has(String name, long start) {
        int length = name.length();
        if (start + length >= length() || charAt(start + length) != '"') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (charAt(start + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the offset of the closing quote of the string that begins at an offset. */
    default long endOfString(long start) {
        long i = start + 1;
        while (charAt(i) != '"') {
            i += charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** Returns a source over a whole text. */
    static JsonSource of(String text) {
        return new JsonSource() {
            @Override
            public long length() {
                return text.length();
            }

            @Override
            public char charAt(long offset) {
                return text.charAt((int) offset);
            }

            @Override
            public String cut(long start, long end) {
                return text.substring((int) start, (int) end);
            }
        };
    }
}
