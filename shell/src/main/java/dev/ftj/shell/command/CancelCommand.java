package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;

/** {@code cancel JOB...}: ends jobs at once, with nothing finalized. */
public final class CancelCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("cancel", "end jobs at once, with nothing finalized")
            .operands(Operands.jobs("JOB...", 1, Operands.MANY))
            .options(Option.YES, Option.DRY_RUN)
            .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
            .options(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE)
            .example("cancel ftj-1", "shows the job, and asks")
            .example("cancel ftj-1 --dry-run", "the request that would be sent")
            .exit(0, "done, for every job")
            .exit(1, "\"no\" at a question")
            .exit(2, "a bad id or option; --yes is needed where there is no terminal, and an id there for @last and @1")
            .exit(3, "no key, or the server refused it")
            .exit(4, "no such job")
            .exit(5, "the server failed; where it may have been done all the same, stderr says so")
            .exit(6, "the network failed, or the deadline passed; the same")
            .exit(7, "the job's state does not allow it")
            .lasts()
            .build();

    private static final Acting.Deed DEED = new Acting.Deed("cancel", "PUT", "/cancel", false, FineTuneClient::cancel);

    private final Session session;
    private final Screen screen;

    public CancelCommand(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(Arguments arguments) {
        return new Acting(session, screen, DEED, arguments).run();
    }
}
