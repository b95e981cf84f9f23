package dev.ftj.shell.args;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scans a line once; {@link ShellLine} is the result. */
final class Tokenizer {
    private static final String OPERATORS = "|><;&";

    /** Unquoted, and also where a POSIX shell leaves it as it is: in {@code --from=~/request.json}. */
    private static final Pattern HOME = Pattern.compile("(--[a-z-]+=)?~(?=/|$)");

    private final String raw;
    private final List<ShellLine.Token> words = new ArrayList<>();
    private int at;
    private @Nullable Character open;
    private @Nullable Character syntax;

    Tokenizer(String raw) {
        this.raw = raw;
    }

    ShellLine words() {
        skipBlanks();
        while (at < raw.length()) {
            word();
            skipBlanks();
        }
        return new ShellLine(words, open, syntax);
    }

    /** Skips white space and comments: as in a POSIX shell, a # starts a comment at the start of a word. */
    private void skipBlanks() {
        boolean lineBreak = false;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == '\\' && at + 1 < raw.length() && raw.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '#') {
                int end = raw.indexOf('\n', at);
                at = end < 0 ? raw.length() : end;
            } else if (c == '\n') {
                lineBreak = true;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else {
                break;
            }
        }
        // Two pasted lines must not become one command with the second as its arguments.
        if (lineBreak && !words.isEmpty() && at < raw.length()) {
            noteSyntax('\n');
        }
    }

    private void word() {
        int start = at;
        StringBuilder value = new StringBuilder();
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                break;
            }
            at++;
            switch (c) {
                case '\'' -> singleQuoted(value);
                case '"' -> doubleQuoted(value);
                case '\\' -> escaped(value);
                default -> {
                    if (OPERATORS.indexOf(c) >= 0) {
                        noteSyntax(c);
                    }
                    value.append(c);
                }
            }
        }
        Matcher home = HOME.matcher(raw).region(start, at);
        words.add(
                new ShellLine.Token(start, at, value.toString(), open, home.lookingAt() ? home.end() - 1 - start : -1));
    }

    private void singleQuoted(StringBuilder value) {
        int end = raw.indexOf('\'', at);
        if (end < 0) {
            open = '\'';
            end = raw.length();
        }
        value.append(raw, at, end);
        at = Math.min(end + 1, raw.length());
    }

    private void doubleQuoted(StringBuilder value) {
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            if (c == '"') {
                return;
            }
            char next = at < raw.length() ? raw.charAt(at) : 0;
            if (c == '\\' && next == '\n') {
                at++;
            } else if (c == '\\' && (next == '\\' || next == '"' || next == '$' || next == '`')) {
                value.append(next);
                at++;
            } else {
                value.append(c);
            }
        }
        open = '"';
    }

    private void escaped(StringBuilder value) {
        if (at == raw.length()) {
            open = '\\';
            return;
        }
        char c = raw.charAt(at++);
        if (c != '\n') {
            value.append(c);
        }
    }

    private void noteSyntax(char operator) {
        if (syntax == null) {
            syntax = operator;
        }
    }
}
