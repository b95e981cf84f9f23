package dev.ftj.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ftj.FineTuneClient;
import dev.ftj.internal.notebook.KotlinKernelIntegration;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The library where no kernel is: a class loader that has everything else. */
class WithoutKernelTest {
    private static final List<String> HOOKS =
            List.of(JavaKernelDisplay.class.getName(), KotlinKernelIntegration.class.getName());

    private final Path classes = Path.of(FineTuneClient.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath());
    private final URLClassLoader loader = new URLClassLoader(withoutKernel(), ClassLoader.getPlatformClassLoader());

    private static URL[] withoutKernel() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jjava") && !entry.contains("kotlin-jupyter"))
                .map(WithoutKernelTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    /** All of them verified and linked, with every type of their signatures looked up. */
    private Map<Class<?>, String> signatures(Predicate<String> named) throws IOException, ReflectiveOperationException {
        Map<Class<?>, String> signatures = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String path = classes.relativize(file).toString();
                String name =
                        path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
                if (!name.equals("module-info") && named.test(name)) {
                    Class<?> type = Class.forName(name, true, loader);
                    signatures.put(
                            type,
                            Stream.of(
                                            type.getDeclaredMethods(),
                                            type.getDeclaredFields(),
                                            type.getDeclaredConstructors())
                                    .map(Arrays::toString)
                                    .collect(Collectors.joining()));
                }
            }
        }
        return signatures;
    }

    @Test
    void nothingIsMissing() throws Exception {
        Map<Class<?>, String> found = signatures(name -> HOOKS.stream().noneMatch(name::startsWith));
        assertThat(found.keySet())
                .hasSizeGreaterThan(50)
                .allSatisfy(type -> assertThat(type.getClassLoader()).isSameAs(loader));
        assertThat(found.values())
                .noneMatch(signature -> signature.contains("dflib"))
                .noneMatch(signature -> signature.contains("kotlinx.jupyter"));
    }

    @Test
    void aJobIsACardAllTheSame() throws Exception {
        Class<?> type = loader.loadClass("dev.ftj.FineTuneJob");
        Object job = type.getMethod("fromJson", String.class).invoke(null, "{\"id\": \"ftj-1\"}");
        assertThat(type.getMethod("toHtml").invoke(job)).asString().contains("ftj-1");
    }

    @Test
    void onlyTheHooksNeedAKernel() {
        assertThat(HOOKS)
                .allSatisfy(hook -> assertThatThrownBy(() -> signatures(name -> name.startsWith(hook)))
                        .isInstanceOf(NoClassDefFoundError.class)
                        .hasMessageMatching(".*(jjava|kotlinx/jupyter).*"));
    }
}
