package dev.ftj.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks of one class, a JVM for each, in turn, as many rounds as asked for: what else the machine does meets
 * all of them.
 */
final class Rounds {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String ROW = "%-40s %-24s %-32s %-8s %s%n";

    private final Map<String, List<RunResult>> forks = new TreeMap<>();

    static Rounds run(int rounds, Class<?> benchmarks, Consumer<ChainedOptionsBuilder> options, String... names)
            throws RunnerException {
        Rounds measured = new Rounds();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                ChainedOptionsBuilder fork = new OptionsBuilder()
                        .include(benchmarks.getName() + "\\." + name + "$")
                        .forks(1)
                        .jvmArgsAppend("-Xmx512m")
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
                options.accept(fork);
                measured.forks.computeIfAbsent(name, n -> new ArrayList<>()).add(new Runner(fork.build()).runSingle());
            }
        }
        return measured;
    }

    static void head(String what) {
        System.out.printf("%s; JDK %s; median (lowest-highest)%n", what, Runtime.version());
        System.out.printf(ROW, "", "ftj", "peer", "ratio", "goal");
    }

    /** @param calls how many an operation makes */
    void times(String figure, String ours, String theirs, int calls, String goal) {
        ToDoubleFunction<RunResult> time = fork -> fork.getPrimaryResult().getScore() / 1e3 / calls;
        row(figure + ", time a call", "us", values(ours, time), values(theirs, time), goal);
    }

    /** Where one benchmark does both, and counts what went into each. */
    void timesInTurn(String figure, String both, String goal) {
        double[] ours = values(both, fork -> secondary(fork, "ours") / 1e3 / secondary(fork, "calls"));
        double[] theirs = values(both, fork -> secondary(fork, "theirs") / 1e3 / secondary(fork, "calls"));
        row(figure + ", time a call", "us", ours, theirs, goal);
    }

    /** @param calls how many an operation makes */
    void bytes(String figure, String ours, String theirs, int calls, String goal) {
        ToDoubleFunction<RunResult> bytes = fork -> secondary(fork, ALLOCATED) / 1e3 / calls;
        row(figure + ", allocation a call", "kB", values(ours, bytes), values(theirs, bytes), goal);
    }

    private static double secondary(RunResult fork, String name) {
        Result<?> result = Objects.requireNonNull(fork.getSecondaryResults().get(name), name);
        return result.getScore();
    }

    private double[] values(String name, ToDoubleFunction<RunResult> value) {
        return forks.getOrDefault(name, List.of()).stream().mapToDouble(value).toArray();
    }

    private static void row(String figure, String unit, double[] ours, double[] theirs, String goal) {
        double ratio = median(IntStream.range(0, ours.length)
                .mapToDouble(i -> ours[i] / theirs[i])
                .toArray());
        row(figure, shown(ours, unit), shown(theirs, unit), String.format(Locale.ROOT, "%.2f", ratio), goal);
    }

    /** Printed, and added as Markdown to the file that {@code ROWS} names. */
    static void row(String figure, String ours, String theirs, String ratio, String goal) {
        String which = figure + ", JDK " + Runtime.version().feature();
        System.out.printf(ROW, which, ours, theirs, ratio, goal);
        String rows = System.getenv("ROWS");
        if (rows != null) {
            String row = "| " + String.join(" | ", which, ours, theirs, ratio, goal) + " |\n";
            try {
                Files.writeString(Path.of(rows), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String shown(double[] values, String unit) {
        DoubleSummaryStatistics all = Arrays.stream(values).summaryStatistics();
        return String.format(Locale.ROOT, "%.1f %s (%.1f-%.1f)", median(values), unit, all.getMin(), all.getMax());
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
