package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.ListView;
import java.util.ArrayList;
import java.util.List;

/** {@code list}: the jobs of the organization. */
public record ListCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("list", "list the organization's jobs; @1 to @9 mean its rows then")
                .options(Option.STATUS, Option.MODEL, Option.SINCE, Option.SORT, Option.LIMIT, Option.OFFSET)
                .describe(Option.MODEL, "only the jobs of this model, by its full name")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml", "csv")
                .options(Option.FIELD, Option.QUIET)
                .example("list", "all jobs, in the server's order")
                .example(
                        "list --status running,starting",
                        "jobs in one of these statuses; other words are sent to the server")
                .example("list --since 7d --sort -created", "jobs created in the last week, newest first")
                .example("list -q --status running", "ids only, for a pipe: list -q | get -")
                .example("list --status failed --field id --field name", "id and name on each line, separated by a tab")
                .example("list --limit 20 -o csv", "the first 20 jobs; with --sort, --model or --since, of the result")
                .exit(0, "shown, also if there is none")
                .exit(1, "a --field is null or missing; stdout cannot be written")
                .exit(2, "a bad option, or one that the server refused")
                .exit(5, "the server failed, or a record cannot be read: the others are shown")
                .versions()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        ListQuery query = ListQuery.of(arguments);
        boolean quiet = arguments.has(Option.QUIET);
        Pictures.refuse(
                quiet && (arguments.has(Option.FIELD) || arguments.has(Option.OUTPUT)),
                "--quiet prints ids only, and excludes --field and --output");
        Format format = Format.of(arguments);
        ListView view = new ListView(console, format, FieldPath.all(arguments.values(Option.FIELD)));
        JobMemory remembered = session.memory(arguments);
        FineTuneClient client = session.client(arguments);
        session.noteSandbox(arguments);
        ExitCode outcome = new ExitCode(session, console, arguments);
        List<JobBook.Row> rows = new ArrayList<>();
        boolean whole = false;
        try {
            int undated = query.ask(client, result -> {
                FineTuneException failure = result.failure();
                if (failure == null) {
                    List<FieldPath> missing = quiet ? id(result.get()) : view.show(result.get());
                    if (!missing.isEmpty()) {
                        failure = RecordOutput.missing(result.id(), missing);
                    }
                    if (rows.size() < JobBook.RECENT) {
                        rows.add(JobMemory.row(result.get()));
                    }
                }
                if (failure != null) {
                    outcome.fail(failure);
                }
                return console.flush();
            });
            if (!quiet) {
                view.end();
            }
            whole = true;
            if (undated > 0) {
                console.say("ftj: --since left out " + undated + (undated == 1 ? " job" : " jobs")
                        + " without a readable created_at");
            }
        } catch (FineTuneException e) {
            throw e.kind() == Kind.INVALID && query.doubt() != null ? e.withHint(query.doubt()) : e;
        } finally {
            if (!whole) {
                view.breakOff();
            }
            remembered.listed(rows, whole);
        }
        if (console.flush() && rows.isEmpty() && outcome.code() == 0) {
            String doubt = query.doubt();
            console.aside(
                    doubt != null
                            ? "no job matches; " + doubt
                            : query.selects() ? "no job matches" : "there are no jobs yet");
        }
        return outcome.code();
    }

    private List<FieldPath> id(FineTuneJob job) {
        console.out().println(Sanitizer.oneLine(String.valueOf(job.idOrUuid())));
        return List.of();
    }
}
