package dev.ftj;

/** The beginning of a text that is too long for an error message, on one line. */
final class Excerpt {
    private static final int LENGTH = 120;

    private Excerpt() {}

    static String of(String text) {
        return of(text, LENGTH);
    }

    static String of(String text, int length) {
        String begun = text.stripLeading();
        // white space may shrink, and the whole of a large text is not worth looking through
        String start =
                begun.substring(0, Math.min(begun.length(), 4 * length)).strip().replaceAll("\\s+", " ");
        if (start.length() <= length && begun.length() <= 4 * length) {
            return start;
        }
        int end = Math.min(start.length(), length);
        return start.substring(0, end > 0 && Character.isHighSurrogate(start.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
