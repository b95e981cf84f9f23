package dev.ftj.shell.jshell;

import java.util.Set;

/** Decides whether a simple statement without a semicolon goes on after a line break. */
final class LineBreaks {
    /** The keywords that can end an expression. */
    private static final Set<String> OPERANDS = Set.of("this", "super", "true", "false", "null");

    /** What can follow the variable of a pattern. */
    private static final Set<String> AFTER_PATTERN =
            Set.of("", "&&", "||", "&", "|", "^", "?", ":", ";", ",", "==", "!=");

    private final Tokens tokens;
    private final Syntax syntax;
    private final int from;

    /** @param from the first token of the statement */
    LineBreaks(Tokens tokens, Syntax syntax, int from) {
        this.tokens = tokens;
        this.syntax = syntax;
        this.from = from;
    }

    private String text(int index) {
        return tokens.text(index);
    }

    /**
     * Whether the token after {@code last}, on a line of its own, can continue the statement.
     *
     * @param pattern the variable of an {@code instanceof} pattern before it; -1 if there is none
     */
    boolean continues(int last, int pattern) {
        int next = last + 1;
        String token = text(next);
        if (isExit(next) && endsOperand(last)) {
            return false;
        }
        if (!endsOperand(last) || endsAnnotation(last)) {
            boolean label = syntax.isName(next) && (text(next + 1).equals(";") || tokens.beginsLine(next + 1));
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
            if (Syntax.isKeyword(token)) {
                boolean operand = OPERANDS.contains(token) || token.equals("new") || token.equals("switch");
                return operand && isCast(last);
            }
            return isCast(last) || declares(next) || (next == pattern && AFTER_PATTERN.contains(text(next + 1)));
        }
        return switch (token) {
            case "(" -> isCast(last) || (isMethod(last) && !text(last - 1).equals("::"));
            case "{" -> opensBody(last);
            case "++", "--" -> beginsOperand(next + 1) ? isPrimitiveCast(last) : !tokens.is(last, Tokens.Kind.LITERAL);
            case "!", "~" -> isCast(last);
            case "@" -> text(syntax.annotations(next)).equals("[");
            case "<" -> syntax.methodBody(next) < 0;
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
        while (syntax.isName(i) && text(i - 1).equals(".")) {
            i -= 2;
        }
        return syntax.isName(i) && text(i - 1).equals("@");
    }

    private boolean isMethod(int index) {
        return syntax.isName(index) || text(index).equals("this") || text(index).equals("super");
    }

    private boolean endsOperand(int index) {
        if (index < from) {
            return false;
        }
        if (tokens.is(index, Tokens.Kind.LITERAL)) {
            return true;
        }
        if (tokens.is(index, Tokens.Kind.WORD)) {
            return !Syntax.isKeyword(text(index))
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
        if ((endsOperand(open - 1) && !isCast(open - 1))
                || text(open - 1).equals("switch")
                || syntax.created(open) >= 0) {
            return false;
        }
        int i = syntax.type(open + 1);
        while (i > 0 && text(i).equals("&")) {
            i = syntax.type(i + 1);
        }
        return i == close;
    }

    private boolean isPrimitiveCast(int close) {
        return isCast(close) && Syntax.isPrimitive(text(close - 1));
    }

    /** Whether a name is that of a variable, whose type is all that is before it. */
    private boolean declares(int name) {
        if (syntax.type(syntax.modifiers(from)) != name) {
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
            return open == last - 1 && syntax.created(open) >= 0;
        }
        if (!text(last).equals(")")) {
            return false;
        }
        int open = tokens.match(last);
        return text(open - 1).equals("switch") || syntax.created(open) >= 0;
    }
}
