package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.shell.session.Remembered;
import dev.ftj.shell.view.MetricsFeed;
import dev.ftj.shell.view.Screen;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at a job's metrics again and again until the job has ended; what passes does not end it. */
final class FollowedMetrics {
    private final FineTuneClient client;
    private final Screen screen;
    private final MetricsFeed feed;
    private final Remembered remembered;
    private final UnknownStatus unknown;

    FollowedMetrics(FineTuneClient client, Screen screen, MetricsFeed feed, Remembered remembered) {
        this.client = client;
        this.screen = screen;
        this.feed = feed;
        this.remembered = remembered;
        this.unknown = new UnknownStatus(screen, null);
    }

    /** @return the metrics of the last look */
    JobMetrics untilEnd(JobId id, Duration interval) throws InterruptedException {
        JobStatus before = null;
        boolean heard = false;
        while (true) {
            Duration wait = interval;
            try {
                // the job first: what it told before its end is in the metrics that are asked for then
                FineTuneJob job = client.job(id);
                JobMetrics metrics = feed.redraws() ? client.metricNumbers(id.value()) : client.metrics(id.value());
                JobStatus status = job.status();
                if (!heard || !Objects.equals(status, before)) {
                    remembered.shown(job);
                }
                before = status;
                heard = true;
                feed.show(job, metrics);
                if (!screen.flush() || (status != null && status.isTerminal())) {
                    return metrics;
                }
                if (unknown.tell(id.value(), status)) {
                    feed.interrupted();
                }
            } catch (FineTuneException e) {
                if (!heard || !passes(e)) {
                    throw e;
                }
                wait = longer(interval, e.retryAfter());
                screen.say("ftj: " + e.getMessage() + " Looking again in " + seconds(wait));
                feed.interrupted();
            }
            Thread.sleep(wait.toMillis());
        }
    }

    private static boolean passes(FineTuneException failure) {
        return failure.retryable() || failure.kind() == Kind.UNREADABLE;
    }

    /** @param asked the wait that the server asks for; null where it asks for none */
    private static Duration longer(Duration interval, @Nullable Duration asked) {
        return asked != null && asked.compareTo(interval) > 0 ? asked : interval;
    }

    private static String seconds(Duration wait) {
        return wait.toMillis() / 1000.0 + " s";
    }
}
