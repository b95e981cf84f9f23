package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every public signature of the jar, as a text file: a change of what users compile against shows in its diff. The test
 * writes the file anew to {@code target/public-api.txt}; copy it over the one in {@code src/test/resources} if the change
 * is meant, and tell it in CHANGELOG.md.
 */
class PublicApiTest {
    private static final Path KEPT = Path.of("src/test/resources/public-api.txt");
    private static final Path FOUND = Path.of("target/public-api.txt");

    @Test
    void thePublicSignaturesAreThoseOfTheKeptFile() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : PublicSurfaceTest.publicTypes()) {
            lines.add(declaration(type) + ":");
            Stream<String> members = members(type);
            Class<?> parent = type.getSuperclass();
            if (isHidden(parent)) {
                members = Stream.concat(members, members(parent));
            }
            members.map(line -> "  " + line).sorted().distinct().forEach(lines::add);
        }
        Files.createDirectories(FOUND.getParent());
        Files.write(FOUND, lines);

        assertThat(FOUND)
                .as("copy %s over %s if the change is meant", FOUND, KEPT)
                .hasSameTextualContentAs(KEPT);
    }

    @Test
    void everyPublicTypeSaysSinceWhenItIsThere() throws Exception {
        assertThat(PublicSurfaceTest.publicTypes().stream().filter(type -> type.getEnclosingClass() == null))
                .allSatisfy(type -> assertThat(source(type)).contains(" * @since "));
    }

    /** The public methods of such a class are its subclasses' to their users. */
    private static boolean isHidden(@Nullable Class<?> parent) {
        return parent != null && !Modifier.isPublic(parent.getModifiers());
    }

    private static String source(Class<?> type) throws IOException {
        return Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
    }

    private static String declaration(Class<?> type) {
        String kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        Class<?> parent = type.getSuperclass();
        boolean plain = parent == null
                || isHidden(parent)
                || parent == Object.class
                || parent == Record.class
                || parent == Enum.class;
        String interfaces = Arrays.stream(type.getGenericInterfaces())
                .map(i -> i.getTypeName())
                .collect(Collectors.joining(", "));
        return modifiers(type.getModifiers() & ~Modifier.INTERFACE) + kind + " " + type.getName()
                + (plain ? "" : " extends " + parent.getName())
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(PublicApiTest::isForUsers)
                                .map(PublicApiTest::line),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(PublicApiTest::isForUsers)
                                .map(PublicApiTest::line),
                        Arrays.stream(type.getDeclaredFields())
                                .filter(PublicApiTest::isForUsers)
                                .map(PublicApiTest::line))
                .flatMap(lines -> lines);
    }

    private static boolean isForUsers(Member member) {
        int modifiers = member.getModifiers();
        return !member.isSynthetic() && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static String line(Field field) {
        return modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String line(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + "new" + parameters(constructor);
    }

    private static String line(Method method) {
        String variables =
                Arrays.stream(method.getTypeParameters()).map(Object::toString).collect(Collectors.joining(", "));
        return modifiers(method.getModifiers() & ~(Modifier.VOLATILE | Modifier.TRANSIENT))
                + (variables.isEmpty() ? "" : "<" + variables + "> ")
                + name(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method);
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getParameters())
                .map(PublicApiTest::parameter)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String parameter(Parameter parameter) {
        return name(parameter.getAnnotatedType()) + (parameter.isVarArgs() ? "..." : "") + " " + parameter.getName();
    }

    private static String name(AnnotatedType type) {
        return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "")
                + type.getType().getTypeName();
    }

    private static String modifiers(int modifiers) {
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
    }
}
