package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.NativeArguments;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.ErrorView;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program: makes every object that it needs, from top to bottom, without a container. */
public final class Ftj {
    private final Map<String, String> environment;
    private final Console console;
    private final Stdin stdin;
    private final Interactive.@Nullable TerminalSource terminal;

    Ftj(Map<String, String> environment, Console console, InputStream stdin) {
        this(environment, console, stdin, null);
    }

    Ftj(
            Map<String, String> environment,
            Console console,
            InputStream stdin,
            Interactive.@Nullable TerminalSource terminal) {
        this.environment = environment;
        this.console = console;
        this.stdin = new Stdin(stdin);
        this.terminal = terminal;
    }

    /**
     * Runs one command, a script, or the shell, and exits with its code.
     *
     * @param argv one command line, or nothing
     */
    public static void main(String[] argv) {
        int code = ofProcess().run(List.of(argv));
        // an orderly exit would wait for nothing that is needed
        Runtime.getRuntime().halt(code);
    }

    static Ftj ofProcess() {
        Map<String, String> environment = System.getenv();
        Console console = Console.ofProcess(environment);
        if (console.hasTerminal()) {
            console.terminal(new TerminalDevice(environment));
        }
        return new Ftj(environment, console, System.in);
    }

    /** @return the exit code */
    int run(List<String> argv) {
        try (Session session = new Session(environment, console, stdin)) {
            CommandTable table = new CommandTable(session, console);
            Commands commands = table.commands();
            CommandLine line;
            try {
                NativeArguments.check(argv);
                line = commands.parse(argv);
            } catch (FineTuneException e) {
                new ErrorView(console, CommandLine.EMPTY).show(e);
                return e.kind().exitCode();
            }
            LineExecutor executor = new LineExecutor(table, session, console);
            CommandRunner runner = new CommandRunner(commands, executor, session, console);
            CommandSpec spec = commands.find(line.command());
            if (spec != null) {
                if (spec.takes(Option.ENDPOINT)) {
                    new Warmup().start();
                }
                return runner.argv(line);
            }
            boolean atTerminal = console.terminals().in() && console.terminals().out();
            session.open(line, atTerminal);
            if (!atTerminal) {
                return runner.script();
            }
            stdin.take("the prompt");
            Interactive.TerminalSource source = terminal == null ? SystemTerminal::open : terminal;
            return new Interactive(executor, session, console, commands, source).run();
        }
    }
}
