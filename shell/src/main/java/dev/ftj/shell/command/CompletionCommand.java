package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.view.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code completion SHELL}: a completion script for the user's own shell. */
public final class CompletionCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named(
                    "completion", "print a completion script that knows the saved ids, too")
            .operands(Operands.choice("bash|zsh|fish", 1, 1, List.of("bash", "zsh", "fish")))
            .example("completion bash > ~/.local/share/bash-completion/completions/ftj", "for bash")
            .exit(0, "printed")
            .build();

    private final Screen screen;

    public CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(Arguments arguments) {
        String name = "/dev/ftj/shell/completion/ftj." + arguments.words().get(0);
        try (InputStream script = CompletionCommand.class.getResourceAsStream(name)) {
            if (script == null) {
                throw FineTuneException.of(Kind.LOCAL, "this installation lacks " + name, "Install ftj again");
            }
            screen.out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            return 0;
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, name + " cannot be read", null);
        }
    }
}
