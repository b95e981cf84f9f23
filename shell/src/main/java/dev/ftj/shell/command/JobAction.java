package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.JobIdQuoting;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Prompts;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.ErrorView;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import dev.ftj.shell.view.Screen;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What stop, cancel and delete have in common: what is to be hit is shown and confirmed, then hit, each job on its own. */
final class JobAction {
    /**
     * What is done to a job.
     *
     * @param verb in the question
     * @param action what follows the job in the path
     * @param deletes whether the record is gone then: the id is to be typed, and a job that has not ended is left alone
     * @param call sends it; gives the updated record, or null where there is none
     */
    record Deed(String verb, String method, String action, boolean deletes, Call call) {}

    /** A call of the client's that changes a job. */
    interface Call {
        @Nullable
        FineTuneJob send(FineTuneClient client, String id);
    }

    private final Session session;
    private final Screen screen;
    private final Deed deed;
    private final CommandLine arguments;
    private final Format format;
    private final boolean canAsk;
    private final JobIds ids;
    private boolean left;

    JobAction(Session session, Screen screen, Deed deed, CommandLine arguments) {
        this.session = session;
        this.screen = screen;
        this.deed = deed;
        this.arguments = arguments;
        format = Format.of(arguments.value(Option.OUTPUT));
        ids = JobIds.of(arguments, session);
        canAsk = session.prompts().canAsk();
    }

    /** @return the exit code */
    int run() {
        if (!canAsk) {
            arguments.words().forEach(JobAction::refuseVague);
        }
        if (arguments.has(Option.DRY_RUN)) {
            return shown(all -> each(all, this::printed), false);
        }
        if (!canAsk && !arguments.has(Option.YES)) {
            throw FineTuneException.of(
                    Kind.USAGE, "confirmation needed, and nobody is there to ask", "Add --yes to " + deed.verb());
        }
        FineTuneClient client = session.client(arguments);
        if (format == Format.TEXT) {
            session.tellSandbox(arguments);
        }
        return shown(all -> each(all, id -> hit(client, id)), true);
    }

    /** What another ftj showed meanwhile would be hit in the place of what was meant. */
    private static void refuseVague(String word) {
        if (word.matches("@(last|[1-9])")) {
            throw FineTuneException.ofJob(
                    Kind.USAGE, word, "what it means may have changed", "Name the job by its id or as @NAME");
        }
    }

    private interface Each {
        Stream<JobResult> of(Iterable<String> ids);
    }

    private interface One {
        @Nullable
        FineTuneJob of(String id);
    }

    private static Stream<JobResult> each(Iterable<String> ids, One one) {
        return StreamSupport.stream(ids.spliterator(), false).map(id -> {
            try {
                return new JobResult(id, one.of(id), null);
            } catch (FineTuneException e) {
                return new JobResult(id, null, unsent(e));
            }
        });
    }

    /** Says of a change that was cancelled before it was sent that it was not: "cancelled" reads like the job's own end. */
    static FineTuneException unsent(FineTuneException failure) {
        if (failure.kind() != Kind.CANCELLED || failure.uncertain()) {
            return failure;
        }
        String id = failure.jobId();
        return id == null
                ? FineTuneException.of(Kind.CANCELLED, "interrupted", "Nothing was sent")
                : FineTuneException.ofJob(Kind.CANCELLED, id, "interrupted", "Nothing was sent");
    }

    /** @param records whether there are records to be shown */
    private int shown(Each each, boolean records) {
        ExitCode outcome = new ExitCode();
        boolean any = false;
        JobsView view = new JobsView(screen, format, List.of(), !ids.isOne());
        for (Iterator<JobResult> results = ids.results(each::of).iterator();
                !left && screen.flush() && results.hasNext(); ) {
            JobResult result = results.next();
            any = true;
            FineTuneException failure = result.failure();
            FineTuneJob job = result.job();
            if (failure != null) {
                new ErrorView(screen).show(failure, format, arguments.count(Option.VERBOSE) > 1);
                outcome.add(failure.kind().exitCode());
                left |= failure.kind() == Kind.CANCELLED;
            } else if (job != null && format == Format.TEXT) {
                screen.say(told(job));
            } else if (job != null) {
                view.show(job, List.of());
            }
        }
        if (!any) {
            screen.say(JobIds.NOTHING);
        }
        if (records && format != Format.TEXT) {
            view.end();
        }
        return outcome.code();
    }

