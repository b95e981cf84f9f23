package dev.ftj.notebook;

import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import java.util.Collection;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/**
 * What the JJava kernel shows of this library's types: a job or a result is a card, a collection of
 * them a table, metrics are a picture. The
 * kernel finds this class through {@link java.util.ServiceLoader}; no program needs to name it.
 *
 * <p>The plain text beside it, for a viewer without HTML, is the value's {@code toString}.
 */
public final class JavaKernelDisplay implements Extension {
    /** For {@link java.util.ServiceLoader}. */
    public JavaKernelDisplay() {}

    /**
     * Tells the kernel how the types look.
     *
     * @param kernel the kernel of the notebook
     */
    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
    }

    static void register(Renderer renderer) {
        html(renderer, FineTuneJob.class, FineTuneJob::toHtml);
        html(renderer, JobResult.class, JobResult::toHtml);
        html(renderer, JobMetrics.class, JobMetrics::toHtml);
        // The widest type there is for them, since the kernel asks the nearest registered one alone: whoever registers
        // lists goes first, and a collection of anything else is left to be plain text.
        renderer.createRegistration(Collection.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((values, context) -> {
                    String table = table(values);
                    if (table != null) {
                        context.renderIfRequested(MIMEType.TEXT_HTML, () -> table);
                    }
                });
    }

    private static @Nullable String table(Collection<?> values) {
        if (values.isEmpty()) {
            return null;
        }
        if (values.stream().allMatch(FineTuneJob.class::isInstance)) {
            return FineTuneJob.toHtml(
                    values.stream().map(FineTuneJob.class::cast).toList());
        }
        return values.stream().allMatch(JobResult.class::isInstance)
                ? JobResult.toHtml(values.stream().map(JobResult.class::cast).toList())
                : null;
    }

    private static <T> void html(Renderer renderer, Class<T> type, Function<T, String> look) {
        renderer.createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .register((value, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> look.apply(value)));
    }
}
