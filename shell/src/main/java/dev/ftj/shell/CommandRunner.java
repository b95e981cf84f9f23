package dev.ftj.shell;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Help;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Runs commands without a prompt: one line from argv, or the lines of stdin until the first that fails. */
final class CommandRunner {
    private final Commands commands;
    private final LineExecutor executor;
    private final Session session;
    private final Console console;

    CommandRunner(Commands commands, LineExecutor executor, Session session, Console console) {
        this.commands = commands;
        this.executor = executor;
        this.session = session;
        this.console = console;
    }

    /** Runs the line that argv was parsed to. */
    int argv(CommandLine line) {
        CommandSpec spec = commands.find(line.command());
        Interrupt interrupt = new Interrupt(Thread.currentThread(), line, spec != null && spec.handlesInterrupt());
        interrupt.listen();
        try {
            return executor.run(line);
        } finally {
            interrupt.end();
        }
    }

    /**
     * Ctrl-C interrupts the command, which reports what it was doing. If the command reads stdin or does not end in time, or
     * at a second Ctrl-C, the process halts with exit code 130, and stderr says that the command was cancelled. At a third,
     * or at the second if the command handles Ctrl-C itself, it halts at once.
     */
    private final class Interrupt implements SignalHandler {
        private static final long ANSWERED_MILLIS = 150;

        /** A limit, not a wait: reached only if stderr is blocked. */
        private static final long REPORT_MILLIS = 5000;

        private final Thread running;
        private final CommandLine line;
        private final boolean handlesInterrupt;
        private final AtomicInteger signals = new AtomicInteger();
        private final CountDownLatch answered = new CountDownLatch(1);
        private @Nullable SignalHandler before;

        Interrupt(Thread running, CommandLine line, boolean handlesInterrupt) {
            this.running = running;
            this.line = line;
            this.handlesInterrupt = handlesInterrupt;
        }

        void listen() {
            try {
                before = Signal.handle(new Signal("INT"), this);
            } catch (IllegalArgumentException e) {
                return; // the JVM does not handle signals (-Xrs)
            }
        }

        void end() {
            answered.countDown();
            if (before != null) {
                Signal.handle(new Signal("INT"), before);
            }
        }

        /** Returns whether the command ends in time. */
        private boolean isAnswered() {
            try {
                return answered.await(ANSWERED_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void report() {
            try {
                Daemons.start("ftj-cancelled", () -> executor.reportCancelled(line))
                        .join(REPORT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void handle(Signal signal) {
            int count = signals.incrementAndGet();
            if (count == 1 && !session.stdin().isBeingRead()) {
                running.interrupt();
                if (handlesInterrupt || isAnswered()) {
                    return;
                }
            }
            if (count == 1 || (count == 2 && !handlesInterrupt)) {
                report();
            }
            console.showKeys();
            Runtime.getRuntime().halt(Kind.CANCELLED.exitCode());
        }
    }

    /** Runs the lines of stdin; an open quote continues a line, as at the prompt. Without any line it prints the usage. */
    int script() {
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
                int code = executor.run(line.text());
                if (code != 0) {
                    console.say("ftj: stopped at line " + line.number());
                    return code;
                }
            }
            if (!any) {
                console.say(new Help(commands).usage());
                return Kind.USAGE.exitCode();
            }
            return 0;
        } catch (IOException e) {
            console.say("ftj: stdin cannot be read");
            return Kind.LOCAL.exitCode();
        }
    }
}
