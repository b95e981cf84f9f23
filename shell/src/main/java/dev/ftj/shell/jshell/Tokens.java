package dev.ftj.shell.jshell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Java tokens of a script, without comments, and which bracket closes which. */
final class Tokens {
    enum Kind {
        WORD,
        LITERAL,
        OPERATOR
    }

    /**
     * One token.
     *
     * @param start its offset in the script
     * @param end the offset after it
     */
    record Token(Kind kind, String text, int start, int end) {}

    /**
     * A place where the tokens stop making sense.
     *
     * @param token the index of the token there; the number of tokens at the end of the script
     * @param offset where it is in the script
     */
    record Fault(int token, int offset, String message) {}

    /** Operators of two characters; {@code >>} is not among them, since it can close two lists of type arguments. */
    private static final String PAIRS = " -> :: ++ -- && || == != <= >= += -= *= /= %= &= |= ^= ";

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final String text;
    private final Lines lines;
    private final List<Token> all = new ArrayList<>();
    private final int[] match;
    private int at;
    private @Nullable Fault fault;

    Tokens(String text, Lines lines) {
        this.text = text;
        this.lines = lines;
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            add();
        }
        match = new int[all.size()];
        matchBrackets();
    }

    int size() {
        return all.size();
    }

    Token get(int index) {
        return all.get(index);
    }

    /** The text of a token; empty if there is none. */
    String text(int index) {
        return index >= 0 && index < all.size() ? all.get(index).text() : "";
    }

    boolean is(int index, Kind kind) {
        return index >= 0 && index < all.size() && all.get(index).kind() == kind;
    }

    /** Whether a line ends between a token and the one before it. */
    boolean beginsLine(int index) {
        return index == 0
                || index >= all.size()
                || lines.of(all.get(index).start())
                        > lines.of(all.get(index - 1).end() - 1);
    }

    /** The other bracket of a pair; the last token for a bracket that is never closed. */
    int match(int index) {
        return match[index];
    }

    /** The first place that cannot be read; null if there is none. No token follows a bracket that closes nothing. */
    @Nullable
    Fault fault() {
        return fault;
    }

    private void add() {
        int start = at;
        int c = text.codePointAt(at);
        Kind kind;
        if (c == '"' || c == '\'') {
            kind = Kind.LITERAL;
            quoted(text.startsWith("\"\"\"", at) ? "\"\"\"" : Character.toString(c));
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            kind = Kind.LITERAL;
            number();
        } else if (isWordPart(c)) {
            kind = Kind.WORD;
            while (at < text.length() && isWordPart(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
        } else {
            kind = Kind.OPERATOR;
            boolean pair = at + 1 < text.length() && PAIRS.contains(" " + text.substring(at, at + 2) + " ");
            at += pair ? 2 : Character.charCount(c);
        }
        all.add(new Token(kind, text.substring(start, at), start, at));
    }

    /** A backslash can only begin a Unicode escape here. */
    private static boolean isWordPart(int c) {
        return c == '\\' || Character.isJavaIdentifierPart(c);
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void skipBlanks() {
        while (at < text.length()) {
            int end;
            if (text.startsWith("//", at)) {
                end = text.indexOf('\n', at);
            } else if (text.startsWith("/*", at)) {
                end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    faulty(all.size(), at, "this comment is never closed");
                } else {
                    end += 2;
                }
            } else if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u001a') {
                end = at + 1;
            } else {
                return;
            }
            at = end < 0 ? text.length() : end;
        }
    }

    private void quoted(String quote) {
        int start = at;
        boolean block = quote.length() == 3;
        at += quote.length();
        while (at < text.length() && !text.startsWith(quote, at) && (block || text.charAt(at) != '\n')) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n';
            at += escape ? 2 : 1;
        }
        if (text.startsWith(quote, at)) {
            at += quote.length();
        } else {
            faulty(all.size(), start, "this " + (quote.equals("'") ? "character" : "string") + " is never closed");
        }
    }

    private void number() {
        boolean hex = text.regionMatches(true, at, "0x", 0, 2);
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.')) {
            char c = Character.toLowerCase(text.charAt(at));
            at++;
            boolean sign = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
            if (sign && c == (hex ? 'p' : 'e')) {
                at++;
            }
        }
    }

    private void matchBrackets() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < all.size(); i++) {
            if (!is(i, Kind.OPERATOR)) {
                continue;
            }
            int closes = CLOSING.indexOf(text(i));
            if (OPENING.contains(text(i))) {
                open.push(i);
            } else if (closes >= 0 && !open.isEmpty() && OPENING.indexOf(text(open.peek())) == closes) {
                match[i] = open.peek();
                match[open.pop()] = i;
            } else if (closes >= 0) {
                String wanted = OPENING.substring(closes, closes + 1);
                if (open.stream().noneMatch(index -> text(index).equals(wanted))) {
                    faulty(i, all.get(i).start(), "unexpected " + text(i));
                } else {
                    unclosed(open.peek());
                }
                all.subList(i + 1, all.size()).clear();
            }
        }
        if (!open.isEmpty()) {
            unclosed(open.peekLast());
        }
        open.forEach(index -> match[index] = all.size() - 1);
    }

    private void unclosed(int index) {
        faulty(index, all.get(index).start(), text(index) + " is never closed");
    }

    private void faulty(int token, int offset, String message) {
        if (fault == null) {
            fault = new Fault(token, offset, message);
        }
    }
}