    private @Nullable FineTuneJob printed(String id) {
        screen.out().println(DryRun.line(deed.method(), session.endpoint(arguments), JobId.of(id), deed.action()));
        return null;
    }

    private @Nullable FineTuneJob hit(FineTuneClient client, String id) {
        boolean asks = !arguments.has(Option.YES);
        FineTuneJob before = asks || deed.deletes() ? client.job(id) : null;
        if (before != null && deed.deletes() && !arguments.has(Option.FORCE)) {
            refuseUnended(id, before.status());
        }
        if (before != null && asks) {
            refuseEnded(id, before.status());
            confirm(id, before);
        }
        FineTuneJob after;
        try {
            after = deed.call().send(client, id);
        } catch (FineTuneException e) {
            throw explained(client, id, e);
        }
        Remembered remembered = session.remembered(arguments);
        if (deed.deletes()) {
            remembered.deleted(id);
        } else if (after != null) {
            remembered.shown(after);
        }
        return after != null ? after : before;
    }

    private static void refuseUnended(String id, @Nullable JobStatus status) {
        if (status == null || !status.isTerminal()) {
            throw FineTuneException.ofJob(
                    Kind.CONFLICT,
                    id,
                    "it has not ended (" + (status == null ? "no status" : status)
                            + "), and to delete it does not stop it",
                    "Stop or cancel it first, or add --force");
        }
    }

    /** Nobody is asked for what cannot be. */
    private void refuseEnded(String id, @Nullable JobStatus status) {
        if (!deed.deletes() && status != null && status.isTerminal()) {
            throw FineTuneException.ofJob(Kind.CONFLICT, id, "it has ended already: " + status, "Nothing was sent");
        }
    }

    private void confirm(String id, FineTuneJob job) {
        screen.say(described(job));
        Prompts questions = session.prompts();
        String answer =
                questions.ask(deed.deletes() ? "Type its id to delete it: " : "Shall I " + deed.verb() + " it? [y/N] ");
        left = answer == null;
        String typed = answer == null ? "" : answer.strip();
        boolean yes = deed.deletes()
                ? typed.equals(id) || typed.equals(shownId(job))
                : typed.equalsIgnoreCase("y") || typed.equalsIgnoreCase("yes");
        if (!yes) {
            throw FineTuneException.ofJob(Kind.LOCAL, id, "left as it is", null);
        }
    }

    /** With what only a look at the job, or whoever types, can know. */
    private FineTuneException explained(FineTuneClient client, String id, FineTuneException failure) {
        if (failure.uncertain()) {
            return failure.withHint("Look before you do it again: "
                    + session.typed(arguments, "get " + JobIdQuoting.of(id) + " --field status"));
        }
        if (failure.kind() == Kind.CONFLICT) {
            try {
                return failure.withHint("It is " + client.job(id).status() + " now");
            } catch (FineTuneException e) {
                return failure;
            }
        }
        return failure;
    }

    private String told(FineTuneJob job) {
        return described(job) + (deed.deletes() ? "  deleted" : "");
    }

    /** Not always the one that was asked for, which may be its uuid. */
    private static @Nullable String shownId(FineTuneJob job) {
        return job.id() != null ? job.id() : job.uuid();
    }

    private static String described(FineTuneJob job) {
        String name = job.name();
        return Sanitizer.oneLine(shownId(job) + "  " + (job.status() == null ? "no status" : job.status())
                + (name == null ? "" : "  " + name));
    }
}
