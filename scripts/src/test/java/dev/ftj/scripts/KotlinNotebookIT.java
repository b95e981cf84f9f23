package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A notebook in the Kotlin kernel that {@code .ci/kotlin-kernel} installs; its compiler rejects JDKs after 19. */
@EnabledForJreRange(max = JRE.JAVA_19)
class KotlinNotebookIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @BeforeAll
    static void jupyterIsThere(@TempDir Path scratch) throws IOException {
        new Jupyter(scratch, "kotlin").orSkip();
    }

    @Test
    void theJarBringsImportsAndHtmlOutput() throws Exception {
        Jupyter jupyter = new Jupyter(dir, "kotlin");
        jupyter.write(
                dependsOn(),
                "val simulation = sandbox()\njob(\"ftj-hostile-name-e6b29d07\")",
                "jobs(\"ftj-my-finetune-run-3de60a5c\", \"ftj-kiln-temperature-58be27c9\")",
                "client().jobs(listOf(\"ftj-my-finetune-run-3de60a5c\", \"ftj-error-404\")).toList()",
                "metrics(\"ftj-my-finetune-run-3de60a5c\")",
                "val status: JobStatus = await(\"ftj-live-completes\").status()\nstatus",
                "listOf(\"no\", \"job\")");
        JsonNode executed = jupyter.executed(jupyter.running("notebook.ipynb"));

        assertThat(html(executed, 1))
                .contains("ftj-hostile-name-e6b29d07", "<table", "&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(text(executed, 1)).startsWith("ftj-hostile-name-e6b29d07");
        assertThat(html(executed, 2)).contains("ftj-my-finetune-run-3de60a5c", "ftj-kiln-temperature-58be27c9");
        assertThat(html(executed, 3)).contains("ftj-my-finetune-run-3de60a5c", "ftj-error-404: not found");
        assertThat(html(executed, 4)).contains("<svg", "eval_loss");
        assertThat(text(executed, 5)).isEqualTo("COMPLETED");
        assertThat(html(executed, 6)).isEmpty();
        assertThat(text(executed, 6)).isEqualTo("[no, job]");
    }

    /** The README's two jars: the compiler needs the library's own jar, as it does not read the class path of another. */
    private static String dependsOn() throws IOException {
        try (Stream<Path> jars = Files.list(Places.LAYOUT.resolve("lib"))) {
            List<Path> core = jars.filter(jar -> jar.getFileName().toString().startsWith("ftj-core-")
                            && jar.toString().endsWith(".jar"))
                    .toList();
            assertThat(core).hasSize(1);
            return "@file:DependsOn(\"" + core.get(0) + "\")\n@file:DependsOn(\"" + Jupyter.CLASS_PATH + "\")";
        }
    }

    private static String html(JsonNode executed, int cell) {
        return Jupyter.shown(executed, "cell-" + cell, "text/html");
    }

    private static String text(JsonNode executed, int cell) {
        return Jupyter.shown(executed, "cell-" + cell, "text/plain");
    }
}
