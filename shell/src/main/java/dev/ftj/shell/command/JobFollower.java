package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobStatus;
import dev.ftj.internal.http.RetryPolicy;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.text.DurationText;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Polls a job, and what belongs to it, until the job has ended, through temporary failures. */
final class JobFollower {
    private final FineTuneClient client;
    private final Console console;
    private final Session session;
    private final CommandSpec command;
    private final CommandLine line;
    private final JobMemory remembered;
    private final UnknownStatusNotice unknown;

    JobFollower(FineTuneClient client, Console console, Session session, CommandSpec command, CommandLine line) {
        this.client = client;
        this.console = console;
        this.session = session;
        this.command = command;
        this.line = line;
        this.remembered = session.memory(line);
        this.unknown = new UnknownStatusNotice(console, null);
    }

    /**
     * @param poll fetches and shows what belongs to the job, after the job, so that its last run sees everything
     * @param interrupted runs after a message was printed
     * @return the result of the last poll
     * @throws FineTuneException of kind {@code CANCELLED} at Ctrl-C
     */
    <T> T untilEnd(JobId id, Duration interval, Function<FineTuneJob, T> poll, Runnable interrupted) {
        try {
            return follow(id, interval, poll, interrupted);
        } catch (InterruptedException e) {
            throw ended(id, e);
        } catch (FineTuneException e) {
            throw e.kind() == Kind.CANCELLED ? ended(id, e) : e;
        }
    }

    private FineTuneException ended(JobId id, Exception cause) {
        FineTuneException ended = FineTuneException.ofJob(
                Kind.CANCELLED,
                id.value(),
                "following was ended, not the job",
                ResumeHint.of(command, line, session, List.of(id.value())));
        ended.initCause(cause);
        return ended;
    }

    private <T> T follow(JobId id, Duration interval, Function<FineTuneJob, T> poll, Runnable interrupted)
            throws InterruptedException {
        JobStatus before = null;
        boolean anyResponse = false;
        while (true) {
            Duration wait = interval;
            try {
                FineTuneJob job = client.job(id);
                T result = poll.apply(job);
                JobStatus status = job.status();
                if (!anyResponse || !Objects.equals(status, before)) {
                    remembered.shown(job);
                }
                before = status;
                anyResponse = true;
                if (!console.flush() || (status != null && status.isTerminal())) {
                    return result;
                }
                if (unknown.report(id.value(), status)) {
                    interrupted.run();
                }
            } catch (FineTuneException e) {
                if (!anyResponse || !isTemporary(e)) {
                    throw e;
                }
                wait = longer(interval, e.retryAfter());
                console.say("ftj: " + e.getMessage() + " Next poll in " + DurationText.of(wait));
                interrupted.run();
            }
            Thread.sleep(wait.toMillis());
        }
    }

    private static boolean isTemporary(FineTuneException failure) {
        return failure.retryable() || failure.kind() == Kind.UNREADABLE;
    }

    /** @param asked the server's Retry-After; null if there is none */
    private static Duration longer(Duration interval, @Nullable Duration asked) {
        Duration bounded = asked == null ? interval : RetryPolicy.beforePoll(asked);
        return bounded.compareTo(interval) > 0 ? bounded : interval;
    }
}
