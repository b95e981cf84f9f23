package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jupyter with a kernel installed on this machine, named {@code java} or {@code kotlin}: in one of Jupyter's own
 * directories, on {@code JUPYTER_PATH}, or in the directory that {@code FTJ_KERNEL_DIR} names (it holds
 * {@code kernels/NAME/kernel.json}). Tests are skipped without it, or fail if {@code FTJ_REQUIRE_NOTEBOOK=1} (for
 * {@code kotlin}: {@code FTJ_REQUIRE_KOTLIN_NOTEBOOK=1}).
 */
final class Jupyter {
    static final ObjectMapper JSON = new ObjectMapper();

    /** As Jupyter itself lays a notebook's file out. */
    static final PrettyPrinter LAYOUT = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter(" ", "\n"))
            .withArrayIndenter(new DefaultIndenter(" ", "\n"));

    /** The one jar that brings the others along. */
    static final Path CLASS_PATH = Places.LAYOUT.resolve("lib/ftj.jar");

    private final Path directory;
    private final String kernel;

    /** For notebooks in one directory, which also keeps everything else that Jupyter writes. */
    Jupyter(Path directory, String kernel) {
        this.directory = directory;
        this.kernel = kernel;
    }

    void orSkip() throws IOException {
        String missing = missing();
        if (!missing.isEmpty()) {
            String required = kernel.equals("java") ? "FTJ_REQUIRE_NOTEBOOK" : "FTJ_REQUIRE_KOTLIN_NOTEBOOK";
            if (ToolProcess.inherited(required).equals("1")) {
                Assertions.fail(required + "=1, and there is " + missing);
            }
            System.out.println("NOTEBOOKS WERE NOT RUN: there is " + missing);
            Assumptions.abort("there is " + missing);
        }
    }

    private String missing() throws IOException {
        boolean jupyter = Stream.of(ToolProcess.inherited("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "jupyter")));
        if (!jupyter || program("nbconvert", "--version").run().code() != 0) {
            return "no Jupyter with nbconvert on the PATH";
        }
        JsonNode places =
                JSON.readTree(program("--paths", "--json").run().out()).path("data");
        for (JsonNode place : places) {
            if (Files.exists(Path.of(place.asString(), "kernels", kernel, "kernel.json"))) {
                return "";
            }
        }
        return "no kernel " + kernel + " in " + places + " (JUPYTER_PATH may name a directory with kernels/" + kernel
                + ")";
    }

    /** Without what the machine at hand happens to have configured, on the JDK that runs this test. */
    private ToolProcess program(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("jupyter"), Stream.of(arguments)).toArray(String[]::new);
        return new ToolProcess(directory, command)
                .without("JJAVA_CLASSPATH")
                .with("PATH", Places.JAVA_HOME.resolve("bin") + File.pathSeparator + ToolProcess.inherited("PATH"))
                .with("JUPYTER_PATH", kernels())
                .with("JUPYTER_CONFIG_DIR", directory.resolve("config"))
                .with("JUPYTER_RUNTIME_DIR", directory.resolve("runtime"))
                .with("IPYTHONDIR", directory.resolve("ipython"));
    }

    private static String kernels() {
        return String.join(
                File.pathSeparator,
                Stream.of(ToolProcess.inherited("FTJ_KERNEL_DIR"), ToolProcess.inherited("JUPYTER_PATH"))
                        .filter(place -> !place.isEmpty())
                        .toList());
    }

    /** A command line that runs a notebook of the directory. */
    ToolProcess running(String notebook, String... options) {
        List<String> fixed = List.of(
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                notebook,
                "--output",
                "executed.ipynb",
                "--ExecutePreprocessor.startup_timeout=60",
                "--ExecutePreprocessor.timeout=60");
        return program(Stream.concat(fixed.stream(), Stream.of(options)).toArray(String[]::new));
    }

    /** Writes {@code notebook.ipynb} with these code cells, {@code cell-0} and so on. */
    void write(String... cells) throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", kernel)
                .put("display_name", kernel);
        ArrayNode list = notebook.putArray("cells");
        for (String cell : cells) {
            ObjectNode code = list.addObject()
                    .put("cell_type", "code")
                    .put("id", "cell-" + (list.size() - 1))
                    .put("source", cell)
                    .putNull("execution_count");
            code.putObject("metadata");
            code.putArray("outputs");
        }
        Files.writeString(directory.resolve("notebook.ipynb"), notebook.toString());
    }

    /** Returns all outputs of a notebook. */
    static List<JsonNode> outputs(JsonNode notebook) {
        List<JsonNode> outputs = new ArrayList<>();
        notebook.path("cells").forEach(cell -> cell.path("outputs").forEach(outputs::add));
        return outputs;
    }

    /** Returns what a cell shows as this type, or an empty string. */
    static String shown(JsonNode notebook, String id, String type) {
        StringBuilder shown = new StringBuilder();
        for (JsonNode cell : notebook.path("cells")) {
            if (cell.path("id").asString().equals(id)) {
                cell.path("outputs")
                        .forEach(output ->
                                output.path("data").path(type).forEach(line -> shown.append(line.asString())));
            }
        }
        return shown.toString();
    }

    /** The notebook that a run leaves, with its outputs. */
    JsonNode executed(ToolProcess running) throws IOException {
        Ended ended = running.run();
        assertThat(ended.code()).as(ended.err()).isZero();
        return JSON.readTree(Files.readString(directory.resolve("executed.ipynb")));
    }

    /** The same fragment as HTML on a page of its own, as {@code nbconvert} exports it. */
    String exported() throws IOException {
        Ended ended = program("nbconvert", "--to", "html", "executed.ipynb", "--output", "page.html")
                .run();
        assertThat(ended.code()).as(ended.err()).isZero();
        return Files.readString(directory.resolve("page.html"));
    }
}
