package dev.ftj.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionScriptTest {
    @Test
    void aCommandThatHasNoUseOutsideThePromptIsNotOffered() {
        CommandSpec login = CommandSpec.named("login", "log in")
                .options(Option.CHECK)
                .promptOnly()
                .build();
        CommandSpec whoami =
                CommandSpec.named("whoami", "who").options(Option.ENDPOINT).build();

        assertThat(CompletionScript.rows(Samples.commands(List.of(login, whoami), List.of())))
                .contains("|whoami|command||who")
                .noneMatch(row -> row.contains("login"));
    }
}
