package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;

/** {@code stop}, {@code cancel} and {@code delete JOB...}. */
public record JobActionCommand(Session session, Console console, JobAction.Verb verb) implements ShellCommand {
    /** @param name {@code stop}, {@code cancel} or {@code delete} */
    public JobActionCommand(Session session, Console console, String name) {
        this(session, console, JobAction.Verb.of(name));
    }

    @Override
    public CommandSpec spec() {
        CommandSpec.Builder spec = CommandSpec.forApi(verb.word(), verb.summary())
                .parameters(Parameters.jobs("JOB...", 1, Parameters.MANY))
                .options(Option.YES);
        if (verb == JobAction.Verb.DELETE) {
            spec.options(Option.FORCE)
                    .example("delete ftj-1", "shows the job and asks you to type its id")
                    .example("delete ftj-1 --yes -o json", "asks nothing; prints the record as it was");
        } else {
            spec.example(verb.word() + " ftj-1", "shows the job and asks")
                    .example(verb.word() + " ftj-1 --yes -o json", "asks nothing; prints the updated record");
        }
        return spec.options(Option.DRY_RUN)
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example(verb.word() + " ftj-1 --dry-run", "prints the request without sending it")
                .exit(0, "done, for every job")
                .exit(1, "\"no\" at a question")
                .exit(2, "a bad id or option; without a terminal: --yes is missing, or @last or @1 instead of an id")
                .exit(4, "no such job")
                .exit(5, "the server failed; if the change may have been made, stderr says so")
                .exit(6, "the network failed, or the deadline passed; the same")
                .exit(7, "the job's state does not allow it")
                .handlesInterrupt()
                .build();
    }

    @Override
    public int run(CommandLine line) {
        return new JobAction(session, console, verb, line).run();
    }
}
