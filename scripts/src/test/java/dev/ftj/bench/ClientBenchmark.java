package dev.ftj.bench;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneJob;
import dev.ftj.JobId;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;

/** One job after another, over one kept connection. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClientBenchmark {
    private static final String ID = "ftj-my-finetune-run-3de60a5c";

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

    /** The time that went into the one and into the other, in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Spent {
        public long calls;
        public long ours;
        public long theirs;

        void add(long begun, long between) {
            theirs += System.nanoTime() - between;
            ours += between - begun;
            calls++;
        }
    }

    /** Both call by call, so that whatever slows this machine down for a while slows down both. */
    @Benchmark
    public void inTurn(Ours ours, Theirs theirs, Spent spent) throws IOException {
        long begun = System.nanoTime();
        job(ours);
        long between = System.nanoTime();
        byHand(theirs);
        spent.add(begun, between);
    }

    /** The same with futures, beside OkHttp's {@code enqueue}. */
    @Benchmark
    public void inTurnAsync(Ours ours, Theirs theirs, Spent spent) {
        long begun = System.nanoTime();
        ours.client.async().job(JobId.of(ID)).join();
        long between = System.nanoTime();
        theirs.byHand.jobAsync(ID).join();
        spent.add(begun, between);
    }

    @Benchmark
    public FineTuneJob job(Ours ours) {
        return ours.client.job(ID);
    }

    @Benchmark
    public JsonNode byHand(Theirs theirs) throws IOException {
        return theirs.byHand.job(ID);
    }

    /** Args: how many rounds, and how many milliseconds each of the ten iterations of a JVM takes. */
    public static void main(String[] args) throws Exception {
        TimeValue iteration = TimeValue.milliseconds(Long.parseLong(args[1]));
        Service.warm();
        Rounds measured = Rounds.run(
                Integer.parseInt(args[0]),
                ClientBenchmark.class,
                options -> options.warmupIterations(5)
                        .warmupTime(iteration)
                        .measurementIterations(5)
                        .measurementTime(iteration),
                "inTurn",
                "byHand",
                "job",
                "inTurnAsync");
        Rounds.head("One call after another in a warm JVM; the peer is OkHttp and Jackson by hand");
        measured.timesInTurn("client.job", "inTurn", "<= 1.05");
        measured.bytes("client.job", "job", "byHand", 1, "<= 1.2");
        measured.timesInTurn("client.async().job", "inTurnAsync", "<= 1.1");
    }
}
