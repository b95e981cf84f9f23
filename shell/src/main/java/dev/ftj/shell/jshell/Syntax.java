package dev.ftj.shell.jshell;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Recognizes types, annotations and the headers of declarations in a sequence of tokens. */
final class Syntax {
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
    private final Tokens tokens;

    Syntax(Tokens tokens) {
        this.tokens = tokens;
    }

    private String text(int index) {
        return tokens.text(index);
    }

    static boolean isKeyword(String word) {
        // "_" is a keyword as a name, and the name of a variable that is not used
        return SourceVersion.isKeyword(word) && !word.equals("_");
    }

    static boolean isPrimitive(String word) {
        return PRIMITIVES.contains(word);
    }

    boolean isName(int index) {
        return tokens.is(index, Tokens.Kind.WORD) && !isKeyword(text(index));
    }

    int modifiers(int from) {
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

    int annotations(int from) {
        int i = from;
        for (int next = annotation(i); next > i; next = annotation(i)) {
            i = next;
        }
        return i;
    }

    /** The opening brace of a type that is declared here, or -1. */
    int typeBody(int header) {
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
    int methodBody(int header) {
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
    int type(int from) {
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

    /** The {@code new} whose type ends before {@code end}, or -1. */
    int created(int end) {
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
