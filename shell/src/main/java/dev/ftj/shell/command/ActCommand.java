package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;

/** {@code stop}, {@code cancel} and {@code delete JOB...}, which are the same but for what they do to a job. */
public final class ActCommand implements ShellCommand {
    private final Session session;
    private final Screen screen;
    private final CommandSpec spec;
    private final JobAction.Deed deed;

    private ActCommand(Session session, Screen screen, CommandSpec.Builder spec, JobAction.Deed deed) {
        this.session = session;
        this.screen = screen;
        this.deed = deed;
        this.spec = spec.option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(
                        Option.ENDPOINT,
                        Option.API_KEY_FILE,
                        Option.SANDBOX,
                        Option.TIMEOUT,
                        Option.COLOR,
                        Option.VERBOSE)
                .exit(0, "done, for every job")
                .exit(1, "\"no\" at a question")
                .exit(
                        2,
                        "a bad id or option; --yes is needed where there is no terminal, and an id there for @last and @1")
                .exit(3, "no key, or the server refused it")
                .exit(4, "no such job")
                .exit(5, "the server failed; where it may have been done all the same, stderr says so")
                .exit(6, "the network failed, or the deadline passed; the same")
                .exit(7, "the job's state does not allow it")
                .handlesInterrupt()
                .build();
    }

    /** Has jobs wind down, with their last checkpoint kept. */
    public static ActCommand stop(Session session, Screen screen) {
        CommandSpec.Builder spec = named("stop", "have jobs wind down and keep their last checkpoint")
                .options(Option.YES, Option.DRY_RUN)
                .example("stop ftj-1", "shows the job, and asks")
                .example("stop ftj-1 --yes -o json", "without a question; the updated record on stdout");
        return new ActCommand(
                session, screen, spec, new JobAction.Deed("stop", "PUT", "/stop", false, FineTuneClient::stop));
    }

    /** Ends jobs at once, with nothing finalized. */
    public static ActCommand cancel(Session session, Screen screen) {
        CommandSpec.Builder spec = named("cancel", "end jobs at once, with nothing finalized")
                .options(Option.YES, Option.DRY_RUN)
                .example("cancel ftj-1", "shows the job, and asks")
                .example("cancel ftj-1 --dry-run", "the request that would be sent");
        return new ActCommand(
                session, screen, spec, new JobAction.Deed("cancel", "PUT", "/cancel", false, FineTuneClient::cancel));
    }

    /** Deletes the records of jobs that have ended. */
    public static ActCommand delete(Session session, Screen screen) {
        CommandSpec.Builder spec = named("delete", "delete the records of jobs that have ended")
                .options(Option.YES, Option.FORCE, Option.DRY_RUN)
                .example("delete ftj-1", "shows the job, and has its id typed")
                .example("delete ftj-1 --yes -o json", "without a question; the record as it was on stdout");
        return new ActCommand(session, screen, spec, new JobAction.Deed("delete", "DELETE", "", true, (client, id) -> {
            client.delete(id);
            return null;
        }));
    }

    private static CommandSpec.Builder named(String name, String summary) {
        return CommandSpec.named(name, summary).parameters(Parameters.jobs("JOB...", 1, Parameters.MANY));
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public int run(CommandLine arguments) {
        return new JobAction(session, screen, deed, arguments).run();
    }
}
