package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import java.io.PrintWriter;
import java.util.List;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.ParsedInput;

/**
 * The adapter to Spring Shell, and the only file that uses its types: its registry holds our commands, its executor runs
 * them. Parsing, help and the loop of the prompt are ours (see SpringShellAssumptionsTest for the reasons).
 */
final class SpringShell {
    private final CommandTable table;
    private final PrintWriter out;
    private final CommandRegistry registry = new CommandRegistry();
    private CommandLine line = CommandLine.EMPTY;

    SpringShell(CommandTable table, PrintWriter out) {
        this.table = table;
        this.out = out;
        for (String name : CommandTable.NAMES) {
            registry.registerCommand(new Registered(name));
        }
    }

    /**
     * Runs the command that a line names.
     *
     * @return the exit code
     * @throws FineTuneException as the command does; of kind {@code CANCELLED} if the thread was interrupted
     */
    int run(CommandLine parsed) {
        line = parsed;
        ParsedInput input = new ParsedInput(parsed.command(), List.of(), List.of(), List.of());
        try {
            return new CommandExecutor(registry)
                    .execute(new CommandContext(input, registry, out, new InputReader() {}))
                    .code();
        } catch (CommandExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw FineTuneException.of(Kind.CANCELLED, "cancelled", null);
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** A command by its name; it is made when it runs. */
    private final class Registered implements Command {
        private final String name;

        Registered(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getDescription() {
            return table.command(name).spec().summary();
        }

        @Override
        public ExitStatus execute(CommandContext context) throws Exception {
            return new ExitStatus(table.command(name).run(line), name);
        }
    }
}
