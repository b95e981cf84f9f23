package dev.ftj.internal.text;

/**
 * Escapes text from elsewhere for HTML and SVG. Dollar signs and backslashes in the content of an element are wrapped, since
 * notebooks hand their output to MathJax: a pair would be a formula, and a formula may hold a link.
 */
public final class HtmlEscaper {
    private HtmlEscaper() {}

    /** {@return the text on one line, escaped for the content of an element, or for a quoted attribute} */
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
                // XML cannot hold these two
                case '\uFFFE', '\uFFFF' -> escaped.append('\uFFFD');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** {@return the text, escaped for the content of an HTML element, not for attributes} */
    public static String html(String text) {
        return wrapped(escaped(text), "span");
    }

    /** {@return the text, escaped for the content of an SVG {@code <text>}, not for attributes} */
    public static String svg(String text) {
        return wrapped(escaped(text), "tspan");
    }

    private static String wrapped(String escaped, String element) {
        return escaped.replaceAll("[$\\\\]", "<" + element + ">$0</" + element + ">");
    }
}
