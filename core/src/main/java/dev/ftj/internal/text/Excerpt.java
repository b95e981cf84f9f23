package dev.ftj.internal.text;

/** Shortens a text for an error message. */
public final class Excerpt {
    private static final int LENGTH = 120;

    private Excerpt() {}

    /** Returns at most 120 characters of the text, on one line. */
    public static String of(String text) {
        return of(text, LENGTH);
    }

    /** Returns at most {@code length} characters of the text, on one line. */
    public static String of(String text, int length) {
        String stripped = text.stripLeading();
        // white space may shrink; the rest of a large text is not read
        String start = stripped.substring(0, Math.min(stripped.length(), 4 * length))
                .strip()
                .replaceAll("\\s+", " ");
        if (start.length() <= length && stripped.length() <= 4 * length) {
            return start;
        }
        int end = Math.min(start.length(), length);
        return start.substring(0, end > 0 && Character.isHighSurrogate(start.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
