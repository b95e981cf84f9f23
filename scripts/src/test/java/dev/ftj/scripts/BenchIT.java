package dev.ftj.scripts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The benchmarks of whole processes, each in its smallest size: that they run and print their rows, never how fast. */
@Tag("once")
class BenchIT {
    private static final int JDK = Runtime.version().feature();

    /** @param needsPython where it is not only a peer that is left out */
    private record Bench(String command, boolean needsPython, List<String> rows) {
        Bench(String command, boolean needsPython, String... rows) {
            this(command, needsPython, List.of(rows));
        }
    }

    private static final List<Bench> benches = List.of(
            new Bench("startup 1", false, "get, http", "get, https", "get, http, peak memory"),
            new Bench("jshell 1", false, "jshell script"),
            new Bench("first-record 1 20", false, "first of 20 records", "all 20 records"),
            new Bench("book 1 50", false, "get, 50 jobs in the book"),
            new Bench("watch 1 10 1", false, "watch of 10 jobs", "watch of 10 jobs, calls", "watch of 1 jobs"),
            new Bench("prompt 1", true, "ready for the first key"),
            new Bench("upload 1 2", false, "upload, 2 MB", "upload, 2 MB, peak memory"),
            new Bench("list 1 50", true, "list, 50 jobs", "list, 50 jobs, peak memory"),
            new Bench(
                    "completion 1 50", true, "any key or Tab", "Tab, all ids fit", "first completion, typed at once"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path dir;

    private static final Map<Bench, Running> running = new HashMap<>();
    private static boolean pythonIsThere;

    /** Side by side: most of what they do is to start, and to wait. */
    @BeforeAll
    static void start() {
        pythonIsThere =
                new ToolProcess(dir, "python3", "-c", "import requests").run().code() == 0;
        Path home = TrainedCache.copyTo(dir.resolve("home"), "command", "prompt", "jshell");
        for (Bench bench : benches) {
            if (pythonIsThere || !bench.needsPython()) {
                running.put(
                        bench,
                        program(bench.command(), JDK)
                                .with("CACHE", home.resolve("cache"))
                                .start());
            }
        }
    }

    @ParameterizedTest
    @FieldSource("benches")
    void aBenchmarkPrintsItsRows(Bench bench) {
        assumeThat(pythonIsThere || !bench.needsPython())
                .as("python3 with requests")
                .isTrue();

        Ended ended = requireNonNull(running.get(bench)).end();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        List<String> lines = ended.out().lines().toList();
        assertThat(bench.rows())
                .allSatisfy(row -> assertThat(lines).anyMatch(line -> line.startsWith(row + ", JDK " + JDK + " ")));
    }

    @Test
    void aJdkThatIsNotThereIsNamed() {
        Ended ended = program("jshell 1", 11).run();

        assertThat(ended.out()).contains("JDK 11: not found, not measured");
        assertThat(ended.code()).isEqualTo(1);
    }

    private static ToolProcess program(String command, int jdk) {
        String place = Places.ROOT.resolve("scripts/bench").toString();
        return new ToolProcess(dir, "bash", "-c", "exec \"$0\"/" + command, place)
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("BIN", Places.LAYOUT.resolve("bin"))
                .with("JDKS", jdk);
    }
}
