package dev.ftj.internal.json;

/** Changes the white space between the tokens of well-formed JSON; every token stays as sent. */
final class JsonLayout {
    private final String json;
    private final StringBuilder out;
    private int depth;

    private JsonLayout(String json) {
        this.json = json;
        this.out = new StringBuilder(json.length() + 64);
    }

    /** Removes all white space between tokens. */
    static String compact(String json) {
        char[] text = json.toCharArray();
        int end = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length; i++) {
            char c = text[i];
            if (quoted && c == '\\') {
                text[end++] = c;
                text[end++] = text[++i];
            } else if (quoted || c > ' ') {
                quoted ^= c == '"';
                text[end++] = c;
            }
        }
        return end == text.length ? json : new String(text, 0, end);
    }

    /** Puts each member and element on a line of its own. */
    static String indented(String json) {
        return new JsonLayout(json).layOut();
    }

    private String layOut() {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> {}
                case '"' -> {
                    int end = endOfString(i);
                    out.append(json, i, end + 1);
                    i = end;
                }
                case '{', '[' -> {
                    out.append(c);
                    depth++;
                    if (!closesAt(i + 1)) {
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
                case ':' -> out.append(": ");
                default -> out.append(c);
            }
        }
        return out.toString();
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
        while (json.charAt(i) <= ' ') {
            i++;
        }
        return json.charAt(i) == '}' || json.charAt(i) == ']';
    }

    private void newLine() {
        out.append('\n').append("  ".repeat(depth));
    }
}
