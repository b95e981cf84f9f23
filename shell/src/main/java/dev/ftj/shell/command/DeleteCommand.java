package dev.ftj.shell.command;

import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Operands;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;

/** {@code delete JOB...}: deletes the records of jobs that have ended. */
public final class DeleteCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named("delete", "delete the records of jobs that have ended")
            .operands(Operands.jobs("JOB...", 1, Operands.MANY))
            .options(Option.YES, Option.FORCE, Option.DRY_RUN)
            .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
            .options(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE)
            .example("delete ftj-1", "shows the job, and has its id typed")
            .example("delete ftj-1 --yes -o json", "without a question; the record as it was on stdout")
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

    private static final Acting.Deed DEED = new Acting.Deed("delete", "DELETE", "", true, (client, id) -> {
        client.delete(id);
        return null;
    });

    private final Session session;
    private final Screen screen;

    public DeleteCommand(Session session, Screen screen) {
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
