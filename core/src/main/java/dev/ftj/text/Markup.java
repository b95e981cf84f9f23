package dev.ftj.text;

/** Makes text that is not ours a part of HTML or XML: shown, and never acted on. */
public final class Markup {
    private Markup() {}

    /**
     * The text as the content of an element, or between the quotes of an attribute.
     *
     * @param text any text, from a server or a user
     * @return the text as {@link Sanitizer#oneLine} shows it, with what markup is made of escaped
     */
    public static String escaped(String text) {
        String safe = Sanitizer.oneLine(text);
        StringBuilder escaped = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                // XML has no way to hold these two
                case '\uFFFE', '\uFFFF' -> escaped.append('\uFFFD');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
