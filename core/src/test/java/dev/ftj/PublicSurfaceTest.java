package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a host program sees of the package: little, and nothing of what it is made with. */
class PublicSurfaceTest {
    private static List<Class<?>> publicTypes() throws Exception {
        URI classes = FineTuneClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(classes).resolve("dev/ftj"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(name -> load("dev.ftj." + name.substring(0, name.length() - 6)))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicSurfaceTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thereAreAtMostFifteenPublicTypes() throws Exception {
        assertThat(publicTypes().stream().filter(type -> type.getEnclosingClass() == null))
                .contains(FineTuneClient.class, FineTuneJob.class)
                .hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void noTypeOfALibraryStandsInASignatureButTheCallersClient() throws Exception {
        assertThat(publicTypes().stream()
                        .flatMap(type -> Stream.of(
                                        Stream.of(type.getMethods()).map(Method::toGenericString),
                                        Stream.of(type.getConstructors()).map(c -> c.toGenericString()),
                                        Stream.of(type.getFields()).map(f -> f.toGenericString()))
                                .flatMap(signatures -> signatures))
                        .filter(signature ->
                                signature.matches(".*\\b(okhttp3|okio|kotlin|tools\\.jackson|com\\.fasterxml)\\..*"))
                        .distinct())
                .singleElement()
                .asString()
                .contains("Builder.okHttpClient(okhttp3.OkHttpClient)");
    }
}
