package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten people's first run of the same fresh checkout, with the real Maven (offline) and the real JVM: about 15 s. */
class FirstRunIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @Test
    void tenFirstRunsAtOnceGiveOneBuildAndOnlyData() throws IOException {
        Path checkout = Places.copy(Places.ROOT, dir.resolve("checkout"));
        Files.writeString(
                checkout.resolve(".mvn/maven.config"),
                "-o\n-Dmaven.repo.local=" + System.getProperty("ftj.repository") + "\n");

        List<Running> runs = new ArrayList<>();
        for (int run = 0; run < 10; run++) {
            runs.add(new Program(dir, checkout.resolve("scripts/ftj").toString(), "--version")
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("PATH", System.getProperty("ftj.maven") + ":" + Program.inherited("PATH"))
                    .with("FTJ_HOME", dir.resolve("home"))
                    .start());
        }
        var ended = runs.stream().map(Running::end).toList();

        assertThat(ended).allSatisfy(run -> {
            assertThat(run.err())
                    .satisfiesAnyOf(
                            err -> assertThat(err).isEmpty(),
                            err -> assertThat(err)
                                    .startsWith("ftj: building (once, ")
                                    .hasLineCount(1));
            assertThat(run.code()).isZero();
            assertThat(run.out()).isEqualTo(ended.get(0).out()).contains("ftj");
        });
        assertThat(ended).filteredOn(run -> !run.err().isEmpty()).hasSize(1);
    }
}
