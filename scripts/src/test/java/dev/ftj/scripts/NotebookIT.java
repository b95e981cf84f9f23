package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Notebooks, run by Jupyter in a real Java kernel: about 10 s each. */
class NotebookIT {
    private static final Path STORED = Places.ROOT.resolve("scripts/notebooks/fine-tune-jobs.ipynb");
    private static final Path RENEWED = Places.ROOT.resolve("scripts/target/fine-tune-jobs.ipynb");
    private static final String CANARY = "sk_canary_0123456789abcdef4e60";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @BeforeAll
    static void jupyterIsThere(@TempDir Path scratch) throws IOException {
        new Jupyter(scratch, "java").orSkip();
    }

    @Test
    void theNotebookRunsAndLeavesWhatIsStoredInIt() throws IOException {
        Jupyter jupyter = new Jupyter(dir, "java");
        Files.copy(STORED, dir.resolve("notebook.ipynb"));
        JsonNode executed = jupyter.executed(jupyter.running("notebook.ipynb")
                .with("JJAVA_CLASSPATH", Jupyter.CLASS_PATH)
                .with("ATAI_API_KEY", CANARY));

        assertThat(Jupyter.outputs(executed))
                .hasSizeGreaterThan(5)
                .noneMatch(output -> output.path("output_type").asString().equals("error"));
        assertThat(Jupyter.shown(executed, "card", "text/html"))
                .contains("ftj-my-finetune-run-3de60a5c", ">COMPLETED</strong>", "<table");
        assertThat(Jupyter.shown(executed, "many", "text/html"))
                .contains("ftj-kiln-temperature-58be27c9", ">FAILED</strong>", "工場の異音検知", "ftj-error-404: not found")
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(executed.toString()).doesNotContain(CANARY, Sandbox.DEFAULT_API_KEY);
        assertThat(jupyter.exported()).contains("工場の異音検知").doesNotContain("<script>alert");

        String stored = Files.readString(STORED);
        String renewed = storable(executed, Jupyter.JSON.readTree(stored));
        Files.writeString(RENEWED, renewed);
        assertThat(renewed)
                .as("%s, as run: where that is right, copy %s over it", STORED, RENEWED)
                .isEqualTo(stored);
    }

    @Test
    void aKernelThatIsToldTheClassPathInACellShowsCardsToo() throws IOException {
        Jupyter jupyter = new Jupyter(dir, "java");
        jupyter.write("%classpath " + Jupyter.CLASS_PATH, """
                import dev.ftj.FineTuneJob;
                FineTuneJob.fromJson("{\\"id\\": \\"ftj-1\\", \\"status\\": \\"RUNNING\\"}")""");
        JsonNode executed = jupyter.executed(jupyter.running("notebook.ipynb"));
        assertThat(Jupyter.shown(executed, "cell-1", "text/html")).contains("ftj-1", ">RUNNING</strong>");
    }

    @Test
    void withoutAKeyTheCellSaysWhatToSet() throws IOException {
        Jupyter jupyter = new Jupyter(dir, "java");
        jupyter.write("var client = dev.ftj.FineTuneClient.create();");
        JsonNode executed = jupyter.executed(
                jupyter.running("notebook.ipynb", "--allow-errors").with("JJAVA_CLASSPATH", Jupyter.CLASS_PATH));
        assertThat(Jupyter.outputs(executed)).singleElement().satisfies(error -> {
            assertThat(error.path("output_type").asString()).isEqualTo("error");
            assertThat(error.path("traceback").toString())
                    .contains("no API key. Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it.");
        });
    }

    /**
     * What is worth storing of a run: not when it was, nor in which version of Java, and no output of a cell whose tag
     * says that it changes.
     */
    private static String storable(JsonNode executed, JsonNode stored) {
        ObjectNode notebook = (ObjectNode) executed.deepCopy();
        notebook.set("metadata", stored.path("metadata"));
        notebook.set("nbformat_minor", stored.path("nbformat_minor"));
        for (JsonNode cell : notebook.path("cells")) {
            ((ObjectNode) cell.path("metadata")).remove("execution");
            if (cell.path("metadata").path("tags").toString().contains("\"changes\"")) {
                ((ObjectNode) cell).putNull("execution_count").putArray("outputs");
            }
        }
        return Jupyter.JSON.writer().with(Jupyter.LAYOUT).writeValueAsString(notebook) + "\n";
    }
}
