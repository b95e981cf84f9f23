package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core as a module, without the jars of the shell and of notebook kernels. */
class ModulePathIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private static String modulePath() throws IOException {
        try (Stream<Path> jars = Files.list(Places.LAYOUT.resolve("lib"))) {
            return jars.filter(
                            jar -> jar.getFileName()
                                    .toString()
                                    .matches(
                                            "(ftj-core|okhttp|okio|kotlin|annotations|jackson-(core|databind|annotations)|jspecify)-.*"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private Ended run(String statements) throws IOException {
        Path program = Files.writeString(dir.resolve("Program.java"), """
                class Program {
                    public static void main(String[] args) throws Exception {
                        %s
                    }
                }
                """.formatted(statements));
        return new ToolProcess(
                        dir,
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        "-p",
                        modulePath(),
                        "--add-modules",
                        "dev.ftj",
                        program.toString())
                .run();
    }

    @Test
    void onlyThePublicPackagesAreExported() throws IOException {
        Ended ended = run("""
                var descriptor = dev.ftj.FineTuneJob.class.getModule().getDescriptor();
                System.out.println(descriptor.name() + " " + descriptor.isAutomatic() + " " + descriptor.provides());
                descriptor.exports().stream().map(Object::toString).sorted().forEach(System.out::println);
                """);

        assertThat(ended).isEqualTo(new Ended(0, "dev.ftj false []\ndev.ftj\ndev.ftj.sandbox\ndev.ftj.script\n", ""));
    }

    @Test
    void internalTypesCannotBeNamed() throws IOException {
        Ended ended = run("dev.ftj.internal.text.Sanitizer.oneLine(\"\");");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("package dev.ftj.internal.text is not visible");
    }

    @Test
    void aJobOfTheSandboxIsShownAsHtml() throws IOException {
        Ended ended = run("""
                try (var sandbox = dev.ftj.script.FineTune.sandbox()) {
                    System.out.println(dev.ftj.script.FineTune.job(sandbox.sampleId()).toHtml());
                }
                """);

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("<td>ftj-my-finetune-run-3de60a5c</td>");
    }
}
