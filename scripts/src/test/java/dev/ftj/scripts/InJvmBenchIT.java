package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks that run inside a JVM, as short as they can be: that they run, not what they measure. */
@Tag("once")
class InJvmBenchIT {
    private static final String MEDIAN = "[0-9.]+ (us|kB) \\([0-9.]+-[0-9.]+\\) +";
    private static final String RATIO = MEDIAN + MEDIAN + "[0-9.]+ +";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Ended bench(String name, String rounds, String size) {
        Ended ended = new ToolProcess(
                        dir, Places.ROOT.resolve("scripts/bench/" + name).toString(), rounds, size)
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("JDKS", Runtime.version().feature())
                .with("ROWS", dir.resolve("rows.md"))
                .run();
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended;
    }

    @Test
    void clientComparesTimeAndAllocationOfOneCall() throws Exception {
        String out = bench("client", "1", "20").out();
        assertThat(out).contains("JDK " + Runtime.version());
        assertThat(out.lines())
                .anyMatch(line -> line.matches("client.job, time a call.*" + RATIO + "<= 1.05"))
                .anyMatch(line -> line.matches("client.job, allocation a call.*" + RATIO + "<= 1.2"));
        assertThat(Files.readString(dir.resolve("rows.md"))).contains("| client.job, time a call, JDK ");
    }

    @Test
    void jobsComparesTheTimeAndTellsTheHeap() {
        assertThat(bench("jobs", "1", "20").out().lines())
                .anyMatch(line -> line.matches("client.jobs, time a call.*" + RATIO + "<= 1.1"))
                .anyMatch(line -> line.matches("heap of 200 jobs.* [0-9]+ kB .*flat"));
    }
}
