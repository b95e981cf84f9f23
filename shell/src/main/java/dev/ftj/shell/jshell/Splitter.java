package dev.ftj.shell.jshell;

import dev.ftj.shell.jshell.Snippet.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a script into snippets. A script is known to its end, so that a snippet is as long as the grammar allows: a
 * statement without a semicolon ends with its line only where the next line cannot continue it.
 */
final class Splitter {
    private static final Set<String> TYPES = Set.of("class", "interface", "enum");
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");
    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "protected",
            "private",
            "static",
            "final",
            "abstract",
            "strictfp",
            "synchronized",
            "native",
            "transient",
            "volatile",
            "default",
            "sealed");
    /** Modifiers without a meaning in a script, as in jshell. */
    private static final Set<String> IGNORED =
            Set.of("public", "protected", "private", "static", "volatile", "transient");

    /** The keywords that can end an expression. */
    private static final Set<String> OPERANDS = Set.of("this", "super", "true", "false", "null");

    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "true",
            "false",
            "null");
    /** What can follow the variable of a pattern. */
    private static final Set<String> AFTER_PATTERN =
            Set.of("", "&&", "||", "&", "|", "^", "?", ":", ";", ",", "==", "!=");

    private final String text;
    private final Tokens tokens;
    private final List<Snippet> snippets = new ArrayList<>();

    /** The first token of the simple statement that is read. */
    private int begin;

    /** Whether the statement that was read last lacks its semicolon. */
    private boolean open;

    private Splitter(String text, Tokens tokens) {
        this.text = text;
        this.tokens = tokens;
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
                int header = modifiers(i);
                int body = typeBody(header);
                kind = body >= 0 ? Kind.TYPE : Kind.METHOD;
                body = body >= 0 ? body : methodBody(header);
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
        for (int i = from; i < modifiers(from); i++) {
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

    private boolean isName(int index) {
        return tokens.is(index, Tokens.Kind.WORD) && !KEYWORDS.contains(text(index));
    }

    // ---- declarations ----

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
        boolean module = text(i).equals("module") && isName(i + 1); // Java 25
        if (text(i).equals("static") || module) {
            i++;
        }
        while (tokens.is(i, Tokens.Kind.WORD) && text(i + 1).equals(".")) {
            i += 2;
        }
        if (isName(i) || text(i).equals("*")) {
            i++;
        }
        return text(i).equals(";") ? i + 1 : i;
    }

    private int modifiers(int from) {
        int i = from;
        while (i < tokens.size()) {
            int annotation = annotation(i);
            if (annotation > i) {
                i = annotation;
            } else if (text(i).equals("non")
                    && text(i + 1).equals("-")
                    && text(i + 2).equals("sealed")) {
                i += 3;
            } else if (MODIFIERS.contains(text(i))
                    && !(text(i).equals("synchronized") && text(i + 1).equals("("))
                    && !(text(i).equals("sealed") && !tokens.is(i + 1, Tokens.Kind.WORD))) {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    /** The index after an annotation, or {@code from} where there is none. */
    private int annotation(int from) {
        if (!text(from).equals("@") || !isName(from + 1)) {
            return from;
        }
        int i = from + 2;
        while (text(i).equals(".") && isName(i + 1)) {
            i += 2;
        }
        return text(i).equals("(") ? tokens.match(i) + 1 : i;
    }

    private int annotations(int from) {
        int i = from;
        for (int next = annotation(i); next > i; next = annotation(i)) {
            i = next;
        }
        return i;
    }

    /** The opening brace of a type that is declared here, or -1. */
    private int typeBody(int header) {
        boolean record = text(header).equals("record")
                && isName(header + 1)
                && (text(header + 2).equals("(") || text(header + 2).equals("<"));
        boolean annotation = text(header).equals("@") && text(header + 1).equals("interface");
        if (!record && !annotation && !TYPES.contains(text(header))) {
            return -1;
        }
        int i = header + 1;
        if (record) {
            int parameters = text(header + 2).equals("<") ? typeArguments(header + 2) : header + 2;
            if (parameters < 0 || !text(parameters).equals("(")) {
                return -1;
            }
            i = tokens.match(parameters) + 1;
            if (!text(i).equals("{") && !text(i).equals("implements")) {
                return -1;
            }
        }
        return brace(i);
    }

    /** The opening brace of a method that is declared here, or -1. */
    private int methodBody(int header) {
        int i = text(header).equals("<") ? typeArguments(header) : header;
        i = i < 0 ? -1 : type(annotations(i));
        if (i < 0 || !isName(i) || !text(i + 1).equals("(")) {
            return -1;
        }
        i = tokens.match(i + 1) + 1;
        while (text(i).equals("[") && text(i + 1).equals("]")) {
            i += 2;
        }
        return text(i).equals("throws") ? brace(i) : text(i).equals("{") ? i : -1;
    }

    /** The next opening brace, in front of which there is nothing but types and names; or -1. */
    private int brace(int from) {
        int i = from;
        while (i < tokens.size() && !text(i).equals("{")) {
            int annotation = annotation(i);
            if (annotation > i) {
                i = annotation;
            } else if (tokens.is(i, Tokens.Kind.WORD) || "<>,.?&[]".contains(text(i))) {
                i++;
            } else {
                return -1;
            }
        }
        return i < tokens.size() ? i : -1;
    }

    /** The index after a type, or -1. */
    private int type(int from) {
        int i = annotations(from);
        if (PRIMITIVES.contains(text(i))) {
            i++;
        } else {
            if (!isName(i)) {
                return -1;
            }
            i++;
            while (true) {
                if (text(i).equals("<")) {
                    i = typeArguments(i);
                    if (i < 0) {
                        return -1;
                    }
                }
                int part = annotations(i + 1);
                if (!text(i).equals(".") || !isName(part)) {
                    break;
                }
                i = part + 1;
            }
        }
        while (true) {
            int dimension = annotations(i);
            if (!text(dimension).equals("[") || !text(dimension + 1).equals("]")) {
                return i;
            }
            i = dimension + 2;
        }
    }

    /** The index after type arguments or type parameters, or -1. */
    private int typeArguments(int from) {
        int i = from + 1;
        if (text(i).equals(">")) {
            return i + 1;
        }
        while (true) {
            i = annotations(i);
            i = text(i).equals("?") ? i + 1 : type(i);
            if (i > 0 && (text(i).equals("extends") || text(i).equals("super"))) {
                do {
                    i = type(i + 1);
                } while (i > 0 && text(i).equals("&"));
            }
            if (i < 0) {
                return -1;
            }
            if (text(i).equals(">")) {
                return i + 1;
            }
            if (!text(i).equals(",")) {
                return -1;
            }
            i++;
        }
    }

    // ---- statements ----

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
                if (isName(i) && text(i + 1).equals(":")) {
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
        begin = from;
        open = true;
        while (true) {
            String token = text(i);
            if (token.equals(";")) {
                open = false;
                return i + 1;
            }
            if (token.equals("instanceof")) {
                pattern = type(modifiers(i + 1));
            }
            int last = tokens.is(i, Tokens.Kind.OPERATOR) && "([{".contains(token) ? tokens.match(i) : i;
            i = last + 1;
            if (i >= tokens.size() || (tokens.beginsLine(i) && !continues(from, last, pattern))) {
                return i;
            }
        }
    }

    /** Whether the token after {@code last}, on a line of its own, can belong to what began at {@code from}. */
    private boolean continues(int from, int last, int pattern) {
        int next = last + 1;
        String token = text(next);
        if (isExit(next) && endsOperand(last)) {
            return false;
        }
        if (!endsOperand(last) || endsAnnotation(last)) {
            boolean label = isName(next) && (text(next + 1).equals(";") || tokens.beginsLine(next + 1));
            return label
                    || token.equals(";")
                    || !(text(last).equals("break") || text(last).equals("continue"));
        }
        if (tokens.is(next, Tokens.Kind.LITERAL)) {
            return isCast(last);
        }
        if (tokens.is(next, Tokens.Kind.WORD)) {
            if (token.equals("instanceof")) {
                return true;
            }
            if (KEYWORDS.contains(token)) {
                boolean operand = OPERANDS.contains(token) || token.equals("new") || token.equals("switch");
                return operand && isCast(last);
            }
            return isCast(last) || declares(from, next) || (next == pattern && AFTER_PATTERN.contains(text(next + 1)));
        }
        return switch (token) {
            case "(" -> isCast(last) || (isMethod(last) && !text(last - 1).equals("::"));
            case "{" -> opensBody(last);
            case "++", "--" -> beginsOperand(next + 1) ? isPrimitiveCast(last) : !tokens.is(last, Tokens.Kind.LITERAL);
            case "!", "~" -> isCast(last);
            case "@" -> text(annotations(next)).equals("[");
            case "<" -> methodBody(next) < 0;
            default -> true;
        };
    }

    /** Whether this is the command, which a blank and an expression follow, or nothing; not a division. */
    private boolean isExit(int slash) {
        int exit = slash + 1;
        if (!text(slash).equals("/") || !text(exit).equals("exit")) {
            return false;
        }
        return tokens.get(exit).start() == tokens.get(slash).end()
                && (tokens.beginsLine(exit + 1)
                        || (tokens.get(exit + 1).start() > tokens.get(exit).end()
                                && (!tokens.is(exit + 1, Tokens.Kind.OPERATOR) || "(-!~".contains(text(exit + 1)))));
    }

    private boolean endsAnnotation(int last) {
        int i = text(last).equals(")") ? tokens.match(last) - 1 : last;
        while (isName(i) && text(i - 1).equals(".")) {
            i -= 2;
        }
        return isName(i) && text(i - 1).equals("@");
    }

    private boolean isMethod(int index) {
        return isName(index) || text(index).equals("this") || text(index).equals("super");
    }

    private boolean endsOperand(int index) {
        if (index < begin) {
            return false;
        }
        if (tokens.is(index, Tokens.Kind.LITERAL)) {
            return true;
        }
        if (tokens.is(index, Tokens.Kind.WORD)) {
            return !KEYWORDS.contains(text(index))
                    || (OPERANDS.contains(text(index)) && !text(index).equals("super"))
                    || (text(index).equals("class") && text(index - 1).equals("."))
                    || (text(index).equals("new") && text(index - 1).equals("::"));
        }
        return switch (text(index)) {
            case ")", "]", "}" -> true;
            case "++", "--" -> endsOperand(index - 1) && !(isPrimitiveCast(index - 1) && beginsOperand(index + 1));
            default -> false;
        };
    }

    private boolean beginsOperand(int index) {
        if (tokens.is(index, Tokens.Kind.WORD)) {
            return !text(index).equals("instanceof");
        }
        return tokens.is(index, Tokens.Kind.LITERAL) || text(index).equals("(");
    }

    /** Whether a bracket closes what can be a cast: a type in brackets, with no method's name or keyword before it. */
    private boolean isCast(int close) {
        if (!text(close).equals(")")) {
            return false;
        }
        int open = tokens.match(close);
        if ((endsOperand(open - 1) && !isCast(open - 1)) || text(open - 1).equals("switch") || created(open) >= 0) {
            return false;
        }
        int i = type(open + 1);
        while (i > 0 && text(i).equals("&")) {
            i = type(i + 1);
        }
        return i == close;
    }

    private boolean isPrimitiveCast(int close) {
        return isCast(close) && PRIMITIVES.contains(text(close - 1));
    }

    /** Whether a name is that of a variable, whose type is all that is before it. */
    private boolean declares(int from, int name) {
        if (type(modifiers(from)) != name) {
            return false;
        }
        int next = name + 1;
        return switch (text(next)) {
            case "", "=", ",", ";" -> true;
            case "[" -> text(next + 1).equals("]");
            case "instanceof" -> false;
            case "@", "!", "~", "++", "--", "{", "}" -> tokens.beginsLine(next);
            default -> tokens.beginsLine(next) && !tokens.is(next, Tokens.Kind.OPERATOR);
        };
    }

    /** Whether a brace opens the body of a class without a name, a switch, or an array's elements. */
    private boolean opensBody(int last) {
        if (text(last).equals("]")) {
            int open = tokens.match(last);
            return open == last - 1 && created(open) >= 0;
        }
        if (!text(last).equals(")")) {
            return false;
        }
        int open = tokens.match(last);
        return text(open - 1).equals("switch") || created(open) >= 0;
    }

    /** The {@code new} whose type ends before {@code end}, or -1. */
    private int created(int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (text(i).equals("new")) {
                int type = type(annotations(i + 1));
                return type == end || (text(end).equals("[") && type > end) ? i : -1;
            }
            if (!tokens.is(i, Tokens.Kind.WORD) && !"<>,.?&[]@".contains(text(i))) {
                return -1;
            }
        }
        return -1;
    }
}
