package dev.ftj.internal.notebook;

import java.util.List;
import java.util.Map;
import kotlin.Unit;
import org.jetbrains.kotlinx.jupyter.api.FieldValue;
import org.jetbrains.kotlinx.jupyter.api.MimeTypedResult;
import org.jetbrains.kotlinx.jupyter.api.Notebook;
import org.jetbrains.kotlinx.jupyter.api.RendererHandler;
import org.jetbrains.kotlinx.jupyter.api.ResultHandlerExecution;
import org.jetbrains.kotlinx.jupyter.api.libraries.ExecutionHost;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinition;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinitionImplKt;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinitionProducer;

/**
 * Adds imports and HTML output to a Kotlin notebook. The kernel finds this class through
 * {@code META-INF/kotlin-jupyter-libraries/libraries.json} when the jar is added to a notebook.
 *
 * <p>A class, not a descriptor in that file: kernels before 0.15.0.606 reject a file with descriptors, and a descriptor
 * renders exact classes only, so no list.
 */
public final class KotlinKernelIntegration implements LibraryDefinitionProducer {
    /** For the kernel, which calls it by reflection. */
    public KotlinKernelIntegration() {}

    @Override
    public List<LibraryDefinition> getDefinitions(Notebook notebook) {
        return List.of(LibraryDefinitionImplKt.libraryDefinition(library -> {
            library.setImports(List.of("dev.ftj.*", "dev.ftj.script.FineTune.*"));
            library.setRenderers(List.of(new HtmlRenderer()));
            return Unit.INSTANCE;
        }));
    }

    private static final class HtmlRenderer implements RendererHandler {
        @Override
        public boolean accepts(Object value) {
            return NotebookHtml.of(value) != null;
        }

        /** Overrides the interface's method in newer kernels; the one compiled against lacks it. */
        @SuppressWarnings("unused")
        public boolean acceptsField(FieldValue result) {
            return accepts(result.getValue());
        }

        @Override
        public ResultHandlerExecution getExecution() {
            return new HtmlExecution();
        }

        @Override
        public RendererHandler replaceVariables(Map<String, String> mapping) {
            return this;
        }
    }

    private static final class HtmlExecution implements ResultHandlerExecution {
        @Override
        public FieldValue execute(ExecutionHost host, FieldValue result) {
            Object value = result.getValue();
            String html = NotebookHtml.of(value);
            // Null only if the collection changed since it was accepted.
            Map<String, String> data = html == null
                    ? Map.of("text/plain", String.valueOf(value))
                    : Map.of("text/html", html, "text/plain", String.valueOf(value));
            return new FieldValue(new MimeTypedResult(data, false, null), null);
        }

        @Override
        public ResultHandlerExecution replaceVariables(Map<String, String> mapping) {
            return this;
        }
    }
}
