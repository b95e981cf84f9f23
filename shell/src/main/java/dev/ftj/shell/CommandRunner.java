package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.LineParser;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.ParsedInput;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Without a prompt: one line from argv, or the lines of stdin until the first that fails. */
final class CommandRunner {
    private final Commands commands;
    private final LineParser parser;
    private final LineExecutor executor;
    private final Session session;
    private final Screen screen;

    CommandRunner(Commands commands, LineParser parser, LineExecutor executor, Session session, Screen screen) {
        this.commands = commands;
        this.parser = parser;
        this.executor = executor;
        this.session = session;
        this.screen = screen;
    }

    /** The line that argv was, parsed already. */
    int argv(ParsedInput line) {
        CommandSpec spec = commands.find(line.commandName());
        Interrupt interrupt = new Interrupt(Thread.currentThread(), spec != null && spec.handlesInterrupt());
        interrupt.listen();
        try {
            return executor.run(() -> line);
        } finally {
            interrupt.end();
        }
    }

    /**
     * Ctrl-C is for the command to answer: what it waits for is given up then, and the JVM, whose way out would wait a
     * third of a second for a thread that reads, has none. Where the command waits for stdin, does not answer, or has
     * been asked already, the process ends as without a handler.
     */
    private final class Interrupt implements SignalHandler {
        private static final long ANSWERED_MILLIS = 150;

        private final Thread running;
        private final boolean handlesInterrupt;
        private final AtomicBoolean told = new AtomicBoolean();
        private final CountDownLatch answered = new CountDownLatch(1);
        private @Nullable SignalHandler before;

        Interrupt(Thread running, boolean handlesInterrupt) {
            this.running = running;
            this.handlesInterrupt = handlesInterrupt;
        }

        void listen() {
            try {
                before = Signal.handle(new Signal("INT"), this);
            } catch (IllegalArgumentException e) {
                return; // the JVM was told to leave signals alone
            }
        }

        void end() {
            answered.countDown();
            if (before != null) {
                Signal.handle(new Signal("INT"), before);
            }
        }

        /** Whether the command ends by itself, and with what it has to say. */
        private boolean isAnswered() {
            try {
                return answered.await(ANSWERED_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void handle(Signal signal) {
            if (!told.getAndSet(true) && !session.stdin().isBeingRead()) {
                running.interrupt();
                if (handlesInterrupt || isAnswered()) {
                    return;
                }
            }
            screen.keyboard().show();
            Signal.handle(signal, SignalHandler.SIG_DFL);
            try {
                // from outside: Java raises no signal that it does not handle
                ProcessBuilder kill = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -INT " + ProcessHandle.current().pid());
                kill.environment().clear();
                kill.start().waitFor();
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(Kind.CANCELLED.exitCode());
        }
    }

    /**
     * The lines of stdin; a line is carried on by an open quote, as at the prompt.
     *
     * @param usage what is shown where there is no line at all
     */
    int script(String usage) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(session.stdin().take("the lines of a script"), StandardCharsets.UTF_8))) {
            ScriptLines commandLines = new ScriptLines(lines);
            boolean any = false;
            while (!session.isLeaving()) {
                ScriptLines.Line line = commandLines.next();
                if (line == null) {
                    break;
                }
                any = true;
                int code = executor.run(() -> command(line.text()));
                if (code != 0) {
                    screen.say("ftj: stopped at line " + line.number());
                    return code;
                }
            }
            if (!any) {
                screen.say(usage);
                return Kind.USAGE.exitCode();
            }
            return 0;
        } catch (IOException e) {
            screen.say("ftj: stdin cannot be read");
            return Kind.LOCAL.exitCode();
        }
    }

    private ParsedInput command(String line) {
        ParsedInput parsed = parser.parse(line);
        if (parsed.commandName().isEmpty()) {
            throw FineTuneException.of(Kind.USAGE, "options without a command", "Type help");
        }
        return parsed;
    }
}
