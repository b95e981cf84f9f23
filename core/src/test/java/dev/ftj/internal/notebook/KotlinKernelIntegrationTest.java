package dev.ftj.internal.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.JobResult;
import dev.ftj.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jetbrains.kotlinx.jupyter.api.FieldValue;
import org.jetbrains.kotlinx.jupyter.api.Notebook;
import org.jetbrains.kotlinx.jupyter.api.RendererHandler;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinition;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinitionProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the Kotlin kernel finds in the jar. {@code KotlinNotebookIT} runs it in a real kernel. */
class KotlinKernelIntegrationTest {
    private static final FineTuneJob JOB = FineTuneJob.fromJson("{\"id\": \"ftj-1\", \"status\": \"RUNNING\"}");
    private static final JobResult FAILED =
            new JobResult("ftj-2", null, FineTuneException.ofJob(Kind.NOT_FOUND, "ftj-2", "not found", null));

    private final LibraryDefinition definition = definition();
    private final RendererHandler renderer = definition.getRenderers().get(0);

    @SuppressWarnings("NullAway") // the integration does not use the notebook
    private static LibraryDefinition definition() {
        Notebook unused = null;
        return new KotlinKernelIntegration().getDefinitions(unused).get(0);
    }

    private static JsonNode librariesFile() throws IOException {
        try (InputStream file = KotlinKernelIntegration.class.getResourceAsStream(
                "/META-INF/kotlin-jupyter-libraries/libraries.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(file));
        }
    }

    /** Kernels before 0.15.0.606 reject a file with other keys. */
    @Test
    void theFileHasOnlyKeysThatEveryKernelReads() throws Exception {
        assertThat(librariesFile().propertyNames()).containsExactlyInAnyOrder("definitions", "producers");
        assertThat(librariesFile().path("definitions").values()).isEmpty();
        assertThat(librariesFile().path("producers").values())
                .singleElement()
                .satisfies(producer -> assertThat(producer.propertyNames()).containsExactly("fqn"));
    }

    @Test
    void theFileNamesAClassThatTheKernelCanInstantiate() throws Exception {
        String name = librariesFile().at("/producers/0/fqn").asString();
        assertThat(Class.forName(name).getConstructor().newInstance()).isInstanceOf(LibraryDefinitionProducer.class);
    }

    @Test
    void importsThePackageAndTheScriptHelpers() {
        assertThat(definition.getImports()).containsExactly("dev.ftj.*", "dev.ftj.script.FineTune.*");
    }

    @ParameterizedTest
    @MethodSource
    void rendersJobsResultsAndCollectionsOfThem(Object value, String html) {
        assertThat(renderer.accepts(value)).isTrue();
        assertThat(NotebookHtml.of(value)).isEqualTo(html);
    }

    static List<Arguments> rendersJobsResultsAndCollectionsOfThem() {
        return List.of(
                arguments(JOB, JOB.toHtml()),
                arguments(FAILED, FAILED.toHtml()),
                arguments(List.of(JOB, JOB), FineTuneJob.toHtml(List.of(JOB, JOB))),
                arguments(Set.of(JOB), FineTuneJob.toHtml(List.of(JOB))),
                arguments(List.of(FAILED), JobResult.toHtml(List.of(FAILED))));
    }

    @Test
    void rendersMetricsAsAChart() {
        try (Sandbox sandbox = Sandbox.start();
                FineTuneClient client = FineTuneClient.builder()
                        .endpoint(Endpoint.of(sandbox.endpoint()))
                        .apiKey(ApiKey.of(sandbox.apiKey()))
                        .build()) {
            JobMetrics metrics = client.metrics("ftj-my-finetune-run-3de60a5c");
            assertThat(renderer.accepts(metrics)).isTrue();
            assertThat(NotebookHtml.of(metrics)).isEqualTo(metrics.toHtml()).contains("<svg");
        }
    }

    @ParameterizedTest
    @MethodSource
    @SuppressWarnings("NullAway") // a cell's result may be null
    void leavesOtherValuesToTheKernel(Object value) {
        assertThat(renderer.accepts(value)).isFalse();
        assertThat(NotebookHtml.of(value)).isNull();
    }

    static List<Object> leavesOtherValuesToTheKernel() {
        return Arrays.asList(
                null, "x", 7, List.of(), List.of("x"), Arrays.asList(JOB, null), List.of(JOB, FAILED), Map.of(1, JOB));
    }

    /** Kernels from 0.12 on call a method that the interface compiled against lacks. */
    @Test
    void answersNewerKernelsToo() throws Exception {
        var acceptsField = renderer.getClass().getMethod("acceptsField", FieldValue.class);
        acceptsField.setAccessible(true);
        assertThat(acceptsField.invoke(renderer, new FieldValue(JOB, null))).isEqualTo(true);
        assertThat(acceptsField.invoke(renderer, new FieldValue("x", null))).isEqualTo(false);
    }
}
