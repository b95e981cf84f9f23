package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.session.Prompts;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.JobsView;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stops, cancels or deletes jobs: each one is shown and confirmed, then changed, on its own. */
final class JobAction {
    /** The three actions. */
    enum Verb {
        STOP("stop", "PUT", "/stop", "have jobs wind down and keep their last checkpoint"),
        CANCEL("cancel", "PUT", "/cancel", "end jobs at once, without finalizing them"),
        /** Asks for the id to be typed, and refuses a job that has not ended. */
        DELETE("delete", "DELETE", "", "delete the records of jobs that have ended");

        private final String word;
        private final String method;
        private final String action;
        private final String summary;

        Verb(String word, String method, String action, String summary) {
            this.word = word;
            this.method = method;
            this.action = action;
            this.summary = summary;
        }

        static Verb of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        String word() {
            return word;
        }

        String summary() {
            return summary;
        }

        /** Sends the request, and returns the updated record; null if there is none. */
        private @Nullable FineTuneJob send(FineTuneClient client, String id) {
            return switch (this) {
                case STOP -> client.stop(id);
                case CANCEL -> client.cancel(id);
                case DELETE -> {
                    client.delete(id);
                    yield null;
                }
            };
        }
    }

    private final Session session;
    private final Console console;
    private final Verb verb;
    private final CommandLine line;
    private final Format format;
    private final boolean canAsk;
    private final JobIds ids;
    private boolean left;

    JobAction(Session session, Console console, Verb verb, CommandLine line) {
        this.session = session;
        this.console = console;
        this.verb = verb;
        this.line = line;
        format = Format.of(line);
        ids = line.has(Option.DRY_RUN) ? JobIds.referenced(line, session) : JobIds.of(line, session);
        canAsk = session.prompts().canAsk();
    }

    /** @return the exit code */
    int run() {
        if (!canAsk) {
            line.words().forEach(JobAction::refuseVague);
        }
        if (line.has(Option.DRY_RUN)) {
            return shown(all -> each(all, this::printed), false);
        }
        if (!canAsk && !line.has(Option.YES)) {
            throw Prompts.cannotAsk("Pass --yes to " + verb.word);
        }
        FineTuneClient client = session.client(line);
        session.noteSandbox(line);
        return shown(all -> each(all, id -> apply(client, id)), true);
    }

    /** These references may have been changed by another process. */
    private static void refuseVague(String word) {
        if (word.matches("@(last|[1-9])")) {
            throw FineTuneException.ofJob(
                    Kind.USAGE, word, "what it means may have changed", "Name the job by its id or as @NAME");
        }
    }

    private static Stream<JobResult> each(Iterable<String> ids, Function<String, @Nullable FineTuneJob> one) {
        return StreamSupport.stream(ids.spliterator(), false).map(id -> {
            try {
                return new JobResult(id, one.apply(id), null);
            } catch (FineTuneException e) {
                return new JobResult(id, null, unsent(e));
            }
        });
    }

    /** Says that a change was interrupted before it was sent: a plain "cancelled" reads like the job's status. */
    static FineTuneException unsent(FineTuneException failure) {
        if (failure.kind() != Kind.CANCELLED || failure.uncertain()) {
            return failure;
        }
        String id = failure.jobId();
        return id == null
                ? FineTuneException.of(Kind.CANCELLED, "interrupted", "Nothing was sent")
                : FineTuneException.ofJob(Kind.CANCELLED, id, "interrupted", "Nothing was sent");
    }

    /** @param records whether records are printed */
    private int shown(Function<Iterable<String>, Stream<JobResult>> each, boolean records) {
        ExitCode outcome = new ExitCode(session, console, line);
        boolean any = false;
        JobsView view = new JobsView(console, format, List.of(), !ids.isOne());
        for (Iterator<JobResult> results = ids.results(each).iterator();
                !left && console.flush() && results.hasNext(); ) {
            JobResult result = results.next();
            any = true;
            FineTuneException failure = result.failure();
            FineTuneJob job = result.job();
            if (failure != null) {
                outcome.fail(failure);
                left |= failure.kind() == Kind.CANCELLED;
            } else if (job != null && format == Format.TEXT) {
                console.say(reported(job));
            } else if (job != null) {
                view.show(job, List.of());
            }
        }
        if (!any) {
            console.say(JobIds.NOTHING);
        }
        if (records && format != Format.TEXT) {
            view.end();
        }
        return outcome.code();
    }

