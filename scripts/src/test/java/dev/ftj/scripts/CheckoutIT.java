package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a checkout is built, by whom, and what is said of it: with a Maven and a Java that only write down their calls. */
@Tag("once")
class CheckoutIT {
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "built key=${ATAI_API_KEY-none} file=${ATAI_API_KEY_FILE-none}" >>built
            echo 'Maven talks'
            while [ -e hold ]; do sleep 0.1; done
            [ ! -e broken ] || exit 1
            for argument; do
                case $argument in -Dftj.target=*) target=scripts/${argument#*=} ;; esac
            done
            mkdir -p "$target/ftj-9.8.7/lib"
            : >"$target/ftj-9.8.7/lib/ftj.jar"
            : >"$target/ftj-9.8.7.tar.gz"
            """;

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Path checkout = Path.of("");
    private Path path = Path.of("");
    private FakeJava java = new FakeJava(Path.of(""));

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = dir.resolve("check out");
        for (String source : List.of("core/src/main/A.java", "shell/src/main/B.java", "scripts/src/assembly/c.xml")) {
            Files.createDirectories(checkout.resolve(source).getParent());
            Files.writeString(checkout.resolve(source), "");
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n  <version>9.8.7</version>\n</project>\n");
        Places.executable(checkout.resolve("scripts/ftj"), Files.readString(Places.ROOT.resolve("scripts/ftj")));
        for (String part : List.of("launcher.sh", "build.sh")) {
            Files.copy(
                    Places.ROOT.resolve("scripts").resolve(part),
                    checkout.resolve("scripts").resolve(part));
        }
        path = dir.resolve("bin");
        Places.executable(path.resolve("mvn"), FAKE_MAVEN);
        java = FakeJava.in(dir.resolve("jdk"), "17");
    }

    @Test
    void theFirstRunBuildsAndSaysSoInOneLine() throws IOException {
        Ended first = ftj().run();
        Ended second = ftj().run();

        assertThat(first.code()).isZero();
        assertThat(first.err()).isEqualTo(building());
        assertThat(first.out()).endsWith("[dev.ftj.shell.Ftj][get][ftj-1]\n").hasLineCount(1);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(builds()).hasSize(1);
    }

    @Test
    void theBuildGetsNoKey() throws IOException {
        ftj().with("ATAI_API_KEY", "sk_canary_0123456789")
                .with("ATAI_API_KEY_FILE", dir.resolve("key"))
                .run();

        assertThat(builds()).containsExactly("built key=none file=none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "core/src/main/A.java", "shell/src/main/B.java", "scripts/src/assembly/c.xml"})
    void aSourceNewerThanTheBuildIsBuiltAgain(String source) throws IOException {
        ftj().run();
        Files.setLastModifiedTime(
                checkout.resolve(source), FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(ftj().run().err()).isEqualTo(building());
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aRemovedSourceIsBuiltAgain() throws IOException {
        ftj().run();
        age(checkout.resolve("scripts/.build/ftj-9.8.7.tar.gz"));
        makeOld("core/src/main/A.java", "shell/src/main/B.java");
        Files.delete(checkout.resolve("core/src/main/A.java"));

        assertThat(ftj().run().code()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aFailedBuildEndsWithItsLogAndTheNextRunTriesAgain() throws IOException {
        Files.writeString(checkout.resolve("broken"), "");
        Ended failed = ftj().run();
        Files.delete(checkout.resolve("broken"));
        Ended next = ftj().run();

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("Maven talks").endsWith("check out/scripts/.build/build.log\n");
        assertThat(next.code()).isZero();
    }

    @Test
    void withoutMavenItIsOneClearLine() throws IOException {
        Ended ended =
                ftj().with("PATH", Places.bareMachine(dir.resolve("programs"))).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).hasLineCount(1).contains("Maven (mvn) is not on the PATH");
    }

    @Test
    void withoutACompilerItIsOneClearLine() throws IOException {
        Files.delete(java.home().resolve("bin/javac"));

        Ended ended = ftj().run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).hasLineCount(1).contains("no JDK");
    }

    @Test
    void tenFirstRunsAtOnceGiveOneBuild() throws IOException {
        Path programs = Places.bareMachine(dir.resolve("programs"));
        List<Running> runs = new ArrayList<>();
        for (int run = 0; run < 10; run++) {
            runs.add(ftj().with("PATH", path + ":" + programs).start());
        }

        assertThat(runs).map(Running::end).allSatisfy(ended -> {
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).endsWith("[get][ftj-1]\n").hasLineCount(1);
        });
        assertThat(builds()).hasSize(1);
    }

    /** Their locks come and go while others look at them; a run that takes a free lock for a broken one fails. */
    @Test
    void aCrowdThatFindsNothingToBuildWaitsForItsTurnsAndFailsNever() throws IOException {
        Path build = checkout.resolve("scripts/build.sh");
        // whoever asks is told that there is something to build, and again under the lock that there is not
        Files.writeString(
                build,
                Files.readString(build).replace("built || {", "false || {").replace("sleep 1", "sleep 0.01"));
        ftj().run();
        List<Running> runs = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            runs.add(ftj().start());
        }

        assertThat(runs)
                .map(Running::end)
                .allSatisfy(ended -> assertThat(ended.code()).as(ended.err()).isZero());
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aKilledBuilderEndsItsMavenAndLocksNobodyOut() throws IOException, InterruptedException {
        Files.writeString(checkout.resolve("hold"), "");
        Running killed = ftj().start();
        await().atMost(LONG).until(() -> Files.exists(checkout.resolve("built")));
        List<ProcessHandle> children = killed.process().descendants().toList();
        assertThat(children).isNotEmpty();
        killed.process().destroyForcibly().waitFor();

        await().atMost(LONG).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        Files.delete(checkout.resolve("hold"));
        assertThat(ftj().run().code()).isZero();
        assertThat(killed.end().out()).isEmpty();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildOfTheUsersOwnIsTakenAndNeverWrittenTo() throws IOException {
        Path target = checkout.resolve("scripts/target");
        Files.createDirectories(target.resolve("ftj-9.8.7/lib"));
        Files.writeString(target.resolve("ftj-9.8.7/lib/ftj.jar"), "");
        Path stamp = Files.writeString(target.resolve("ftj-9.8.7.tar.gz"), "");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(1)));

        Ended taken = ftj().run();
        assertThat(taken.err()).isEmpty();
        assertThat(taken.out()).contains("/scripts/target/ftj-9.8.7/lib/ftj.jar");

        Files.setLastModifiedTime(
                checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(2)));
        Ended own = ftj().run();
        assertThat(own.err()).isEqualTo(building());
        assertThat(builds()).hasSize(1);
        try (var files = Files.walk(target)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void skippingTheTestsSkipsTheProcessTestsToo() {
        Ended ended = new ToolProcess(Places.ROOT, "mvn", "-B", "-o", "-N", "-DskipTests", "failsafe:integration-test")
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("PATH", System.getProperty("ftj.maven") + ":" + ToolProcess.inherited("PATH"))
                .run();

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("Tests are skipped.");
    }

    private String building() throws IOException {
        return "ftj: building (once, about 30 s; log: " + checkout.toRealPath() + "/scripts/.build/build.log) ...\n";
    }

    private ToolProcess ftj() {
        return new ToolProcess(dir, checkout.resolve("scripts/ftj").toString(), "get", "ftj-1")
                .with("JAVA_HOME", java.home())
                .with("FTJ_HOME", dir.resolve("home"))
                .with("PATH", path + ":" + ToolProcess.inherited("PATH"));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("built"));
    }

    private void makeOld(String... sources) throws IOException {
        for (String source : sources) {
            age(checkout.resolve(source));
            age(checkout.resolve(source).resolveSibling("."));
        }
    }

    private static void age(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().minusSeconds(10)));
    }
}
