package dev.ftj.shell.view;

import dev.ftj.internal.text.Sanitizer;

/** Lays well-formed JSON out anew without touching a token: every digit and escape stays as the server sent it. */
final class JsonText {
    private final String json;
    private final boolean indented;
    private final StringBuilder laidOut;
    private int depth;

    private JsonText(String json, boolean indented) {
        this.json = json;
        this.indented = indented;
        this.laidOut = new StringBuilder(json.length() + 64);
    }

    /** As the server sent it, safe to print. */
    static String asSent(String json) {
        return Sanitizer.json(json);
    }

    /** On one line. */
    static String compact(String json) {
        return Sanitizer.json(new JsonText(json, false).layOut());
    }

    /** Two spaces a level, empty objects and arrays in one piece. */
    static String indented(String json) {
        return Sanitizer.json(new JsonText(json, true).layOut());
    }

    private String layOut() {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> {}
                case '"' -> {
                    int end = endOfString(i);
                    laidOut.append(json, i, end + 1);
                    i = end;
                }
                case '{', '[' -> {
                    laidOut.append(c);
                    depth++;
                    if (!closesAt(i + 1)) {
                        newLine();
                    }
                }
                case '}', ']' -> {
                    depth--;
                    char before = laidOut.charAt(laidOut.length() - 1);
                    if (before != '{' && before != '[') {
                        newLine();
                    }
                    laidOut.append(c);
                }
                case ',' -> {
                    laidOut.append(c);
                    newLine();
                }
                case ':' -> laidOut.append(indented ? ": " : ":");
                default -> laidOut.append(c);
            }
        }
        return laidOut.toString();
    }

    private int endOfString(int start) {
        int i = start + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private boolean closesAt(int index) {
        int i = index;
        while (Character.isWhitespace(json.charAt(i))) {
            i++;
        }
        return json.charAt(i) == '}' || json.charAt(i) == ']';
    }

    private void newLine() {
        if (indented) {
            laidOut.append('\n').append("  ".repeat(depth));
        }
    }
}
