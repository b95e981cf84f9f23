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
import dev.ftj.shell.view.Screen;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All commands by their names, in the order of help. A command's class is loaded when its spec is asked for. */
final class CommandTable implements Commands.Specs {
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
    private final Screen screen;
    private final Commands commands = new Commands(NAMES, this, SHELL_OPTIONS);
    private final Map<String, ShellCommand> made = new HashMap<>();

    CommandTable(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    /** Returns the specs of the commands, for the parser, help and completion. */
    Commands commands() {
        return commands;
    }

    @Override
    public CommandSpec spec(String name) {
        return command(name).spec();
    }

    /** Returns the command of one of the {@link #NAMES}. */
    ShellCommand command(String name) {
        ShellCommand command = made.get(name);
        if (command == null) {
            command = make(name);
            made.put(name, command);
        }
        return command;
    }

    private ShellCommand make(String name) {
        return switch (name) {
            case "get" -> new GetCommand(session, screen);
            case "watch" -> new WatchCommand(session, screen, false);
            case "wait" -> new WatchCommand(session, screen, true);
            case "list" -> new ListCommand(session, screen);
            case "metrics" -> new MetricsCommand(session, screen);
            case "events" -> new EventsCommand(session, screen);
            case "checkpoints" -> new CheckpointsCommand(session, screen);
            case "check" -> new CheckCommand(screen);
            case "upload" -> new UploadCommand(session, screen);
            case "files" -> new FilesCommand(session, screen);
            case "diff" -> new DiffCommand(session, screen);
            case "create" -> new CreateCommand(session, screen, new WatchCommand(session, screen, false));
            case "stop", "cancel", "delete" -> new JobActionCommand(session, screen, name);
            case "node" -> new NodeCommand(session, screen);
            case "api" -> new ApiCommand(session, screen);
            case "save" -> new SaveCommand(session, screen);
            case "saved" -> new SavedCommand(session, screen);
            case "forget" -> new ForgetCommand(session, screen);
            case "login" -> new LoginCommand(session, screen);
            case "logout" -> new LogoutCommand(session, screen);
            case "whoami" -> new WhoamiCommand(session, screen);
            case "endpoint" -> new EndpointCommand(session, screen);
            case "sandbox" -> new SandboxCommand(screen);
            case "doctor" -> new DoctorCommand(session, screen, InstantSource.system());
            case "completion" -> new CompletionCommand(commands, screen);
            case "history" -> new HistoryCommand(session, screen);
            case "clear" -> new ClearCommand(screen);
            case "help" -> new HelpCommand(commands, screen);
            case "version" -> new VersionCommand(screen);
            case "exit", "quit" -> new ExitCommand(session, name);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
