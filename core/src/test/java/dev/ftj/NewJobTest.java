package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewJobTest {
    @Test
    void optionsMakeTheDocumentedBody() {
        NewJob job = NewJob.builder()
                .name("my \"run\"")
                .id("ftj-1")
                .model("Newton::c2_4_7b_251215a172f6d7")
                .train("file-1", "file-2")
                .eval("file-3")
                .build();
        assertThat(job.json())
                .isEqualTo("{\"name\": \"my \\\"run\\\"\", \"id\": \"ftj-1\", \"config\": {\"model\":"
                        + " \"Newton::c2_4_7b_251215a172f6d7\", \"datasets\": [{\"name\": \"train\", \"split\": \"train\","
                        + " \"file_ids\": [\"file-1\", \"file-2\"]}, {\"name\": \"eval\", \"split\": \"eval\","
                        + " \"file_ids\": [\"file-3\"]}]}}");
        assertThat(job.name()).isEqualTo("my \"run\"");
        assertThat(job.id()).isEqualTo(JobId.of("ftj-1"));
        assertThat(job.config().datasets()).hasSize(2);
        assertThat(job).hasToString("my \"run\"  Newton::c2_4_7b_251215a172f6d7, 2 datasets");
    }

    @Test
    void whatIsNotKnownOfATextIsKeptToTheDigit() {
        NewJob job = NewJob.builder()
                .fromJson("{\"name\": \"a\", \"priority\": 1.0E+2, \"config\": {\"lr\": 2e-4, \"datasets\":"
                        + " [{\"name\": \"t\", \"split\": \"train\", \"file_ids\": [\"f\"], \"weight\": 0.50}]}}")
                .name("b")
                .build();
        assertThat(job.json()).contains("\"name\": \"b\"", "\"priority\": 1.0E+2", "\"lr\": 2e-4", "\"weight\": 0.50");
    }

    @Test
    void likeAnotherTakesItsConfigurationAndNothingElse() {
        FineTuneJob other = FineTuneJob.fromJson(
                "{\"id\": \"ftj-1\", \"name\": \"old\", \"config\": {\"model\": \"m\", \"seed\": 7, \"datasets\":"
                        + " [{\"name\": \"t\", \"split\": \"train\", \"file_ids\": [\"f\"]}, {\"name\": \"e\","
                        + " \"split\": \"eval\", \"file_ids\": [\"g\"]}]}}");
        NewJob job = NewJob.builder().like(other).name("new").train("h").build();
        assertThat(job.id()).isNull();
        assertThat(job.json())
                .isEqualTo("{\"name\": \"new\", \"config\": {\"model\": \"m\", \"seed\": 7, \"datasets\": [{\"name\":"
                        + " \"e\", \"split\": \"eval\", \"file_ids\": [\"g\"]}, {\"name\": \"train\", \"split\":"
                        + " \"train\", \"file_ids\": [\"h\"]}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|name is missing",
                "{\"name\": null}|name is missing",
                "{\"name\": 5}|name is not a string",
                "{\"name\": \" \"}|name is empty",
                "{\"name\": \"n\"}|config.datasets is missing",
                "{\"name\": \"n\", \"config\": 5}|config is not an object",
                "{\"name\": \"n\", \"config\": {\"model\": \"\"}}|config.model is empty",
                "{\"name\": \"n\", \"config\": {\"model\": 5}}|config.model is not a string",
                "{\"name\": \"n\", \"config\": {\"datasets\": {}}}|config.datasets is not an array",
                "{\"name\": \"n\", \"config\": {\"datasets\": []}}|config.datasets has no dataset with the split train",
                "{\"name\": \"n\", \"config\": {\"datasets\": [5]}}|config.datasets[0] is not an object",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{}]}}|config.datasets[0].name is missing",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"test\"}]}}"
                        + "|config.datasets[0].split is neither train nor eval: test",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\"}]}}"
                        + "|config.datasets[0].file_ids names no file",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\", \"file_ids\": []}]}}"
                        + "|config.datasets[0].file_ids names no file",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"train\", \"file_ids\":"
                        + " [\"f\", \"\"]}]}}|config.datasets[0].file_ids[1] is empty",
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"d\", \"split\": \"eval\", \"file_ids\":"
                        + " [\"f\"]}]}}|config.datasets has no dataset with the split train",
                "[]|the request is not a JSON object: []",
                "{\"name\":|the request is not JSON, or nested too deeply: {\"name\":",
            })
    void whatIsWrongIsToldWithItsField(String json, String told) {
        FineTuneException e = catchThrowableOfType(
                FineTuneException.class, () -> NewJob.builder().fromJson(json).build());
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
        assertThat(e).hasMessage("cannot create the job: " + told + ". Nothing was sent.");
    }

    @Test
    void aTextThatIsEmptyOrNestedWithoutEndIsCalledSo() {
        for (String empty : List.of("", " \n")) {
            assertThatThrownBy(() -> NewJob.builder().fromJson(empty))
                    .isInstanceOf(FineTuneException.class)
                    .hasMessageContaining("the request is empty");
        }
        assertThatThrownBy(() -> NewJob.builder().fromJson("{\"name\":" + "[".repeat(200_000)))
                .isInstanceOf(FineTuneException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void aBadIdIsRefusedAsEverywhere() {
        FineTuneException e = catchThrowableOfType(
                FineTuneException.class,
                () -> NewJob.builder().name("n").id("..").train("f").build());
        assertThat(e).hasMessageContaining("not a job id");
    }
}
