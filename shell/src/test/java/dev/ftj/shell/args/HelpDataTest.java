package dev.ftj.shell.args;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import dev.ftj.internal.json.RawJson;
import org.junit.jupiter.api.Test;

class HelpDataTest {
    private final HelpData data = new HelpData(Samples.COMMANDS);

    @Test
    void aCommandHasItsArgumentsOptionsExamplesAndExitCodes() {
        String json = data.page("get").raw();

        assertThat(RawJson.parse(json).text("summary")).isEqualTo("the full record of each job");
        assertThat(json)
                .contains("\"arguments\":{\"usage\":\"JOB...\",\"min\":1,\"max\":null,\"jobs\":true,\"choices\":[]}")
                .contains("{\"name\":\"--output\",\"short\":\"-o\",\"value\":\"FORMAT\",\"repeats\":false,"
                        + "\"choices\":[\"text\",\"json\",\"jsonl\",\"yaml\"],")
                .contains("{\"line\":\"ftj get ftj-1 -o json\",\"meaning\":\"the record as the server sent it\"}")
                .contains("{\"code\":4,\"meaning\":\"there is no such job\"}");
    }

    @Test
    void theOverviewHasEveryCommandExitCodeAndVariable() {
        RawJson overview = RawJson.parse(data.overview().raw());

        assertThat(requireNonNull(overview.field("commands")).elements())
                .extracting(command -> command.text("name"))
                .containsExactlyElementsOf(Samples.COMMANDS.names());
        assertThat(requireNonNull(overview.field("exit_codes")).raw()).contains("{\"code\":130,");
        assertThat(requireNonNull(overview.field("environment")).raw()).contains("ATAI_API_KEY");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> data.page("gte"))
                .withMessage("unknown command: gte. Did you mean get?");
    }
}
