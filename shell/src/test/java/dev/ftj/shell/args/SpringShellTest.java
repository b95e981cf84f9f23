package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandRegistry;

/** What the parser makes is what Spring Shell's own registry and executor take, without a context. */
class SpringShellTest {
    private final List<CommandLine> ran = new ArrayList<>();
    private final CommandRegistry registry = new CommandRegistry();
    private final StringWriter printed = new StringWriter();

    @Test
    void theExecutorHandsTheParsedInputToItsCommand() throws Exception {
        run("get", "--sandbox get 'a b' -vv -- -");

        assertThat(ran).hasSize(1);
        assertThat(ran.get(0).words()).containsExactly("a b", "-");
        assertThat(ran.get(0).isLiteral(1)).isTrue();
        assertThat(ran.get(0).count(Option.VERBOSE)).isEqualTo(2);
    }

    @Test
    void helpReachesOurCommandAndNotSpringShellsOwn() throws Exception {
        run("help", "get --help");

        assertThat(ran).hasSize(1);
        assertThat(ran.get(0).words()).containsExactly("get");
        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void aLoneLiteralMarkIsNotTakenForACallForHelp() throws Exception {
        run("get", "get -- -h");

        assertThat(ran.get(0).words()).containsExactly("-h");
    }

    private void run(String command, String line) throws Exception {
        registry.registerCommand(
                Command.builder().name(command).description("a sample").execute(context -> {
                    ran.add(new CommandLine(context.parsedInput()));
                }));
        new CommandExecutor(registry)
                .execute(new CommandContext(
                        new LineParser(Samples.COMMANDS).parse(line),
                        registry,
                        new PrintWriter(printed, true),
                        new InputReader() {}));
    }
}
