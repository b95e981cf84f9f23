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

/** The library as a module: it offers a service to a notebook's kernel, which is not there. */
class ModulePathIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    /** What the core brings along, and nothing of the shell's. */
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

    @Test
    void aServiceThatNobodyKnowsIsNoHindrance() throws IOException {
        Path program = Files.writeString(dir.resolve("Program.java"), """
                class Program {
                    public static void main(String[] args) {
                        Module module = dev.ftj.FineTuneJob.class.getModule();
                        System.out.println(module.getName());
                        System.out.println(module.getDescriptor().provides());
                        System.out.println(dev.ftj.FineTuneJob.fromJson("{\\"id\\": \\"ftj-1\\"}").toHtml());
                    }
                }
                """);
        Ended ended = new ToolProcess(
                        dir,
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        "-p",
                        modulePath(),
                        "--add-modules",
                        "dev.ftj,tools.jackson.databind",
                        program.toString())
                .run();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("dev.ftj\n[org.dflib.jjava.jupyter.Extension with [dev.ftj.notebook.JavaKernelDisplay]]\n")
                .contains("<td>ftj-1</td>");
    }
}
