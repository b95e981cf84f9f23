package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten first runs at once of the same fresh checkout, with the real Maven (offline) and the real JVM: about 15 s. */
@Tag("once")
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
            runs.add(new ToolProcess(dir, checkout.resolve("scripts/ftj").toString(), "--version")
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("PATH", System.getProperty("ftj.maven") + ":" + ToolProcess.inherited("PATH"))
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
        // Java 25 may run what Java 17 has compiled
        if (compilerOf(Places.ROOT.resolve("core/target")).equals(compilerOf(checkout.resolve("core/.build")))) {
            theBuildIsTheSameInAnotherDirectory(checkout);
        }
    }

    private static String compilerOf(Path build) throws IOException {
        try (JarFile jar =
                new JarFile(build.resolve("ftj-core-" + Places.VERSION + ".jar").toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Build-Jdk-Spec");
        }
    }

    /** The build under test has been made elsewhere and by another run of Maven: a release can be checked by building it. */
    private static void theBuildIsTheSameInAnotherDirectory(Path checkout) throws IOException {
        for (String file : List.of(
                "core/%s/ftj-core-" + Places.VERSION + ".jar",
                "shell/%s/ftj-shell-" + Places.VERSION + ".jar",
                "scripts/%s/ftj-scripts-" + Places.VERSION + ".jar",
                "scripts/%s/ftj-" + Places.VERSION + ".zip")) {
            assertThat(entries(checkout.resolve(file.formatted(".build"))))
                    .as(file)
                    .isEqualTo(entries(Places.ROOT.resolve(file.formatted("target"))));
        }
        String archive = "scripts/%s/ftj-" + Places.VERSION + ".tar.gz";
        assertThat(listing(checkout.resolve(archive.formatted(".build"))))
                .isEqualTo(listing(Places.ROOT.resolve(archive.formatted("target"))));
    }

    /** Our own jars are compared by themselves: an incremental build may have left an empty directory in one. */
    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().matches(".*/ftj-(core|shell)-[^/]*jar"))
                    .map(entry -> "%s %08x %d".formatted(entry.getName(), entry.getCrc(), entry.getTime()))
                    .toList();
        }
    }

    private static List<String> listing(Path tar) {
        return new ToolProcess(Places.ROOT, "tar", "--utc", "--full-time", "-tvzf", tar.toString())
                .run()
                .out()
                .lines()
                .filter(line -> !line.matches(".*/ftj-(core|shell)-[^/]*jar"))
                .toList();
    }
}
