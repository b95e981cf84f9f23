package dev.ftj.shell.view;

import dev.ftj.internal.text.HtmlEscaper;

/** A whole HTML document around a fragment. */
public final class HtmlPage {
    private HtmlPage() {}

    /**
     * Returns a page in UTF-8 that follows its reader's choice of light or dark.
     *
     * @param title any text
     * @param fragment HTML, escaped
     */
    public static String of(String title, String fragment) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
                + HtmlEscaper.escaped(title) + "</title>\n</head>\n<body>\n" + fragment + "</body>\n</html>\n";
    }
}
