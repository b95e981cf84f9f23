package dev.ftj.shell.command;

import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first jobs in an order, kept as texts, since there may be very many. */
final class SortedJobs {
    private record Kept(@Nullable Comparable<?> key, long number, String json) {}

    private final JobComparator order;
    private final Comparator<Kept> comparator;
    private final PriorityQueue<Kept> lastFirst;
    private final long most;
    private long number;

    SortedJobs(JobComparator order, long most) {
        this.order = order;
        this.most = most;
        // equal jobs stay in the server's order
        comparator = Comparator.<Kept, @Nullable Comparable<?>>comparing(Kept::key, order.comparator())
                .thenComparingLong(Kept::number);
        lastFirst = new PriorityQueue<>(comparator.reversed());
    }

    void add(FineTuneJob job) {
        lastFirst.add(new Kept(order.key().apply(job), number++, job.json()));
        if (lastFirst.size() > most) {
            lastFirst.remove();
        }
    }

    Stream<JobResult> jobs() {
        List<Kept> sorted = new ArrayList<>(lastFirst);
        lastFirst.clear();
        sorted.sort(comparator);
        return sorted.stream().map(kept -> {
            FineTuneJob job = FineTuneJob.fromJson(kept.json());
            return new JobResult(String.valueOf(job.id()), job, null);
        });
    }
}
