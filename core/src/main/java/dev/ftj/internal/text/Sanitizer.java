package dev.ftj.internal.text;

/**
 * Makes text from elsewhere safe to show: control characters, escape sequences, bidirectional overrides and line breaks
 * become visible escapes, so that a job's name cannot control a terminal.
 *
 * <p>Everything that the library itself shows ({@code toString}, cards, exception messages) is sanitized already.
 */
public final class Sanitizer {
    /** Line separators and the controls of writing direction, which JSON allows raw. */
    private static final String ACTED_ON =
            "\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private Sanitizer() {}

    /** {@return a text on one line, everything invisible or harmful made visible by escapes such as {@code \u001b}} */
    public static String oneLine(String text) {
        int unsafe = firstUnsafe(text);
        if (unsafe < 0) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, unsafe);
        for (int i = unsafe; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isUnsafe(point)) {
                appendEscape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /**
     * Escapes the characters that JSON allows raw and that may control a terminal: DEL, C1 controls, bidirectional controls,
     * line and paragraph separators. All else stays as sent.
     *
     * @param json a JSON text
     * @return the same value in JSON, safe to print
     */
    public static String json(String json) {
        char[] text = json.toCharArray(); // scans three times as fast as charAt
        int plain = 0;
        while (plain < text.length && text[plain] < 0x7F) {
            plain++;
        }
        if (plain == text.length) {
            return json;
        }
        StringBuilder safe = new StringBuilder(text.length + 16).append(text, 0, plain);
        for (int i = plain; i < text.length; i++) {
            char c = text[i];
            boolean unsafe = c >= 0x7F && (c <= 0x9F || ACTED_ON.indexOf(c) >= 0);
            safe.append(unsafe ? String.format("\\u%04x", (int) c) : c);
        }
        return safe.toString();
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (isUnsafe(point)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return -1;
    }

    private static boolean isUnsafe(int point) {
        if (point >= ' ' && point <= '~') {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Zero-width joiners build emoji and Indic text; all other format characters hide or reorder.
            case Character.FORMAT -> point != 0x200C && point != 0x200D;
            default -> false;
        };
    }

    private static void appendEscape(StringBuilder safe, int point) {
        switch (point) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> safe.append(point > 0xFFFF ? String.format("\\U%08x", point) : String.format("\\u%04x", point));
        }
    }
}
