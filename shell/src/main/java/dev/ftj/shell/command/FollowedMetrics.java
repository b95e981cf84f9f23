package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.text.DurationText;
import dev.ftj.shell.view.MetricsFeed;
import dev.ftj.shell.view.Screen;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Polls the metrics of a job until the job has ended, through temporary failures. */
final class FollowedMetrics {
    private final FineTuneClient client;
    private final Screen screen;
    private final MetricsFeed feed;
    private final JobMemory remembered;
    private final UnknownStatusNotice unknown;

    FollowedMetrics(FineTuneClient client, Screen screen, MetricsFeed feed, JobMemory remembered) {
        this.client = client;
        this.screen = screen;
        this.feed = feed;
        this.remembered = remembered;
        this.unknown = new UnknownStatusNotice(screen, null);
    }

    /** @return the metrics of the last poll */
    JobMetrics untilEnd(JobId id, Duration interval) throws InterruptedException {
        JobStatus before = null;
        boolean anyResponse = false;
        while (true) {
            Duration wait = interval;
            try {
                // the job first: metrics requested after its end are complete
                FineTuneJob job = client.job(id);
                JobMetrics metrics = feed.redraws() ? client.metricNumbers(id.value()) : client.metrics(id.value());
                JobStatus status = job.status();
                if (!anyResponse || !Objects.equals(status, before)) {
                    remembered.shown(job);
                }
                before = status;
                anyResponse = true;
                feed.show(job, metrics);
                if (!screen.flush() || (status != null && status.isTerminal())) {
                    return metrics;
                }
                if (unknown.report(id.value(), status)) {
                    feed.interrupted();
                }
            } catch (FineTuneException e) {
                if (!anyResponse || !isTemporary(e)) {
                    throw e;
                }
                wait = longer(interval, e.retryAfter());
                screen.say("ftj: " + e.getMessage() + " Next poll in " + DurationText.of(wait));
                feed.interrupted();
            }
            Thread.sleep(wait.toMillis());
        }
    }

    private static boolean isTemporary(FineTuneException failure) {
        return failure.retryable() || failure.kind() == Kind.UNREADABLE;
    }

    /** @param asked the server's Retry-After; null if there is none */
    private static Duration longer(Duration interval, @Nullable Duration asked) {
        return asked != null && asked.compareTo(interval) > 0 ? asked : interval;
    }
}
