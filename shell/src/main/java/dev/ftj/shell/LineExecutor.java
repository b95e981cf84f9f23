package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** Carries out one parsed line: Spring Shell's executor runs it, and whatever goes wrong becomes a line and a code. */
final class LineExecutor {
    private static final InputReader NOBODY = new InputReader() {};

    private final CommandRegistry registry;
    private final Commands commands;
    private final Session session;
    private final Screen screen;

    LineExecutor(CommandRegistry registry, Commands commands, Session session, Screen screen) {
        this.registry = registry;
        this.commands = commands;
        this.session = session;
        this.screen = screen;
    }

    /**
     * Parses and runs a line.
     *
     * @param line gives the parsed line, or throws what is wrong with it
     * @return the exit code
     */
    int run(Supplier<ParsedInput> line) {
        CommandLine arguments = session.options();
        try {
            ParsedInput input = withSessionOptions(line.get());
            arguments = new CommandLine(input);
            screen.colour(arguments.value(Option.COLOR));
            refuseKey(arguments);
            int code = registered(input);
            session.report();
            return screen.flush() ? code : 0;
        } catch (FineTuneException e) {
            return failed(e, arguments);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(ErrorView.unforeseen(e), arguments);
        } finally {
            screen.colour(session.options().value(Option.COLOR));
        }
    }

    /** A key that was pasted into a line is neither sent nor kept. */
    private void refuseKey(CommandLine arguments) {
        List<String> typed = new ArrayList<>(arguments.words());
        arguments.options().forEach(option -> typed.add(Objects.toString(option.value(), "")));
        if (typed.stream().anyMatch(word -> !session.keys().redact(word).equals(word))) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "a word of this line is the API key",
                    "Nothing was sent or kept; the key is never an argument");
        }
    }

    private int registered(ParsedInput input) {
        try {
            return new CommandExecutor(registry)
                    .execute(new CommandContext(input, registry, screen.out(), NOBODY))
                    .code();
        } catch (CommandExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InterruptedException) {
                throw FineTuneException.of(Kind.CANCELLED, "cancelled", null);
            }
            throw cause instanceof RuntimeException failure ? failure : e;
        }
    }

    private int failed(FineTuneException failure, CommandLine arguments) {
        Format format = Format.of(arguments.value(Option.OUTPUT));
        boolean trace = arguments.count(Option.VERBOSE) > 1;
        try {
            if (!screen.flush()) {
                return 0;
            }
        } catch (FineTuneException e) {
            // the failure to show is the one that came first, or this very one
        }
        new ErrorView(screen).show(failure, format, trace);
        return failure.kind().exitCode();
    }

    /** The options that the shell itself was opened with stand before those of the line, where the command takes them. */
    private ParsedInput withSessionOptions(ParsedInput line) {
        CommandSpec spec = commands.find(line.commandName());
        List<CommandOption> options = new ArrayList<>();
        CommandLine typed = new CommandLine(line);
        for (CommandOption option : session.inherited(typed)) {
            Option known = Option.ofLongName(Objects.toString(option.longName(), ""));
            if (spec != null && known != null && spec.takes(known) && (!typed.has(known) || !known.takesValue())) {
                List<String> choices = spec.choices(known);
                if (choices.isEmpty() || choices.contains(option.value())) {
                    options.add(option);
                }
            }
        }
        options.addAll(line.options());
        return new ParsedInput(line.commandName(), line.subCommands(), options, line.arguments());
    }
}
