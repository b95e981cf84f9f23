package dev.ftj.bench;

import dev.ftj.FineTuneClient;
import dev.ftj.JobResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.JsonNode;

/** Many jobs, eight at once; that they come in the order of their ids is looked at. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JobsBenchmark {
    /** How many ids. */
    @State(Scope.Benchmark)
    public static class Ids {
        @Param("10000")
        int count;
    }

    /** The client of this library. */
    @State(Scope.Benchmark)
    public static class Ours {
        private final FineTuneClient client = Service.client();

        @TearDown
        public void close() {
            client.close();
        }
    }

    /** OkHttp and Jackson. */
    @State(Scope.Benchmark)
    public static class Theirs {
        private final ByHand byHand = new ByHand();

        @TearDown
        public void close() {
            byHand.close();
        }
    }

    @Benchmark
    public int jobs(Ours ours, Ids ids) {
        return jobs(ours.client, ids.count, () -> {});
    }

    @Benchmark
    public int byHand(Theirs theirs, Ids ids) throws IOException, InterruptedException {
        AtomicReferenceArray<JsonNode> records = theirs.byHand.jobs(ids.count, Service::id);
        for (int place = 0; place < records.length(); place++) {
            inOrder(place, records.get(place).get("id").stringValue());
        }
        return records.length();
    }

    private static int jobs(FineTuneClient client, int count, Runnable atEach) {
        int place = 0;
        try (Stream<JobResult> results = client.jobs(() -> Service.ids(count))) {
            for (Iterator<JobResult> each = results.iterator(); each.hasNext(); place++) {
                inOrder(place, each.next().get().id());
                atEach.run();
            }
        }
        return place;
    }

    private static void inOrder(int place, @Nullable String id) {
        if (!Service.id(place).equals(id)) {
            throw new IllegalStateException("at place " + place + " came " + id);
        }
    }

    /** Args: how many rounds, and how many ids. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        Service.warm();
        Rounds measured = Rounds.run(
                Integer.parseInt(args[0]),
                JobsBenchmark.class,
                options -> options.param("count", args[1]).warmupIterations(5).measurementIterations(5),
                "byHand",
                "jobs");
        Rounds.head(args[1] + " jobs, 8 at once, in a warm JVM; the peer is OkHttp's enqueue and Jackson by hand");
        measured.times("client.jobs", "jobs", "byHand", count, "<= 1.1");
        measured.bytes("client.jobs", "jobs", "byHand", count, "-");
        try (FineTuneClient client = Service.client()) {
            jobs(client, count, () -> {});
            for (int many : new int[] {count / 10, count, count * 10}) {
                Rounds.row("heap of " + many + " jobs", heap(client, many) + " kB", "-", "-", "flat");
            }
        }
    }

    /** The most that was in use right after a collection, at ten moments on the way through so many jobs. */
    private static long heap(FineTuneClient client, int count) {
        long before = usedKilobytes();
        LongAccumulator most = new LongAccumulator(Math::max, 0);
        AtomicInteger taken = new AtomicInteger();
        jobs(client, count, () -> {
            if (taken.incrementAndGet() % Math.max(1, count / 10) == 0) {
                most.accumulate(usedKilobytes() - before);
            }
        });
        return most.get();
    }

    /** As the collector left it, without the buffers that the threads have taken since. */
    private static long usedKilobytes() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                / 1000;
    }
}
