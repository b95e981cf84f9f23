package dev.ftj.shell.jshell;

import dev.ftj.shell.jshell.Snippet.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a script into snippets. The whole script is known, so a snippet is as long as the grammar allows: a statement
 * without a semicolon ends with its line only if the next line cannot continue it. (jdk.jshell does not know
 * the next line: see JShellAssumptionsTest.)
 */
final class Splitter {
    /** Modifiers without a meaning in a script, as in jshell. */
    private static final Set<String> IGNORED =
            Set.of("public", "protected", "private", "static", "volatile", "transient");

    private final String text;
    private final Tokens tokens;
    private final Syntax syntax;
    private final List<Snippet> snippets = new ArrayList<>();

    /** Whether the last statement lacks its semicolon. */
    private boolean open;

    private Splitter(String text, Tokens tokens) {
        this.text = text;
        this.tokens = tokens;
        this.syntax = new Syntax(tokens);
    }

    static List<Snippet> split(String text) {
        Splitter splitter = new Splitter(text, new Tokens(text, new Lines(text)));
        splitter.splitAll();
        return splitter.snippets;
    }

    private void splitAll() {
        Tokens.Fault fault = tokens.fault();
        int i = 0;
        while (i < tokens.size() && (fault == null || i <= fault.token())) {
            int end;
            Kind kind;
            if (text(i).equals("/")) {
                end = command(i);
                kind = text(i + 1).equals("exit") && end > i + 1 ? Kind.EXIT : Kind.COMMAND;
            } else if (text(i).equals("import")) {
                end = imported(i);
                kind = Kind.IMPORT;
            } else {
                int header = syntax.modifiers(i);
                int body = syntax.typeBody(header);
                kind = body >= 0 ? Kind.TYPE : Kind.METHOD;
                body = body >= 0 ? body : syntax.methodBody(header);
                kind = body >= 0 ? kind : Kind.STATEMENT;
                end = body >= 0 ? tokens.match(body) + 1 : statement(i);
            }
            if (fault == null || fault.token() >= end) {
                add(kind, i, end);
            }
            i = end;
        }
        if (fault != null) {
            snippets.add(new Snippet(snippets.size(), Kind.FAULTY, fault.offset(), fault.offset(), fault.message()));
        }
    }

    private void add(Kind kind, int from, int to) {
        int start = tokens.get(kind == Kind.EXIT ? from + 1 : from).start();
        int end = tokens.get(to - 1).end();
        StringBuilder source = new StringBuilder(text.substring(start, end));
        for (int i = from; i < syntax.modifiers(from); i++) {
            if (IGNORED.contains(text(i)) || (kind == Kind.METHOD && text(i).equals("final"))) {
                int offset = tokens.get(i).start() - start;
                source.replace(offset, offset + text(i).length(), " ".repeat(text(i).length()));
            }
        }
        if (kind == Kind.STATEMENT && open
                || kind == Kind.IMPORT && !text(to - 1).equals(";")) {
            source.append(';');
        }
        snippets.add(new Snippet(snippets.size(), kind, start, end, source.toString()));
    }

    private String text(int index) {
        return tokens.text(index);
    }

    /** A command of the tool is a line. */
    private int command(int from) {
        int i = from + 1;
        while (i < tokens.size() && !tokens.beginsLine(i)) {
            i++;
        }
        return i;
    }

    private int imported(int from) {
        int i = from + 1;
        boolean module = text(i).equals("module") && syntax.isName(i + 1); // Java 25
        if (text(i).equals("static") || module) {
            i++;
        }
        while (tokens.is(i, Tokens.Kind.WORD) && text(i + 1).equals(".")) {
            i += 2;
        }
        if (syntax.isName(i) || text(i).equals("*")) {
            i++;
        }
        return text(i).equals(";") ? i + 1 : i;
    }

    /** The index after the statement at {@code i}. */
    private int statement(int i) {
        open = false;
        if (i >= tokens.size()) {
            return i;
        }
        boolean bracketed = text(i + 1).equals("(");
        switch (text(i)) {
            case "{":
                return tokens.match(i) + 1;
            case ";":
                return i + 1;
            case "if":
                if (bracketed) {
                    int then = statement(tokens.match(i + 1) + 1);
                    return text(then).equals("else") ? statement(then + 1) : then;
                }
                break;
            case "for", "while":
                if (bracketed) {
                    return statement(tokens.match(i + 1) + 1);
                }
                break;
            case "do":
                int condition = statement(i + 1);
                if (text(condition).equals("while") && text(condition + 1).equals("(")) {
                    int end = tokens.match(condition + 1) + 1;
                    open = !text(end).equals(";");
                    return open ? end : end + 1;
                }
                break;
            case "switch", "synchronized":
                if (bracketed && text(tokens.match(i + 1) + 1).equals("{")) {
                    return tokens.match(tokens.match(i + 1) + 1) + 1;
                }
                break;
            case "try":
                return tried(i);
            default:
                if (syntax.isName(i) && text(i + 1).equals(":")) {
                    return statement(i + 2);
                }
                break;
        }
        return simple(i);
    }

    private int tried(int from) {
        int i = text(from + 1).equals("(") ? tokens.match(from + 1) + 1 : from + 1;
        if (!text(i).equals("{")) {
            return simple(from);
        }
        i = tokens.match(i) + 1;
        while (text(i).equals("catch")
                && text(i + 1).equals("(")
                && text(tokens.match(i + 1) + 1).equals("{")) {
            i = tokens.match(tokens.match(i + 1) + 1) + 1;
        }
        return text(i).equals("finally") && text(i + 1).equals("{") ? tokens.match(i + 1) + 1 : i;
    }

    /** An expression, or a declaration of variables. */
    private int simple(int from) {
        int pattern = -1;
        int i = from;
        LineBreaks breaks = new LineBreaks(tokens, syntax, from);
        open = true;
        while (true) {
            String token = text(i);
            if (token.equals(";")) {
                open = false;
                return i + 1;
            }
            if (token.equals("instanceof")) {
                pattern = syntax.type(syntax.modifiers(i + 1));
            }
            int last = tokens.is(i, Tokens.Kind.OPERATOR) && "([{".contains(token) ? tokens.match(i) : i;
            i = last + 1;
            if (i >= tokens.size() || (tokens.beginsLine(i) && !breaks.continues(last, pattern))) {
                return i;
            }
        }
    }
}
