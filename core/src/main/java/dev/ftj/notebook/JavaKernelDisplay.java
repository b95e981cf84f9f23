package dev.ftj.notebook;

import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import dev.ftj.internal.notebook.NotebookHtml;
import java.util.Collection;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Adds HTML output to the JJava kernel: a job or a result shows as a card, a collection of them as a table, metrics as
 * a chart. The kernel finds this class through {@link java.util.ServiceLoader}; no program needs to name it.
 *
 * <p>A viewer without HTML shows the value's {@code toString}.
 *
 * @since 0.1.0
 */
public final class JavaKernelDisplay implements Extension {
    /** For {@link java.util.ServiceLoader}. */
    public JavaKernelDisplay() {}

    /**
     * Registers the renderers.
     *
     * @param kernel the kernel of the notebook
     */
    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
    }

    static void register(Renderer renderer) {
        html(renderer, FineTuneJob.class);
        html(renderer, JobResult.class);
        html(renderer, JobMetrics.class);
        // The widest collection type: the kernel asks only the nearest registered type, so a user's renderer for lists
        // takes precedence.
        html(renderer, Collection.class);
    }

    private static void html(Renderer renderer, Class<?> type) {
        renderer.createRegistration(type).preferring(MIMEType.TEXT_HTML).register((value, context) -> {
            String html = NotebookHtml.of(value);
            if (html != null) {
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> html);
            }
        });
    }
}
