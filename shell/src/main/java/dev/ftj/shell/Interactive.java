package dev.ftj.shell;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.LineHistory;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.io.IOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.widget.AutosuggestionWidgets;

/** The shell at a terminal: reads a line, runs it, and goes on after any failure. */
final class Interactive {
    private final LineExecutor executor;
    private final Session session;
    private final Console console;
    private final Commands commands;
    private final TerminalSource terminals;

    /** Opens the terminal of the prompt. */
    interface TerminalSource {
        Terminal open() throws IOException;
    }

    Interactive(LineExecutor executor, Session session, Console console, Commands commands, TerminalSource terminals) {
        this.executor = executor;
        this.session = session;
        this.console = console;
        this.commands = commands;
        this.terminals = terminals;
    }

    /** @return the exit code of the shell */
    int run() {
        try {
            session.endpoint(session.options());
        } catch (FineTuneException e) {
            console.say("ftj: " + e.getMessage());
            return e.kind().exitCode();
        }
        try (Terminal terminal = terminals.open()) {
            PromptTerminal prompt = new PromptTerminal(terminal);
            console.terminal(prompt);
            session.prompter(prompt);
            welcome();
            PromptHistory lines = history();
            LineReader reader = reader(terminal, lines);
            session.readAhead();
            loop(terminal, reader, lines);
            return 0;
        } catch (IOException e) {
            console.say("ftj: the terminal cannot be used (" + e.getMessage() + ")");
            return Kind.LOCAL.exitCode();
        }
    }

    private PromptHistory history() {
        return new PromptHistory(
                session.history(),
                session.keys()::isIn,
                this::isSentence,
                problem -> console.say("ftj: warning: " + problem));
    }

    private boolean isSentence(String line) {
        try {
            return !commands.parse(line).command().isEmpty();
        } catch (FineTuneException e) {
            return false;
        }
    }

    private LineReader reader(Terminal terminal, PromptHistory lines) throws IOException {
        PromptReader reader = new PromptReader(terminal, lines);
        reader.setParser(new PromptLine.Cutter());
        reader.setCompletionMatcher(new JobNameMatcher());
        reader.setCompleter(new PromptCompleter(commands, session));
        reader.setVariable(LineReader.HISTORY_SIZE, LineHistory.MAX_LINES);
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "> ");
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        reader.setOpt(LineReader.Option.AUTO_GROUP);
        reader.setOpt(LineReader.Option.CASE_INSENSITIVE);
        if (!PlainTerminal.is(terminal)) {
            new AutosuggestionWidgets(reader).enable();
        }
        return reader;
    }

    private void loop(Terminal terminal, LineReader reader, PromptHistory lines) {
        // otherwise Ctrl-C between a line and its command would end the process
        terminal.handle(Signal.INT, SignalHandler.SIG_IGN);
        while (!session.isLeaving()) {
            String typed;
            try {
                typed = reader.readLine(prompt());
            } catch (UserInterruptException e) {
                PromptTerminal.endLine(terminal);
                continue;
            } catch (EndOfFileException e) {
                PromptTerminal.endLine(terminal);
                return;
            }
            run(terminal, lines, typed);
        }
    }

    /** Runs one command, or those of a pasted block up to the first that fails. */
    private void run(Terminal terminal, PromptHistory lines, String typed) {
        List<ScriptLines.Line> block = ScriptLines.of(typed);
        for (ScriptLines.Line line : block) {
            int code = interruptibly(terminal, line.text());
            lines.ended(line.text(), code);
            if (session.isLeaving()) {
                return;
            }
            if (code != 0 && block.size() > 1) {
                console.say("ftj: stopped at line " + line.number());
                return;
            }
        }
    }

    /** Ctrl-C ends the command and not the shell: it interrupts this thread, and every wait of ours is interruptible. */
    private int interruptibly(Terminal terminal, String line) {
        Thread running = Thread.currentThread();
        SignalHandler before = terminal.handle(Signal.INT, signal -> running.interrupt());
        try {
            return executor.run(line);
        } finally {
            terminal.handle(Signal.INT, before);
            Thread.interrupted();
        }
    }

    /** Returns the prompt, with the endpoint unless it is the default. */
    private String prompt() {
        Endpoint endpoint = session.endpoint(session.options());
        String where = session.options().has(Option.SANDBOX)
                ? " [sandbox]"
                : endpoint.withVersion("v0.5").equals(Endpoint.DEFAULT) ? "" : " [" + endpoint.host() + "]";
        where += endpoint.version().equals(Endpoint.DEFAULT.version()) ? "" : " " + endpoint.version();
        return "ftj" + where + "> ";
    }

    private void welcome() {
        console.say("ftj " + FineTuneClient.version() + " - Tab completes, help lists the commands, Ctrl-D leaves");
        CommandLine options = session.options();
        try {
            session.key(options);
            if (options.has(Option.SANDBOX)) {
                console.say("A simulated API inside this process. Try: get "
                        + session.sandboxIds(options).get(0));
            }
        } catch (FineTuneException e) {
            console.say(
                    e.kind() == Kind.AUTH
                            ? "No API key yet: type login, or try get " + Sandbox.SAMPLE_JOB_ID + " --sandbox"
                            : "ftj: " + e.getMessage());
        }
    }
}
