package dev.ftj.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hook in the kernel's own renderer. */
class JavaKernelDisplayTest {
    private static final FineTuneJob JOB = FineTuneJob.fromJson("{\"id\": \"ftj-1\", \"status\": \"RUNNING\"}");
    private static final JobResult FOUND = new JobResult("ftj-1", JOB, null);
    private static final JobResult FAILED =
            new JobResult("ftj-2", null, FineTuneException.ofJob(Kind.NOT_FOUND, "ftj-2", "not found", null));

    private final Renderer renderer = new Renderer();

    JavaKernelDisplayTest() {
        JavaKernelDisplay.register(renderer);
    }

    private static Object html(DisplayData data) {
        return data.getData(MIMEType.TEXT_HTML);
    }

    @Test
    void theKernelFindsIt() {
        assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(JavaKernelDisplay.class);
    }

    @Test
    void aJobIsItsCardAndItsLine() {
        DisplayData shown = renderer.render(JOB);
        assertThat(html(shown)).isEqualTo(JOB.toHtml());
        assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo(JOB.toString());
    }

    @Test
    void aResultIsTheCardOrWhatFailed() {
        assertThat(html(renderer.render(FOUND))).isEqualTo(JOB.toHtml());
        assertThat(html(renderer.render(FAILED))).asString().contains("ftj-2: not found.");
    }

    @ParameterizedTest
    @MethodSource
    void anyCollectionOfJobsIsATable(Collection<FineTuneJob> jobs) {
        assertThat(html(renderer.render(jobs))).isEqualTo(FineTuneJob.toHtml(jobs));
    }

    static List<Collection<FineTuneJob>> anyCollectionOfJobsIsATable() {
        return List.of(List.of(JOB), Arrays.asList(JOB, JOB), Set.of(JOB), new ArrayDeque<>(List.of(JOB)));
    }

    @Test
    void aListOfResultsIsATableWithWhatFailed() {
        assertThat(html(renderer.render(List.of(FOUND, FAILED))))
                .isEqualTo(JobResult.toHtml(List.of(FOUND, FAILED)))
                .asString()
                .contains("ftj-1", "ftj-2: not found.");
    }

    @ParameterizedTest
    @MethodSource
    void everyOtherCollectionStaysPlainText(Collection<?> values) {
        DisplayData shown = renderer.render(values);
        assertThat(html(shown)).isNull();
        assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo(values.toString());
    }

    static List<Collection<?>> everyOtherCollectionStaysPlainText() {
        return List.of(
                List.of(), List.of("a"), Arrays.asList(JOB, null), List.of(JOB, FOUND), Arrays.asList((Object) null));
    }

    @Test
    void whoeverShowsListsGoesFirst() {
        renderer.createRegistration(List.class)
                .preferring(MIMEType.TEXT_HTML)
                .register((list, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> "theirs"));
        assertThat(html(renderer.render(List.of(JOB)))).isEqualTo("theirs");
        assertThat(html(renderer.render(Set.of(JOB)))).isEqualTo(FineTuneJob.toHtml(List.of(JOB)));
    }

    @Test
    void whoAsksForPlainTextGetsIt() {
        DisplayData shown = renderer.renderAs(JOB, "text/plain");
        assertThat(html(shown)).isNull();
        assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo(JOB.toString());
    }
}
