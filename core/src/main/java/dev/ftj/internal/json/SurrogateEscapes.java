package dev.ftj.internal.json;

/**
 * Hides the escapes of surrogates (a backslash, u and a number from d800 to dfff) from a parser that only locates names and
 * values. Jackson rejects a name with an unpaired surrogate, which JSON allows. See
 * JacksonAssumptionsTest.halfASurrogatePairIsReadInAValueAndRefusedInAName.
 */
final class SurrogateEscapes {
    /** The digits that follow d in the number of a surrogate. With 0 instead of d's follower it is a Hangul syllable. */
    private static final String HIGH_DIGITS = "89abcdefABCDEF";

    /** How many characters of a backslash, u and d were seen: an escape may continue in the next piece. */
    private int seen;

    /** Hides the escapes in the next piece of a text, in place. */
    void hide(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (seen == 3) {
                if (HIGH_DIGITS.indexOf(c) >= 0) {
                    text[i] = '0';
                }
                seen = 0;
            } else if (seen > 0 || c == '\\') {
                boolean next = c == "\\ud".charAt(seen) || (seen == 2 && c == 'D');
                seen = next ? seen + 1 : 0;
            }
        }
    }
}
