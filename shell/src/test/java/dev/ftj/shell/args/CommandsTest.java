package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final List<String> NAMES =
            List.of("get", "watch", "list", "create", "stop", "cancel", "delete", "forget", "saved", "logout");
    private static final Commands COMMANDS = Samples.commands(
            Stream.of(NAMES)
                    .flatMap(List::stream)
                    .map(name -> CommandSpec.named(name, "").build())
                    .toList(),
            List.of());

    @Test
    void aReferenceAloneIsAJobToGet() {
        assertThat(COMMANDS.hint("@two")).isEqualTo("Did you mean get @two?");
        assertThat(Samples.commands(List.of(CommandSpec.named("help", "").build()), List.of())
                        .hint("?"))
                .isEqualTo("Did you mean help?");
    }

    @ParameterizedTest
    @CsvSource({
        "show, get",
        "describe, get",
        "info, get",
        "status, get",
        "inspect, get",
        "logs, watch",
        "tail, watch",
        "ls, list",
        "LS, list",
        "jobs, list",
        "ps, list",
        "rm, delete",
        "kill, cancel",
        "retry, create --like JOB"
    })
    void aCommandOfOtherToolsLeadsToTheOneThatDoesTheSame(String typed, String meant) {
        assertThat(COMMANDS.hint(typed)).isEqualTo("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delte", "sotp", "stpo", "cancle", "forgot", "zzzzzz"})
    void aSlipOfTheFingerLeadsToNothingThatEndsOrRemovesAJob(String typed) {
        assertThat(COMMANDS.hint(typed)).isEqualTo("Expected one of: " + String.join(", ", NAMES));
    }

    @Test
    void anyOtherSlipLeadsToTheNearest() {
        assertThat(COMMANDS.hint("lsit")).endsWith(" list?");
        assertThat(COMMANDS.hint("wacth")).endsWith(" watch?");
    }
}
