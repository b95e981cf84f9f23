package dev.ftj.shell.jshell;

import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Writes an inferred type as source text, for a field in place of {@code var}. A type that cannot be written becomes the
 * nearest one that can.
 */
final class VariableTypes extends SimpleTypeVisitor14<String, Void> {
    /** How the classes begin that stand for the script while types are inferred. */
    static final String INFERRING = "Infer$";

    VariableTypes() {
        super("Object");
    }

    @Override
    public String visitPrimitive(PrimitiveType type, @Nullable Void unused) {
        return type.getKind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String visitArray(ArrayType type, @Nullable Void unused) {
        return visit(type.getComponentType()) + "[]";
    }

    @Override
    public String visitDeclared(DeclaredType type, @Nullable Void unused) {
        TypeElement element = (TypeElement) type.asElement();
        if (isAnonymous(type)) {
            return visit(named(type));
        }
        String arguments = type.getTypeArguments().stream().map(this::argument).collect(Collectors.joining(", "));
        return name(element) + (arguments.isEmpty() ? "" : "<" + arguments + ">");
    }

    @Override
    public String visitIntersection(IntersectionType type, @Nullable Void unused) {
        TypeMirror first = type.getBounds().get(0);
        return visit(
                first.toString().equals("java.lang.Object") ? type.getBounds().get(1) : first);
    }

    @Override
    public String visitTypeVariable(TypeVariable type, @Nullable Void unused) {
        return visit(type.getUpperBound());
    }

    @Override
    public String visitWildcard(WildcardType type, @Nullable Void unused) {
        if (type.getExtendsBound() != null) {
            return "? extends " + visit(type.getExtendsBound());
        }
        return type.getSuperBound() != null ? "? super " + visit(type.getSuperBound()) : "?";
    }

    static boolean isAnonymous(TypeMirror type) {
        return type instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getNestingKind() == NestingKind.ANONYMOUS;
    }

    /** The interface or class that a class without a name is made of. */
    static TypeMirror named(DeclaredType anonymous) {
        TypeElement element = (TypeElement) anonymous.asElement();
        return element.getInterfaces().isEmpty()
                ? element.getSuperclass()
                : element.getInterfaces().get(0);
    }

    private String argument(TypeMirror type) {
        boolean written = type.getKind() == TypeKind.DECLARED && !isAnonymous(type)
                || type.getKind() == TypeKind.ARRAY
                || type.getKind() == TypeKind.INTERSECTION
                || type.getKind() == TypeKind.WILDCARD;
        return written ? visit(type) : "? extends " + visit(type);
    }

    /** A type of the script is a member of the classes that stand for it, now as later. */
    private static String name(TypeElement element) {
        Element outer = element.getEnclosingElement();
        if (outer == null || outer.getKind() == ElementKind.PACKAGE) {
            return element.getQualifiedName().toString();
        }
        String name = element.getSimpleName().toString();
        if (!(outer instanceof TypeElement type)
                || type.getSimpleName().toString().startsWith(INFERRING)) {
            return name;
        }
        return name(type) + "." + name;
    }
}
