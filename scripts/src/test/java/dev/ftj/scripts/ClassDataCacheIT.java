package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The class-data archive: made once, renewed when it does not fit, and never seen. Real JVM where one could complain. */
class ClassDataCacheIT {
    /** A first start and its cache, made once: training takes a second. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path trained;

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Ended good = new Ended(-1, "", "");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Path home = Path.of("");

    @BeforeEach
    void useAHomeOfItsOwn() {
        home = dir.resolve("home");
    }

    @BeforeAll
    static void startOnce() {
        good = version(Places.LAYOUT, trained).run();
    }

    enum Damage {
        TRUNCATED {
            @Override
            void to(RandomAccessFile archive) throws IOException {
                archive.setLength(archive.length() / 2);
            }
        },
        EMPTY {
            @Override
            void to(RandomAccessFile archive) throws IOException {
                archive.setLength(0);
            }
        },
        ANOTHER_FILE {
            @Override
            void to(RandomAccessFile archive) throws IOException {
                archive.setLength(0);
                archive.write("this is no archive".getBytes(StandardCharsets.UTF_8));
            }
        },
        OVERWRITTEN_HEADER {
            @Override
            void to(RandomAccessFile archive) throws IOException {
                archive.seek(100);
                archive.write("xxxxxxxxxxxxxxxx".getBytes(StandardCharsets.UTF_8));
            }
        };

        abstract void to(RandomAccessFile archive) throws IOException;
    }

    @Test
    void theFirstStartMakesAnArchiveThatTheSecondKeeps() throws IOException {
        useTrained();
        List<Path> made = archives();
        Ended second = version().run();

        assertThat(good.code()).isZero();
        assertThat(good.err()).isEmpty();
        assertThat(second).isEqualTo(good);
        assertThat(made).hasSize(1).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(archives()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
    }

    /** Otherwise a start takes more than twice the time, and nothing says so: one option that differs is enough. */
    @Test
    void aGetTakesNearlyAllItsClassesFromTheArchive() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder()
                    .body("{\"id\": \"ftj-1\", \"status\": \"COMPLETED\"}")
                    .build());
            server.start();
            assertThat(classesFromElsewhere(server.url("/").toString(), "get", "ftj-1"))
                    .hasSizeLessThanOrEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "files", "metrics ftj-my-finetune-run-3de60a5c", "upload FILE"})
    void theOtherUsualCommandsDoTheSame(String command) throws IOException {
        Path file = Files.writeString(dir.resolve("x.csv"), "a,b\n1,2\n");
        String line = command.replace("FILE", file.toString()) + " --sandbox";

        assertThat(classesFromElsewhere("", line.split(" "))).hasSizeLessThanOrEqualTo(40);
    }

    /** Runs a command, and returns the log lines of the classes that it did not take from the archive. */
    private List<String> classesFromElsewhere(String endpoint, String... command) throws IOException {
        useTrained();
        Path log = dir.resolve("classes.log");
        Ended ended = ftj(Places.LAYOUT, home, command)
                .with("ATAI_API_ENDPOINT", endpoint)
                .with("ATAI_API_KEY", "sk_archive_0123456789")
                .with("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + ":none")
                .run();
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).hasSizeGreaterThan(1_000);
        return loaded.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
    }

    @Test
    void thePromptHasAnArchiveOfItsOwnAndLeavesThatOfTheCommands() throws IOException {
        useTrained();
        Path ofCommands = archives().get(0);
        ToolProcess prompt = ftj(Places.LAYOUT, home);

        Ended withoutLines = prompt.run();
        assertThat(cache()).isDirectoryContaining("glob:**-prompt-*.jsa");
        assertThat(prompt.run()).isEqualTo(withoutLines);
        assertThat(version().run()).isEqualTo(good);
        assertThat(archives()).containsExactly(ofCommands);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedArchiveIsReplacedInSilence(Damage damage) throws IOException {
        useTrained();
        Path archive = archives().get(0);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            damage.to(file);
        }

        assertThat(version().run()).isEqualTo(good);
        assertThat(version().run()).isEqualTo(good);
        assertThat(archives())
                .hasSize(1)
                .allSatisfy(file -> assertThat(Files.size(file)).isGreaterThan(1_000_000));
    }

    @Tag("once")
    @Test
    void anArchiveOfOtherJarsIsReplaced() throws IOException {
        Path layout = Places.copy(Places.LAYOUT, dir.resolve("layout"));
        ToolProcess ftj = version(layout, dir.resolve("home"));
        assertThat(ftj.run()).isEqualTo(good);
        FileTime old = Files.getLastModifiedTime(archives().get(0));
        Path jar = layout.resolve("lib/ftj-shell-" + Places.VERSION + ".jar");
        Path other = Files.copy(jar, dir.resolve("other.jar"));
        Files.delete(jar);
        Files.move(other, jar);

        assertThat(ftj.run()).isEqualTo(good);
        assertThat(archives())
                .hasSize(1)
                .allSatisfy(file -> assertThat(Files.getLastModifiedTime(file)).isGreaterThan(old));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a link", "a file", "open to others", "no absolute path of a directory"})
    void withoutAPrivateDirectoryThereIsNoCacheAndNoWord(String what) throws IOException {
        useTrained();
        Path other = dir.resolve("other home");
        Path cache = Files.createDirectory(other).resolve("cache");
        switch (what) {
            case "a link" -> Files.createSymbolicLink(cache, cache());
            case "a file" -> Files.writeString(cache, "");
            case "open to others" -> {
                Files.createDirectory(cache);
                Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            default -> other = Path.of("/dev/null/home");
        }

        assertThat(version().with("FTJ_HOME", other).run()).isEqualTo(good);
        if (what.equals("open to others")) {
            assertThat(cache).isEmptyDirectory();
        }
    }

    @Tag("once")
    @Test
    void twoFirstStartsAtOnceAreFine() throws IOException {
        Running one = version().start();
        Running two = version().start();

        assertThat(one.end()).isEqualTo(two.end()).satisfies(ended -> {
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).isEmpty();
        });
        assertThat(version().run().code()).isZero();
        assertThat(archives()).hasSize(1);
    }

    @Test
    void trainingSeesNoKeyAndIsNotHeard() throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17");
        ToolProcess ftj = version()
                .with("JAVA_HOME", java.home())
                .with("ATAI_API_KEY", "sk_canary_0123456789")
                .with("ATAI_API_KEY_FILE", dir.resolve("key"));

        Ended first = ftj.run();
        Ended second = ftj.run();

        assertThat(java.trained()).isEqualTo("trained key=none file=none\n");
        assertThat(first.out() + first.err()).doesNotContain("said in training");
        assertThat(second.out()).contains("[-XX:SharedArchiveFile=" + archives().get(0) + "]");
    }

    @Test
    void fromTwentyFiveOnItIsAnAotCache() throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "25");

        assertThat(version().with("JAVA_HOME", java.home()).run().out())
                .contains("[-XX:AOTCache=" + archives().get(0) + "]");
    }

    @Test
    void whatCannotBeTrainedIsTriedOnlyOnce() throws IOException {
        String failing = FakeJava.SHOW.replace("exit 0", "exit 1");
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17", failing);
        ToolProcess ftj = version().with("JAVA_HOME", java.home());

        Ended first = ftj.run();
        Ended second = ftj.run();

        assertThat(first).isEqualTo(second);
        assertThat(first.code()).isZero();
        assertThat(first.out()).doesNotContain("SharedArchiveFile");
        assertThat(java.trained()).hasLineCount(1);
    }

    @Tag("once")
    @Test
    void whatAKilledTrainingLeftBehindIsTakenAway() throws IOException {
        useTrained();
        // no process has this number: the kernel's largest is 2^22
        Path left = Files.createDirectory(cache().resolve("17-command-1.jsa.new.99999999"));
        Files.writeString(left.resolve("archive"), "half");
        try (var keys = Files.newDirectoryStream(cache(), "*.key")) {
            keys.forEach(key -> key.toFile().delete());
        }

        assertThat(version().run()).isEqualTo(good);
        assertThat(left).doesNotExist();
    }

    /** Ctrl-C reaches the shell that watches the training; a supervisor's signal may reach the launcher only. */
    @ParameterizedTest
    @CsvSource({"17, launcher, KILL", "17, launcher, TERM", "17, guard, TERM", "25, launcher, KILL", "25, guard, TERM"})
    void trainingEndsWithTheLauncherAndLeavesNothing(String version, String target, String signal) throws Exception {
        Path pid = dir.resolve("pid");
        FakeJava java = FakeJava.in(dir.resolve("jdk"), version, """
                #!/bin/sh
                echo $$ >'%1$s.new'
                mv '%1$s.new' '%1$s'
                exec sleep 100
                """.formatted(pid));
        Running running = version().with("JAVA_HOME", java.home()).start();
        await().atMost(LONG).until(() -> Files.exists(pid));
        ProcessHandle training =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

        ProcessHandle process = running.process().toHandle();
        if (target.equals("guard")) {
            process = process.children().findFirst().orElseThrow();
        }
        assertThat(new ToolProcess(dir, "kill", "-" + signal, String.valueOf(process.pid()))
                        .run()
                        .code())
                .isZero();

        await().atMost(LONG).until(() -> !training.isAlive());
        await().atMost(LONG).untilAsserted(() -> assertThat(cache()).isEmptyDirectory());
        assertThat(running.end().code()).isGreaterThan(128);
    }

    @Tag("once")
    @Test
    void anArchiveWithoutItsKeyFileIsRemoved() throws IOException {
        useTrained();
        Path orphan = Files.writeString(cache().resolve("17-1-2-3.jsa"), "of an older ftj");
        Files.delete(Path.of(archives().get(0).toString().replaceAll("jsa$", "key")));

        assertThat(version().run()).isEqualTo(good);
        assertThat(orphan).doesNotExist();
        assertThat(archives()).hasSize(1);
    }

    /** A cache that does not fit is refused in silence, and a start takes more than twice the time. */
    @Test
    void aGetLoadsItsClassesFromTheArchive() throws IOException {
        useTrained();
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse.Builder().body("{\"id\": \"ftj-1\"}").build());
            server.start();
            Path log = dir.resolve("classes");
            Ended ended = ftj(Places.LAYOUT, home, "get", "ftj-1")
                    .with("ATAI_API_ENDPOINT", server.url("/"))
                    .with("ATAI_API_KEY", "sk_cache_0123456789")
                    .with("JDK_JAVA_OPTIONS", "-Xlog:disable")
                    .with("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
                    .run();

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(Files.readAllLines(log)).hasSizeGreaterThan(1_000);
            assertThat(Files.readAllLines(log).stream().filter(line -> !line.contains("shared objects file")))
                    .hasSizeLessThanOrEqualTo(30);
        }
    }

    private Path cache() {
        return home.resolve("cache");
    }

    private List<Path> archives() throws IOException {
        try (var files = Files.list(cache())) {
            return files.filter(file -> file.toString().endsWith(".jsa"))
                    .filter(file -> file.getFileName().toString().contains("-command-"))
                    .sorted()
                    .toList();
        }
    }

    /** Each test leaves there an archive that fits. */
    private void useTrained() {
        home = trained;
    }

    private ToolProcess version() {
        return version(Places.LAYOUT, home);
    }

    private static ToolProcess version(Path layout, Path home) {
        return ftj(layout, home, "--version");
    }

    private static ToolProcess ftj(Path layout, Path home, String... words) {
        List<String> command = new ArrayList<>(List.of(layout.resolve("bin/ftj").toString()));
        command.addAll(List.of(words));
        return new ToolProcess(home.resolveSibling("."), command.toArray(String[]::new))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", home);
    }
}
