package dev.ftj.internal.text;

/**
 * Makes text that is not ours a part of HTML or SVG: shown letter for letter, and never acted on. Where it stands in a
 * page, dollar signs and backslashes are set apart from what follows them: notebooks hand their output to MathJax, which
 * would take a pair for a formula, and a formula may hold a link.
 */
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

    /**
     * The text as the content of an element of HTML.
     *
     * @param text any text, from a server or a user
     * @return escaped, with elements that show nothing of their own; not for attributes
     */
    public static String html(String text) {
        return setApart(escaped(text), "span");
    }

    /**
     * The text as the content of a {@code <text>} of SVG.
     *
     * @param text any text, from a server or a user
     * @return escaped, with elements that show nothing of their own; not for attributes
     */
    public static String svg(String text) {
        return setApart(escaped(text), "tspan");
    }

    private static String setApart(String escaped, String element) {
        return escaped.replaceAll("[$\\\\]", "<" + element + ">$0</" + element + ">");
    }
}
