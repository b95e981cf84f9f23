package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Help;
import dev.ftj.shell.args.LineParser;
import dev.ftj.shell.args.NativeArguments;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.command.ActCommand;
import dev.ftj.shell.command.ClearCommand;
import dev.ftj.shell.command.CompletionCommand;
import dev.ftj.shell.command.CreateCommand;
import dev.ftj.shell.command.DoctorCommand;
import dev.ftj.shell.command.EndpointCommand;
import dev.ftj.shell.command.ExitCommand;
import dev.ftj.shell.command.ForgetCommand;
import dev.ftj.shell.command.GetCommand;
import dev.ftj.shell.command.HelpCommand;
import dev.ftj.shell.command.HistoryCommand;
import dev.ftj.shell.command.ListCommand;
import dev.ftj.shell.command.LoginCommand;
import dev.ftj.shell.command.LogoutCommand;
import dev.ftj.shell.command.MetricsCommand;
import dev.ftj.shell.command.NodeCommand;
import dev.ftj.shell.command.SandboxCommand;
import dev.ftj.shell.command.SaveCommand;
import dev.ftj.shell.command.SavedCommand;
import dev.ftj.shell.command.ShellCommand;
import dev.ftj.shell.command.VersionCommand;
import dev.ftj.shell.command.WatchCommand;
import dev.ftj.shell.command.WhoamiCommand;
import dev.ftj.shell.session.LineHistory;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.Screen;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** The program: every object that it is made of is made here, from top to bottom, without a container. */
public final class Ftj {
    private static final List<Option> SHELL_OPTIONS = List.of(
            Option.SANDBOX,
            Option.ENDPOINT,
            Option.API_KEY_FILE,
            Option.TIMEOUT,
            Option.OUTPUT,
            Option.COLOR,
            Option.VERBOSE);

    private final Map<String, String> environment;
    private final Screen screen;
    private final Stdin stdin;
    private final Interactive.TerminalSource terminal;

    Ftj(Map<String, String> environment, Screen screen, InputStream stdin) {
        this(environment, screen, stdin, SystemTerminal::open);
    }

    Ftj(Map<String, String> environment, Screen screen, InputStream stdin, Interactive.TerminalSource terminal) {
        this.environment = environment;
        this.screen = screen;
        this.stdin = new Stdin(stdin);
        this.terminal = terminal;
    }

    /**
     * Runs one command, a script, or the shell, and ends the process with its exit code.
     *
     * @param argv the words of one line, or none
     */
    public static void main(String[] argv) {
        int code = ofProcess().run(List.of(argv));
        // nothing is left to do, and the usual way out waits for it
        Runtime.getRuntime().halt(code);
    }

    static Ftj ofProcess() {
        Map<String, String> environment = System.getenv();
        Screen screen = Screen.ofProcess(environment);
        TerminalSize size = new TerminalSize(environment);
        screen.size(size::columns, size::rows);
        screen.keyboard(new TerminalEcho());
        return new Ftj(environment, screen, System.in);
    }

    /** @return the exit code */
    int run(List<String> argv) {
        try (Session session = new Session(environment, screen, stdin)) {
            LineHistory history = LineHistory.of(environment);
            List<ShellCommand> all = new ArrayList<>();
            Commands commands = commands(all, session, history);
            CommandRegistry registry = new CommandRegistry();
            all.forEach(registry::registerCommand);
            LineParser parser = new LineParser(commands);
            LineExecutor executor = new LineExecutor(registry, commands, session, screen);
            CommandRunner oneShot = new CommandRunner(commands, parser, executor, session, screen);

            ParsedInput line;
            try {
                NativeArguments.check(argv);
                line = parser.parse(argv);
            } catch (FineTuneException e) {
                new ErrorView(screen).show(e, Format.TEXT, false);
                return e.kind().exitCode();
            }
            if (!line.commandName().isEmpty()) {
                CommandSpec spec = commands.find(line.commandName());
                if (spec != null && spec.takes(Option.ENDPOINT)) {
                    new Warmup().start();
                }
                return oneShot.argv(line);
            }
            boolean atTerminal = screen.terminals().in() && screen.terminals().out();
            session.open(new CommandLine(line), atTerminal);
            if (!atTerminal) {
                return oneShot.script(new Help(commands).usage());
            }
            stdin.take("the prompt");
            return new Interactive(parser, executor, session, screen, history, commands, terminal).run();
        }
    }

    /** In help's order; help and completion know all of them. */
    Commands commands(List<ShellCommand> all, Session session, LineHistory history) {
        all.add(new GetCommand(session, screen));
        WatchCommand watch = new WatchCommand(session, screen, false);
        all.add(watch);
        all.add(new WatchCommand(session, screen, true));
        all.add(new ListCommand(session, screen));
        all.add(new MetricsCommand(session, screen));
        all.add(new CreateCommand(session, screen, watch));
        all.add(ActCommand.stop(session, screen));
        all.add(ActCommand.cancel(session, screen));
        all.add(ActCommand.delete(session, screen));
        all.add(new NodeCommand(session, screen));
        all.add(new SaveCommand(session, screen));
        all.add(new SavedCommand(session, screen));
        all.add(new ForgetCommand(session, screen));
        all.add(new LoginCommand(session, screen));
        all.add(new LogoutCommand(session, screen));
        all.add(new WhoamiCommand(session, screen));
        all.add(new EndpointCommand(session, screen));
        all.add(new SandboxCommand(screen));
        all.add(new DoctorCommand(session, screen, InstantSource.system()));
        CompletionCommand completion = new CompletionCommand(screen);
        all.add(completion);
        all.add(new HistoryCommand(history, screen));
        all.add(new ClearCommand(screen));
        HelpCommand help = new HelpCommand(screen);
        all.add(help);
        all.add(new VersionCommand(screen));
        all.add(new ExitCommand(session, "exit"));
        all.add(new ExitCommand(session, "quit"));
        Commands commands = new Commands(all.stream().map(ShellCommand::spec).toList(), SHELL_OPTIONS);
        help.about(commands);
        completion.about(commands);
        return commands;
    }
}
