package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A type of a caller's in a named module, whose package Jackson cannot use unless it is opened. */
class ClosedModuleTest {
    private static final FineTuneJob JOB = FineTuneJob.fromJson("{\"id\": \"ftj-1\"}");

    @TempDir
    Path directory;

    private Class<?> type(String opened, String declaration) throws Exception {
        Path source = Files.createDirectories(directory.resolve("my/model")).resolve("Mine.java");
        Files.writeString(source, "package my.model; " + declaration);
        Path module = Files.writeString(directory.resolve("module-info.java"), "module my.app { " + opened + " }");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", directory.toString(), source.toString(), module.toString()))
                .isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(directory), ModuleFinder.of(), Set.of("my.app"));
        return ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(boot), ClosedModuleTest.class.getClassLoader())
                .layer()
                .findLoader("my.app")
                .loadClass("my.model.Mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"public record Mine(String id) {}", "record Mine(String id) {}", "class Mine { String id; }"})
    void aPackageThatIsNotOpenedSaysWhatToOpen(String declaration) throws Exception {
        Class<?> mine = type("", declaration);

        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> JOB.as(mine));

        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.hint())
                .isEqualTo("Add `opens my.model to tools.jackson.databind;` to the module-info.java of my.app");
        assertThat(e.getMessage()).hasLineCount(1);
    }

    @Test
    void anOpenedOneIsBound() throws Exception {
        assertThat(JOB.as(type("opens my.model;", "public record Mine(String id) {}")))
                .hasToString("Mine[id=ftj-1]");
    }
}
