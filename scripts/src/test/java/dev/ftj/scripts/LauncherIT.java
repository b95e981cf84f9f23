package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher finds itself and Java, and what it hands on. */
class LauncherIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @Test
    void argumentsReachTheJvmExactly() throws IOException {
        Ended ended = fake("17.0.2", "get", "a b", "", "*", "\"q\" 'q' \\", "two\nlines", "$(id)", "-o", "--", "日本");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .endsWith("[dev.ftj.shell.Ftj][get][a b][][*][\"q\" 'q' \\][two\nlines][$(id)][-o][--][日本]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void argumentsBeyondAsciiSurviveEveryLocale(String locale) throws IOException {
        Path echo = Files.writeString(dir.resolve("Echo.java"), """
                class Echo {
                    public static void main(String[] args) {
                        System.out.println(args[args.length - 1]);
                    }
                }
                """);
        FakeJava java = FakeJava.in(dir.resolve("jdk"), "17", """
                #!/bin/sh
                for argument; do last=$argument; done
                exec '%s/bin/java' -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 '%s' "$last"
                """.formatted(Places.JAVA_HOME, echo));

        assertThat(ftj("東京🗼")
                        .with("JAVA_HOME", java.home())
                        .with("LC_ALL", locale)
                        .run()
                        .out())
                .isEqualTo("東京🗼\n");
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
                .with("PATH", bin + ":" + Program.inherited("PATH"))
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

        Ended ended = new Program(dir, two.toString(), "--version")
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", dir.resolve("home"))
                .run();

        assertThat(layout.resolve("lib/ftj.jar")).exists();
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("ftj");
    }

    @Test
    void anInstallationThatNobodyCanWriteToIsEnough() throws IOException, InterruptedException {
        Path layout = Places.copy(Places.LAYOUT, dir.resolve("installed"));
        new ProcessBuilder("chmod", "-R", "a-w", layout.toString()).start().waitFor();
        try {
            for (int start = 0; start < 2; start++) {
                Ended ended = new Program(dir, layout.resolve("bin/ftj").toString(), "--version")
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
        for (int start = 0; start < 2; start++) { // the second with its class-data cache
            Ended ended = ftj("version")
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("JDK_JAVA_OPTIONS", options)
                    .run();
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).startsWith("ftj ");
        }
    }

    private Ended fake(String version, String... arguments) throws IOException {
        FakeJava java = FakeJava.in(dir.resolve("jdk"), version);
        return ftj(arguments).with("JAVA_HOME", java.home()).run();
    }

    private Program ftj(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = Places.LAYOUT.resolve("bin/ftj").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new Program(dir, command).with("FTJ_HOME", dir.resolve("home")).with("LC_ALL", "C.UTF-8");
    }
}
