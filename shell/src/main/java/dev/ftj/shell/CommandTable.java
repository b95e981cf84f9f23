package dev.ftj.shell;

import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.command.ApiCommand;
import dev.ftj.shell.command.CheckCommand;
import dev.ftj.shell.command.CheckpointsCommand;
import dev.ftj.shell.command.ClearCommand;
import dev.ftj.shell.command.CompletionCommand;
import dev.ftj.shell.command.CreateCommand;
import dev.ftj.shell.command.DiffCommand;
import dev.ftj.shell.command.DoctorCommand;
import dev.ftj.shell.command.EndpointCommand;
import dev.ftj.shell.command.EventsCommand;
import dev.ftj.shell.command.ExitCommand;
import dev.ftj.shell.command.FilesCommand;
import dev.ftj.shell.command.ForgetCommand;
import dev.ftj.shell.command.GetCommand;
import dev.ftj.shell.command.HelpCommand;
import dev.ftj.shell.command.HistoryCommand;
import dev.ftj.shell.command.JobActionCommand;
import dev.ftj.shell.command.ListCommand;
import dev.ftj.shell.command.LoginCommand;
import dev.ftj.shell.command.LogoutCommand;
import dev.ftj.shell.command.MetricsCommand;
import dev.ftj.shell.command.NodeCommand;
import dev.ftj.shell.command.SandboxCommand;
import dev.ftj.shell.command.SaveCommand;
import dev.ftj.shell.command.SavedCommand;
import dev.ftj.shell.command.ShellCommand;
import dev.ftj.shell.command.UploadCommand;
import dev.ftj.shell.command.VersionCommand;
import dev.ftj.shell.command.WatchCommand;
import dev.ftj.shell.command.WhoamiCommand;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** All commands by their names, in the order of help. A command's class is loaded when its spec is asked for. */
final class CommandTable implements Function<String, CommandSpec> {
    static final List<String> NAMES = List.of(
            "get",
            "watch",
            "wait",
            "list",
            "metrics",
            "events",
            "checkpoints",
            "diff",
            "check",
            "upload",
            "files",
            "create",
            "stop",
            "cancel",
            "delete",
            "node",
            "api",
            "save",
            "saved",
            "forget",
            "login",
            "logout",
            "whoami",
            "endpoint",
            "sandbox",
            "doctor",
            "completion",
            "history",
            "clear",
            "help",
            "version",
            "exit",
            "quit");

    private static final List<Option> SHELL_OPTIONS = List.of(
            Option.SANDBOX,
            Option.ENDPOINT,
            Option.API_KEY_FILE,
            Option.TIMEOUT,
            Option.OUTPUT,
            Option.COLOR,
            Option.VERBOSE);

    private final Session session;
    private final Console console;
    private final Commands commands;

    CommandTable(Session session, Console console) {
        this.session = session;
        this.console = console;
        commands = new Commands(NAMES, this, SHELL_OPTIONS, session.home());
    }

    /** Returns the specs of the commands, for the parser, help and completion. */
    Commands commands() {
        return commands;
    }

    @Override
    public CommandSpec apply(String name) {
        return command(name).spec();
    }

    /** Returns the command of one of the {@link #NAMES}. */
    ShellCommand command(String name) {
        return switch (name) {
            case "get" -> new GetCommand(session, console);
            case "watch" -> new WatchCommand(session, console, false);
            case "wait" -> new WatchCommand(session, console, true);
            case "list" -> new ListCommand(session, console);
            case "metrics" -> new MetricsCommand(session, console);
            case "events" -> new EventsCommand(session, console);
            case "checkpoints" -> new CheckpointsCommand(session, console);
            case "check" -> new CheckCommand(session, console);
            case "upload" -> new UploadCommand(session, console);
            case "files" -> new FilesCommand(session, console);
            case "diff" -> new DiffCommand(session, console);
            case "create" -> new CreateCommand(session, console);
            case "stop", "cancel", "delete" -> new JobActionCommand(session, console, name);
            case "node" -> new NodeCommand(session, console);
            case "api" -> new ApiCommand(session, console);
            case "save" -> new SaveCommand(session, console);
            case "saved" -> new SavedCommand(session, console);
            case "forget" -> new ForgetCommand(session, console);
            case "login" -> new LoginCommand(session, console);
            case "logout" -> new LogoutCommand(session, console);
            case "whoami" -> new WhoamiCommand(session, console);
            case "endpoint" -> new EndpointCommand(session, console);
            case "sandbox" -> new SandboxCommand(console);
            case "doctor" -> new DoctorCommand(session, console, InstantSource.system());
            case "completion" -> new CompletionCommand(commands, console);
            case "history" -> new HistoryCommand(session, console);
            case "clear" -> new ClearCommand(console);
            case "help" -> new HelpCommand(commands, console);
            case "version" -> new VersionCommand(console);
            case "exit", "quit" -> new ExitCommand(session, name);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
