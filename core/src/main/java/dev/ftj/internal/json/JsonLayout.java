package dev.ftj.internal.json;

/** Changes the white space between the tokens of well-formed JSON; every token stays as sent. */
final class JsonLayout {
    private final String json;
    private final boolean indented;
    private final StringBuilder out;
    private int depth;

    private JsonLayout(String json, boolean indented) {
        this.json = json;
        this.indented = indented;
        this.out = new StringBuilder(json.length() + (indented ? 64 : 0));
    }

    static String compact(String json) {
        return new JsonLayout(json, false).layOut();
    }

    static String indented(String json) {
        return new JsonLayout(json, true).layOut();
    }

    private String layOut() {
        int i = 0;
        while (i < json.length()) {
            int end = endOfToken(i);
            if (end > i) {
                out.append(json, i, end);
                i = end;
                continue;
            }
            char c = json.charAt(i++);
            switch (c) {
                case '{', '[' -> {
                    out.append(c);
                    depth++;
                    if (!closesAt(i)) {
                        newLine();
                    }
                }
                case '}', ']' -> {
                    depth--;
                    char before = out.charAt(out.length() - 1);
                    if (before != '{' && before != '[') {
                        newLine();
                    }
                    out.append(c);
                }
                case ',' -> {
                    out.append(c);
                    newLine();
                }
                case ':' -> out.append(indented ? ": " : ":");
                default -> {} // white space
            }
        }
        return out.toString();
    }

    /** Returns the end of the string, number or literal that begins at an index; the index itself if none does. */
    private int endOfToken(int start) {
        int i = start;
        if (json.charAt(i) == '"') {
            for (i++; json.charAt(i) != '"'; i++) {
                i += json.charAt(i) == '\\' ? 1 : 0;
            }
            return i + 1;
        }
        while (i < json.length() && isPlain(json.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c != '"' && c != ',' && c != ':' && c != '{' && c != '}' && c != '[' && c != ']';
    }

    private boolean closesAt(int index) {
        int i = index;
        while (json.charAt(i) <= ' ') {
            i++;
        }
        return json.charAt(i) == '}' || json.charAt(i) == ']';
    }

    private void newLine() {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }
}
