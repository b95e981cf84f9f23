package dev.ftj.internal.text;

/**
 * Hides the escapes of surrogates (a backslash, u and a number from d800 to dfff) from a parser that only has to find where
 * names and values begin and end. Jackson refuses a name with half a surrogate pair, which JSON allows; a value it takes.
 */
public final class SurrogateEscapes {
    /** What follows a d in a surrogate's number; after a 0 it is that of a Hangul syllable. */
    private static final String HIGH_DIGITS = "89abcdefABCDEF";

    /** How much of a backslash, u and d has been seen: an escape may continue in the next piece. */
    private int seen;

    /** A text that comes in pieces. */
    public SurrogateEscapes() {}

    /**
     * The same text with other characters in place of surrogates.
     *
     * @param json a JSON text
     * @return a text of the same length with every token at its place; names and strings may differ
     */
    public static String hidden(String json) {
        if (json.indexOf("\\u") < 0) {
            return json;
        }
        char[] text = json.toCharArray();
        new SurrogateEscapes().hide(text, 0, text.length);
        return new String(text);
    }

    /**
     * The same, in place, for the next piece of a text.
     *
     * @param text the piece
     * @param from the index of its first character
     * @param to the index behind its last one
     */
    public void hide(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (seen == 3) {
                if (HIGH_DIGITS.indexOf(c) >= 0) {
                    text[i] = '0';
                }
                seen = 0;
            } else {
                boolean next = c == "\\ud".charAt(seen) || (seen == 2 && c == 'D');
                seen = next ? seen + 1 : 0;
            }
        }
    }
}
