package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.DidYouMean;
import dev.ftj.shell.args.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list. The server filters by status and applies {@code --limit} and {@code --offset}; other filters and
 * the order are applied here to all jobs, and limit and offset after them.
 *
 * @param since null for no limit
 * @param order null for the server's order
 */
record ListQuery(
        List<JobStatus> statuses,
        int limit,
        int offset,
        @Nullable String model,
        @Nullable Instant since,
        @Nullable JobComparator order) {
    private static final int ALL = -1;

    private record Kept(@Nullable Comparable<?> key, int number, String json) {}

    /** @throws FineTuneException of kind {@code USAGE} if an option's value is invalid */
    static ListQuery of(CommandLine arguments) {
        String order = arguments.oneOf(Option.SORT);
        return new ListQuery(
                arguments.listed(Option.STATUS).stream()
                        .map(ListQuery::status)
                        .distinct()
                        .toList(),
                arguments.number(Option.LIMIT, ALL, ALL),
                arguments.number(Option.OFFSET, 0, 0),
                arguments.value(Option.MODEL),
                arguments.moment(Option.SINCE),
                order == null ? null : JobComparator.of(order));
    }

    /** A status that is not documented may be one of a newer server, so the server decides. */
    private static JobStatus status(String word) {
        if (word.isBlank()) {
            throw FineTuneException.of(Kind.USAGE, "invalid value for --status: ''", "Write a status such as RUNNING");
        }
        JobStatus status = JobStatus.of(word);
        return isOtherName(status) ? status : status.canonical();
    }

    /** Returns whether it is a synonym of a documented status, which the server would not find by this name. */
    private static boolean isOtherName(JobStatus status) {
        return status.isDocumented()
                && !status.canonical().value().equalsIgnoreCase(status.value().strip());
    }

    private boolean hasOtherNames() {
        return statuses.stream().anyMatch(ListQuery::isOtherName);
    }

    /** Returns whether it may leave jobs out. */
    boolean selects() {
        return !statuses.isEmpty() || model != null || since != null || offset > 0 || limit == 0;
    }

    /** Returns a hint about statuses that are not documented, for an empty or refused list; null if all are. */
    @Nullable
    String doubt() {
        List<String> doubtful = statuses.stream()
                .filter(status -> !status.isDocumented())
                .map(status -> {
                    String hint = DidYouMean.hint(
                            status.value(),
                            JobStatus.documented().stream()
                                    .map(JobStatus::value)
                                    .toList());
                    return status + " is not a documented status. " + hint;
                })
                .toList();
        return doubtful.isEmpty() ? null : String.join("; ", doubtful);
    }

    /**
     * Requests the list and passes on the jobs in their order; a record that cannot be read is passed on at once.
     *
     * @param taker returns false to stop
     * @return how many jobs {@code --since} left out because they have no readable {@code created_at}
     */
    int ask(FineTuneClient client, Predicate<JobResult> taker) {
        AtomicInteger undated = new AtomicInteger();
        boolean otherNames = hasOtherNames();
        boolean here = otherNames || model != null || since != null || order != null;
        List<JobStatus> sent = otherNames ? List.of() : statuses;
        try (Stream<JobResult> results = here ? client.list(sent, ALL, 0) : client.list(sent, limit, offset)) {
            Iterator<JobResult> all = results.iterator();
            if (!here) {
                boolean wanted = true;
                while (wanted && all.hasNext()) {
                    wanted = taker.test(all.next());
                }
            } else if (order == null) {
                select(all, undated, taker);
            } else {
                sort(all, undated, order, taker);
            }
        }
        return undated.get();
    }

    private void select(Iterator<JobResult> all, AtomicInteger undated, Predicate<JobResult> taker) {
        int skipped = 0;
        int taken = 0;
        boolean wanted = true;
        while (wanted && taken != limit && all.hasNext()) {
            JobResult result = all.next();
            if (result.failure() == null) {
                if (!matches(result.get(), undated)) {
                    continue;
                }
                if (skipped < offset) {
                    skipped++;
                    continue;
                }
                taken++;
            }
            wanted = taker.test(result);
        }
    }

    /** Keeps only the first jobs, as texts, since there may be very many. */
    private void sort(Iterator<JobResult> all, AtomicInteger undated, JobComparator by, Predicate<JobResult> taker) {
        long most = limit == ALL ? Integer.MAX_VALUE : (long) offset + limit;
        // equal jobs stay in the server's order
        Comparator<Kept> comparator = Comparator.<Kept, @Nullable Comparable<?>>comparing(Kept::key, by.comparator())
                .thenComparingInt(Kept::number);
        PriorityQueue<Kept> lastFirst = new PriorityQueue<>(comparator.reversed());
        int number = 0;
        boolean wanted = true;
        while (wanted && all.hasNext()) {
            JobResult result = all.next();
            if (result.failure() != null) {
                wanted = taker.test(result);
            } else if (matches(result.get(), undated)) {
                FineTuneJob job = result.get();
                lastFirst.add(new Kept(by.key().apply(job), number++, job.json()));
                if (lastFirst.size() > most) {
                    lastFirst.remove();
                }
            }
        }
        Iterator<Kept> jobs = lastFirst.stream().sorted(comparator).skip(offset).iterator();
        while (wanted && jobs.hasNext()) {
            FineTuneJob job = FineTuneJob.fromJson(jobs.next().json());
            wanted = taker.test(new JobResult(String.valueOf(job.id()), job, null));
        }
    }

    private boolean matches(FineTuneJob job, AtomicInteger undated) {
        boolean matches = (!hasOtherNames() || (job.status() != null && statuses.contains(job.status())))
                && (model == null || model.equals(job.model()));
        if (!matches || since == null) {
            return matches;
        }
        Instant created = job.createdAt();
        if (created == null) {
            undated.incrementAndGet();
        }
        return created != null && !created.isBefore(since);
    }
}
