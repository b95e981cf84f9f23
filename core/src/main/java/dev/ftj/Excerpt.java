package dev.ftj;

/** The beginning of a text that is too long for an error message. */
final class Excerpt {
    private static final int LENGTH = 120;

    private Excerpt() {}

    static String of(String text) {
        String start =
                text.substring(0, Math.min(text.length(), 4 * LENGTH)).strip().replaceAll("\\s+", " ");
        if (start.length() <= LENGTH) {
            return start;
        }
        int end = Character.isHighSurrogate(start.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
        return start.substring(0, end) + "...";
    }
}
