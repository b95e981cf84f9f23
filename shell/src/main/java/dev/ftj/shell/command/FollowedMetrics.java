package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import dev.ftj.JobMetrics;
import dev.ftj.JobStatus;
import dev.ftj.shell.view.MetricsFeed;
import dev.ftj.shell.view.Screen;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at a job's metrics again and again until the job has ended; what passes does not end it. */
final class FollowedMetrics {
    private final FineTuneClient client;
    private final Screen screen;
    private final MetricsFeed feed;
    private final Consumer<FineTuneJob> shown;

    FollowedMetrics(FineTuneClient client, Screen screen, MetricsFeed feed, Consumer<FineTuneJob> shown) {
        this.client = client;
        this.screen = screen;
        this.feed = feed;
        this.shown = shown;
    }

    /** @return the metrics of the last look */
    JobMetrics untilEnd(JobId id, Duration interval) throws InterruptedException {
        JobMetrics newest = null;
        while (true) {
            Duration wait = interval;
            try {
                // the job first: what it told before its end is in the metrics that are asked for then
                FineTuneJob job = client.job(id);
                JobMetrics metrics = client.metrics(id.value());
                if (newest == null) {
                    shown.accept(job);
                }
                newest = metrics;
                feed.show(job, metrics);
                JobStatus status = job.status();
                if (!screen.flush() || (status != null && status.isTerminal())) {
                    return metrics;
                }
            } catch (FineTuneException e) {
                if (newest == null || !passes(e)) {
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
