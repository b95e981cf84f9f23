package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a host program sees of the package: little, and nothing of what it is made with. */
class PublicSurfaceTest {
    /** Returns the public types of the whole jar outside internal packages, nested ones included, by name. */
    static List<Class<?>> publicTypes() throws Exception {
        URI classes = FineTuneClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Path root = Path.of(classes);
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith(".class") && !name.startsWith("dev.ftj.internal."))
                    .filter(name -> !name.endsWith("-info.class"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - 6)))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .sorted(Comparator.comparing(Class::getName))
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

    /** The whole jar's: a type that is added here is a promise to users. */
    @Test
    void thePublicTypesOutsideInternalPackagesAreThese() throws Exception {
        assertThat(publicTypes().stream().filter(type -> type.getEnclosingClass() == null))
                .extracting(Class::getName)
                .containsExactlyInAnyOrder(
                        "dev.ftj.ApiKey",
                        "dev.ftj.AsyncFineTuneClient",
                        "dev.ftj.Attempt",
                        "dev.ftj.Dataset",
                        "dev.ftj.Endpoint",
                        "dev.ftj.FileRecord",
                        "dev.ftj.FineTuneClient",
                        "dev.ftj.FineTuneClientBuilder",
                        "dev.ftj.FineTuneException",
                        "dev.ftj.FineTuneJob",
                        "dev.ftj.JobConfig",
                        "dev.ftj.JobId",
                        "dev.ftj.JobMetrics",
                        "dev.ftj.JobResult",
                        "dev.ftj.JobStatus",
                        "dev.ftj.MetricSeries",
                        "dev.ftj.NewJob",
                        "dev.ftj.NodeStatus",
                        "dev.ftj.UploadOptions",
                        "dev.ftj.Watch",
                        "dev.ftj.notebook.JavaKernelDisplay",
                        "dev.ftj.sandbox.Sandbox",
                        "dev.ftj.script.FineTune",
                        "dev.ftj.script.SandboxScope");
    }

    @Test
    void noTypeOfALibraryStandsInASignatureButTheCallersClient() throws Exception {
        assertThat(publicTypes().stream()
                        .flatMap(type -> Stream.of(
                                        Stream.of(type.getMethods()).map(Method::toGenericString),
                                        Stream.of(type.getConstructors()).map(c -> c.toGenericString()),
                                        Stream.of(type.getFields()).map(f -> f.toGenericString()))
                                .flatMap(signatures -> signatures))
                        .filter(signature -> !signature.contains("dev.ftj.notebook."))
                        .filter(signature ->
                                signature.matches(".*\\b(okhttp3|okio|kotlin|tools\\.jackson|com\\.fasterxml)\\..*"))
                        .distinct())
                .singleElement()
                .asString()
                .contains("Builder.okHttpClient(okhttp3.OkHttpClient)");
    }
}
