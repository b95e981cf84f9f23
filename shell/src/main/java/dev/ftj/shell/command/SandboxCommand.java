package dev.ftj.shell.command;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.view.Screen;
import java.util.concurrent.CountDownLatch;

/** {@code sandbox}: the simulated API in the foreground, for other programs on this machine. */
public final class SandboxCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named(
                    "sandbox", "serve a simulated API on loopback until Ctrl-C, for curl and other clients")
            .options(Option.COLOR, Option.VERBOSE)
            .example("sandbox", "prints the two exports that point a client at it")
            .exit(130, "Ctrl-C")
            .build();

    private final Screen screen;

    public SandboxCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(Arguments arguments) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start()) {
            screen.out().println("export ATAI_API_ENDPOINT=" + sandbox.endpoint());
            screen.out().println("export ATAI_API_KEY=" + sandbox.apiKey());
            if (screen.flush()) {
                screen.aside("serving " + sandbox.jobIds().size() + " ids, " + Sandbox.SAMPLE_JOB_ID
                        + " among them; Ctrl-C ends it");
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