    /**
     * Returns the first line of the request that {@code --dry-run} prints in place of sending it.
     *
     * @param id null for the jobs as a whole
     * @param action the last segment of the path; empty for none
     */
    static String requestLine(String method, Endpoint endpoint, @Nullable JobId id, String action) {
        String jobs = URI.create(endpoint.toString()).getRawPath() + "/fine-tune/jobs";
        return method + " " + jobs + (id == null ? "" : "/" + id.pathSegment()) + action;
    }

    private @Nullable FineTuneJob printed(String id) {
        console.out().println(requestLine(verb.method, session.endpoint(line), JobId.of(id), verb.action));
        return null;
    }

    private @Nullable FineTuneJob apply(FineTuneClient client, String id) {
        boolean asks = !line.has(Option.YES);
        FineTuneJob before = asks || verb == Verb.DELETE ? client.job(id) : null;
        if (before != null && verb == Verb.DELETE && !line.has(Option.FORCE)) {
            refuseUnended(id, before.status());
        }
        if (before != null && asks) {
            refuseEnded(id, before.status());
            confirm(id, before);
        }
        FineTuneJob after;
        try {
            after = verb.send(client, id);
        } catch (FineTuneException e) {
            throw explained(client, id, e);
        }
        JobMemory memory = session.memory(line);
        if (verb == Verb.DELETE) {
            memory.deleted(id);
        } else if (after != null) {
            memory.shown(after);
        }
        return after != null ? after : before;
    }

    private static void refuseUnended(String id, @Nullable JobStatus status) {
        if (status == null || !status.isTerminal()) {
            throw FineTuneException.ofJob(
                    Kind.CONFLICT,
                    id,
                    "it has not ended (" + (status == null ? "no status" : status) + "), and deleting does not stop it",
                    "Stop or cancel it first, or add --force");
        }
    }

    /** Asks no question about a change that is not possible. */
    private void refuseEnded(String id, @Nullable JobStatus status) {
        if (verb != Verb.DELETE && status != null && status.isTerminal()) {
            throw FineTuneException.ofJob(Kind.CONFLICT, id, "it has already ended: " + status, "Nothing was sent");
        }
    }

    private void confirm(String id, FineTuneJob job) {
        console.say(described(job));
        String question = verb == Verb.DELETE
                ? "Type its id to delete it: "
                : verb.word.substring(0, 1).toUpperCase(Locale.ROOT) + verb.word.substring(1) + " it? [y/N] ";
        String answer = session.prompts().ask(question);
        left = answer == null;
        String typed = answer == null ? "" : answer.strip();
        boolean yes = verb == Verb.DELETE ? typed.equals(id) || typed.equals(job.idOrUuid()) : Prompts.isYes(typed);
        if (!yes) {
            throw FineTuneException.ofJob(Kind.LOCAL, id, "left as it is", null);
        }
    }

    /** Adds the job's present status, or how to check whether the change was made. */
    private FineTuneException explained(FineTuneClient client, String id, FineTuneException failure) {
        if (failure.uncertain()) {
            return failure.withHint("Check before you repeat it: "
                    + session.typed(line, "get " + ShellLine.quoteId(id) + " --field status"));
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

    private String reported(FineTuneJob job) {
        return described(job) + (verb == Verb.DELETE ? "  deleted" : "");
    }

    private static String described(FineTuneJob job) {
        String name = job.name();
        return Sanitizer.oneLine(job.idOrUuid() + "  " + (job.status() == null ? "no status" : job.status())
                + (name == null ? "" : "  " + name));
    }
}
