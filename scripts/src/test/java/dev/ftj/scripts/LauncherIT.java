package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher finds itself and Java, and what it hands on. */
class LauncherIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path compiled;

    /** A program that prints its last argument as Java has decoded it. */
    @BeforeAll
    static void compileEcho() throws IOException {
        Path echo = Files.writeString(compiled.resolve("Echo.java"), """
                class Echo {
                    public static void main(String[] args) {
                        System.out.println(args[args.length - 1]);
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, echo.toString()))
                .isZero();
    }

    @Test
    void argumentsReachTheJvmExactly() throws IOException {
        Ended ended = fake("17.0.2", "get", "a b", "", "*", "\"q\" 'q' \\", "two\nlines", "$(id)", "-o", "--", "日本");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .endsWith("[dev.ftj.shell.Ftj][get][a b][][*][\"q\" 'q' \\][two\nlines][$(id)][-o][--][日本]\n");
    }

    /** The JVM falls back to ASCII if any one of the variables names a locale that is not installed. */
    @ParameterizedTest
    @CsvSource({
        "ftj, LC_ALL=C",
        "ftj, LC_ALL=POSIX",
        "ftj, LC_ALL=C.UTF-8",
        "ftj, LANG=C.UTF-8",
        "ftj, LANG=xx_XX.UTF-8",
        "ftj, LC_ALL=xx_XX.UTF-8",
        "ftj, LANG=xx_XX.UTF-8 LC_CTYPE=C.UTF-8",
        "ftj, LANG=C.UTF-8 LC_TIME=xx_XX.UTF-8",
        "ftj, ''",
        "ftj-jshell, LANG=xx_XX.UTF-8",
        "ftj-jshell, LANG=C.UTF-8 LC_TIME=xx_XX.UTF-8"
    })
    void argumentsBeyondAsciiSurviveEveryLocale(String launcher, String variables) throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17", """
                #!/bin/sh
                for argument; do last=$argument; done
                exec '%s/bin/java' -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp '%s' Echo "$last"
                """.formatted(Places.JAVA_HOME, compiled));

        ToolProcess program = new ToolProcess(
                        dir, Places.LAYOUT.resolve("bin/" + launcher).toString(), "script", "東京🗼")
                .with("FTJ_HOME", dir.resolve("home"))
                .with("JAVA_HOME", java.home());
        for (String name : List.of("LANG", "LC_ALL", "LC_CTYPE", "LC_TIME", "LC_MESSAGES")) {
            program.without(name);
        }
        for (String variable : variables.split(" ")) {
            if (!variable.isEmpty()) {
                program.with(variable.split("=")[0], variable.split("=")[1]);
            }
        }

        assertThat(program.run().out()).isEqualTo("東京🗼\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.ftj.shell.Ftj", "dev.ftj.shell.jshell.RunScript"})
    void anArgumentThatJavaCouldNotDecodeIsRefused(String program) {
        Ended ended = new ToolProcess(
                        dir,
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        "-cp",
                        Places.LAYOUT.resolve("lib/ftj.jar").toString(),
                        program,
                        "get",
                        "Prüfung")
                .with("FTJ_HOME", dir.resolve("home"))
                .with("LC_ALL", "C")
                .run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("cannot be decoded", "Set LC_ALL to an installed UTF-8 locale");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -Xshare:auto",
        "JDK_JAVA_OPTIONS, -XX:SharedArchiveFile=/nowhere/archive.jsa",
        "_JAVA_OPTIONS, -XX:DumpLoadedClassList=classes",
        "JDK_JAVA_OPTIONS, --add-opens=java.base/java.lang=ALL-UNNAMED",
        "JAVA_TOOL_OPTIONS, '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0'",
        "_JAVA_OPTIONS, -XX:TieredStopAtLevel=4",
        "JDK_JAVA_OPTIONS, @options"
    })
    void aUsersOwnJavaOptionsKeepNothingFromStarting(String variable, String option) throws IOException {
        Files.writeString(dir.resolve("options"), "-XX:+UseG1GC -Xshare:auto\n");
        Path script = Files.writeString(dir.resolve("script.jsh"), "println(args[0]);\n");
        for (String launcher : List.of("ftj", "ftj-jshell")) {
            String[] words = launcher.equals("ftj")
                    ? new String[] {"--sandbox", "get", "ftj-my-finetune-run-3de60a5c", "--field", "status"}
                    : new String[] {script.toString(), "COMPLETED"};
            Ended ended = program(launcher, words)
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("FTJ_HOME", TrainedCache.copyTo(dir.resolve("trained"), "command", "jshell"))
                    .with(variable, option)
                    .run();
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).isEqualTo("COMPLETED\n");
        }
    }

    /** Encryption is slow without the optimizing compiler, which takes 100 ms of a command that sends little. */
    @ParameterizedTest
    @CsvSource({
        "upload a.csv, '', false",
        "-v upload a.csv, https://api.example.com, false",
        "create --name n --train ./a.csv, '', false",
        "upload a.csv, http://127.0.0.1:9, true",
        "create --name n --train a.csv, https://api.example.com, true",
        "get upload.csv, '', true"
    })
    void anUploadOverHttpsHasAllCompilers(String words, String endpoint, boolean quickOneOnly) throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17");
        Ended shown = program("ftj", words.split(" "))
                .with("JAVA_HOME", java.home())
                .with("ATAI_API_ENDPOINT", endpoint)
                .with("FTJ_HOME", dir.resolve("home"))
                .run();
        assertThat(shown.out().contains("[-XX:TieredStopAtLevel=1]"))
                .as(shown.out())
                .isEqualTo(quickOneOnly);
    }

    @ParameterizedTest
    @CsvSource({"HOME, relative", "FTJ_HOME, relative", "FTJ_HOME, ./x"})
    void withoutAnAbsoluteHomeDirectoryNothingIsKeptAndOneWarningSaysSo(String variable, String value)
            throws IOException {
        Path working = Files.createDirectory(dir.resolve("working"));
        Path key = Files.writeString(dir.resolve("key"), "sk_home_0123456789");
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse.Builder().body("{\"id\": \"ftj-1\"}").build());
            server.enqueue(
                    new MockResponse.Builder().body("{\"id\": \"ftj-1\"}").build());
            server.start();
            ToolProcess get = homeless(working, variable, value, "get", "ftj-1", "ftj-1")
                    .with("ATAI_API_ENDPOINT", server.url("/"))
                    .with("ATAI_API_KEY_FILE", key);
            Ended shown = get.run();
            assertThat(shown.code()).as(shown.err()).isZero();
            assertThat(shown.err()).hasLineCount(1).contains("warning: ", "set HOME or FTJ_HOME");
        }
        Ended saved = homeless(working, variable, value, "save", "ftj-1").run();
        Ended script = homeless(working, variable, value).run();

        assertThat(saved.code()).isEqualTo(1);
        assertThat(saved.err()).hasLineCount(1).contains("it is not saved: ", "set HOME or FTJ_HOME");
        assertThat(script.code()).isEqualTo(2);
        assertThat(working).isEmptyDirectory();
    }

    private static ToolProcess homeless(Path working, String variable, String value, String... words) {
        List<String> command =
                new ArrayList<>(List.of(Places.LAYOUT.resolve("bin/ftj").toString()));
        command.addAll(List.of(words));
        return new ToolProcess(working, command.toArray(String[]::new))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .without("FTJ_HOME")
                .with(variable, value);
    }

    @Test
    void outsideATerminalNoLetterIsToldToTheJvm() throws IOException {
        assertThat(fake("17").out()).contains("[-Dftj.tty=]");
    }

    @Test
    void javaNowhereIsOneClearLine() throws IOException {
        Ended ended = ftj("version")
                .without("JAVA_HOME")
                .with("PATH", Files.createDirectory(dir.resolve("nothing")))
                .run();

        assertThat(ended)
                .isEqualTo(new Ended(1, "", "ftj: Java 17 or newer is needed: install a JDK, or set JAVA_HOME\n"));
    }

    @Test
    void aJavaHomeWithoutJavaIsOneClearLine() {
        Ended ended = ftj("version").with("JAVA_HOME", dir).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).hasLineCount(1).startsWith("ftj: no Java in JAVA_HOME (" + dir + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.21", "16"})
    void anOldJavaIsOneClearLine(String version) throws IOException {
        Ended ended = fake(version);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .hasLineCount(1)
                .contains("Java 17 or newer is needed")
                .contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.15", "21-ea", "25.0.3"})
    void aJavaFromSeventeenOnIsGoodEnough(String version) throws IOException {
        assertThat(fake(version).code()).isZero();
    }

    @Test
    void whereThereIsNoReleaseFileTheJvmIsAsked() throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17", """
                #!/bin/sh
                [ "$1" = -version ] && echo 'openjdk version "11.0.1" 2018-10-16' >&2 && exit
                """);
        Files.delete(java.home().resolve("release"));

        Ended ended = ftj("version").with("JAVA_HOME", java.home()).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("11.0.1");
    }

    @Test
    void aLinkedJavaOnThePathLeadsToItsHome() throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17");
        Path bin = Files.createDirectory(dir.resolve("bin"));
        Files.createSymbolicLink(dir.resolve("alternative"), java.home().resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), dir.resolve("alternative"));

        Ended ended = ftj("version")
                .without("JAVA_HOME")
                .with("PATH", bin + ":" + ToolProcess.inherited("PATH"))
                .run();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).endsWith("[dev.ftj.shell.Ftj][version]\n");
        assertThat(java.trained()).isNotEmpty();
    }

    @Test
    void linksToTheLauncherAreFollowed() throws IOException {
        Path layout = Places.copy(Places.LAYOUT, dir.resolve("real place"));
        Path links = Files.createDirectory(dir.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../real place/bin/ftj"));
        Path two = Files.createSymbolicLink(links.resolve("two"), Path.of("one"));

        Ended ended = new ToolProcess(dir, two.toString(), "--version")
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", dir.resolve("home"))
                .with("JDK_JAVA_OPTIONS", "-Xshare:auto") // so that no archive is made for this copy
                .run();

        assertThat(layout.resolve("lib/ftj.jar")).exists();
        assertThat(ended.code()).isZero();
        assertThat(ended.err().lines()).allMatch(line -> line.startsWith("NOTE: "));
        assertThat(ended.out()).contains("ftj");
    }

    @Test
    void anInstallationThatNobodyCanWriteToIsEnough() throws IOException, InterruptedException {
        Path layout = Places.copy(Places.LAYOUT, dir.resolve("installed"));
        new ProcessBuilder("chmod", "-R", "a-w", layout.toString()).start().waitFor();
        try {
            for (int start = 0; start < 2; start++) {
                Ended ended = new ToolProcess(dir, layout.resolve("bin/ftj").toString(), "--version")
                        .with("JAVA_HOME", Places.JAVA_HOME)
                        .with("FTJ_HOME", dir.resolve("home"))
                        .run();
                assertThat(ended.code()).isZero();
                assertThat(ended.err()).isEmpty();
            }
        } finally {
            new ProcessBuilder("chmod", "-R", "u+w", layout.toString()).start().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xms4m", "-XX:+UseG1GC -Xmx16m"})
    void aUsersOwnChoiceOfMemoryStands(String options) {
        Ended ended = ftj("version")
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", TrainedCache.copyTo(dir.resolve("trained"), "command"))
                .with("JDK_JAVA_OPTIONS", options)
                .run();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("ftj ");
    }

    private Ended fake(String version, String... arguments) throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), version);
        return ftj(arguments).with("JAVA_HOME", java.home()).run();
    }

    private ToolProcess ftj(String... arguments) {
        return program("ftj", arguments);
    }

    private ToolProcess program(String launcher, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = Places.LAYOUT.resolve("bin/" + launcher).toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ToolProcess(dir, command)
                .with("FTJ_HOME", dir.resolve("home"))
                .with("LC_ALL", "C.UTF-8");
    }
}
